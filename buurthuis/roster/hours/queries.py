"""Questions about hours: a month of somebody or of a house, what waits for a mentor; they never commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE
from buurthuis.foundation.db import db
from buurthuis.roster.holders.models import Training
from buurthuis.roster.hours.minutes import attended_minutes, planned_minutes
from buurthuis.roster.hours.models import (
    AllowanceCeiling,
    HoursCorrection,
    HouseAllowance,
    LearnerHours,
)
from buurthuis.roster.models import Duty, DutyStatus, Part
from buurthuis.roster.promised import WITH_ALL
from buurthuis.roster.tonight.models import Presence
from buurthuis.roster.tonight.queries import presence_of
from buurthuis.rules.allowance import Ceiling, Paid, Passed, passed
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period

OVER: Final = (DutyStatus.TAKEN, DutyStatus.DONE, DutyStatus.MISSED)
MOST_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Given:
    """A shift that is over, and what it came to."""

    duty: Duty
    said: Presence | None = None
    correction: HoursCorrection | None = None
    signed: LearnerHours | None = None

    @property
    def minutes(self) -> int:
        """What was given."""
        return attended_minutes(self.duty, self.said, self.correction)

    @property
    def planned(self) -> int:
        """What was to be given."""
        return planned_minutes(self.duty)

    @property
    def is_learner(self) -> bool:
        """Whether somebody learned."""
        return self.duty.part == Part.LEARNER


def month_of(first: date) -> Period:
    """The month that begins on a day."""
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(day_period(first).start, day_period(after).start)


def of_person(person: Person, span: Period, now: datetime) -> list[Given]:
    """What somebody gave in a span of time, the first shift first."""
    return _given([Duty.person_id == person.id], span, now)


def of_house(venue_id: int, span: Period, now: datetime) -> list[Given]:
    """The same of everybody in a house, in the order of time and never by person."""
    return _given([Duty.venue_id == venue_id], span, now)


def about(duty: Duty) -> Given:
    """One shift, and what it came to."""
    return _with_words([duty])[0]


def to_sign(person: Person, now: datetime) -> list[Given]:
    """Shifts of learners that wait for this mentor, or for who did the same shift."""
    signed = exists().where(LearnerHours.duty_id == Duty.id)
    asked = (
        select(Duty)
        .where(
            Duty.part == Part.LEARNER,
            Duty.status == DutyStatus.DONE,
            Duty.ends_at <= now,
            ~signed,
            Duty.person_id != person.id,
            taught_by(person),
        )
        .options(*WITH_ALL)
        .order_by(Duty.starts_at, Duty.id)
        .limit(MOST_SHOWN)
    )
    return _with_words(db.session.scalars(asked).all())


def taught_by(person: Person) -> ColumnElement[bool]:
    """Whether somebody did the shift along which this one learned, or is the mentor."""
    other = aliased(Duty)
    did_it = exists().where(
        other.session_id == Duty.session_id,
        other.kind == Duty.kind,
        other.watch == Duty.watch,
        other.place == Duty.place,
        other.part == Part.HOLDER,
        other.person_id == person.id,
        other.status.in_((DutyStatus.TAKEN, DutyStatus.DONE)),
    )
    is_mentor = exists().where(
        Training.person_id == Duty.person_id,
        Training.venue_id == Duty.venue_id,
        Training.mentor_id == person.id,
    )
    return or_(did_it, is_mentor)


def signed_of(learner: Person, venue_id: int | None = None) -> list[Given]:
    """What mentors signed for, in one house or in all, the first shift first."""
    whose: list[ColumnElement[bool]] = [LearnerHours.learner_id == learner.id]
    if venue_id is not None:
        whose.append(Duty.venue_id == venue_id)
    asked = (
        select(Duty)
        .join(LearnerHours, LearnerHours.duty_id == Duty.id)
        .where(*whose, Duty.status == DutyStatus.DONE)
        .options(*WITH_ALL)
        .order_by(Duty.starts_at, Duty.id)
    )
    return _with_words(db.session.scalars(asked).all())


def ceilings() -> list[Ceiling]:
    """What may be paid, the earliest first."""
    return [
        Ceiling(row.from_on, row.hour_cents, row.month_cents, row.year_cents)
        for row in known_ceilings()
    ]


def known_ceilings() -> Sequence[AllowanceCeiling]:
    """The same, with where each stands."""
    asked = select(AllowanceCeiling).order_by(AllowanceCeiling.from_on)
    return db.session.scalars(asked).all()


def allowances_of(venue_id: int) -> Sequence[HouseAllowance]:
    """What a house pays for an hour, the newest first."""
    asked = select(HouseAllowance).where(HouseAllowance.venue_id == venue_id)
    return db.session.scalars(asked.order_by(HouseAllowance.from_on.desc())).all()


def passed_by(person: Person, year: int, now: datetime) -> list[Passed]:
    """Ceilings that somebody's allowance of a year passes, over all houses that pay."""
    return passed_by_each([person.id], year, now).get(person.id, [])


def passed_in(venue_id: int, year: int, now: datetime) -> list[tuple[Person, list[Passed]]]:
    """Who came above a ceiling with what they did in a house and elsewhere, by name."""
    if not allowances_of(venue_id):
        return []
    here = {each.duty.person_id: each.duty.person for each in of_house(venue_id, _year(year), now)}
    found = passed_by_each(here, year, now)
    named = [(here[number], each) for number, each in found.items() if each]
    return sorted(named, key=lambda both: (both[0].name, both[0].id))


def passed_by_each(people: Iterable[int], year: int, now: datetime) -> dict[int, list[Passed]]:
    """Ceilings that are passed, by the number of the person; in a constant number of questions."""
    known = ceilings()
    rates = db.session.scalars(select(HouseAllowance).order_by(HouseAllowance.from_on)).all()
    if not known or not rates:
        return {}
    given = _given([Duty.person_id.in_(tuple(people))], _year(year), now, most=None)
    paid: dict[int, list[Paid]] = {}
    for each in given:
        on = day_of(each.duty.starts_at)
        held = [r for r in rates if r.venue_id == each.duty.venue_id and r.from_on <= on]
        if held and each.minutes:
            row = Paid(on, each.minutes, held[-1].hour_cents)
            paid.setdefault(each.duty.person_id, []).append(row)
    return {number: passed(rows, known) for number, rows in paid.items()}


def _year(year: int) -> Period:
    return Period(day_period(date(year, 1, 1)).start, day_period(date(year + 1, 1, 1)).start)


def _given(
    whose: Sequence[ColumnElement[bool]],
    span: Period,
    now: datetime,
    *,
    most: int | None = MOST_SHOWN,
) -> list[Given]:
    within = and_(Duty.starts_at >= span.start, Duty.starts_at < span.end, Duty.ends_at <= now)
    asked = (
        select(Duty)
        .where(*whose, within, Duty.status.in_(OVER))
        .options(*WITH_ALL)
        .order_by(Duty.starts_at, Duty.id)
        .limit(most)
    )
    return _with_words(db.session.scalars(asked).all())


def _with_words(duties: Sequence[Duty]) -> list[Given]:
    numbers = [duty.id for duty in duties]
    if not numbers:
        return []
    said = presence_of(duties)
    corrected = select(HoursCorrection).where(HoursCorrection.duty_id.in_(numbers))
    corrections = {each.duty_id: each for each in db.session.scalars(corrected)}
    asked = select(LearnerHours).where(LearnerHours.duty_id.in_(numbers))
    with_name = asked.options(joinedload(LearnerHours.signed_by).options(*ALONE))
    signed = {each.duty_id: each for each in db.session.scalars(with_name)}
    return [
        Given(duty, said.get(duty.id), corrections.get(duty.id), signed.get(duty.id))
        for duty in duties
    ]
