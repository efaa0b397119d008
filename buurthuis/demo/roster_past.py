"""Who did the shifts of the demo that are over: mostly somebody, fairly shared; now and then nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import func, insert, select

from buurthuis.bookings.models import Booking
from buurthuis.demo.roster_people import houses_of_demo
from buurthuis.demo.rows import PREFIX, Row
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db
from buurthuis.roster.fitness import fitness_of
from buurthuis.roster.models import Chosen, Duty, DutyBooking, DutyStatus, Part
from buurthuis.roster.reading import SeenShift, roster_of
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.eligibility import Fitness
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Venue

NOBODY, MISSED = 0.05, 0.02
"""So many shifts had nobody, and at so many the one who had promised was not there."""
DAYS_BEFORE: Final = (2, 4, 6, 8, 9, 12, 15, 20)
"""How long before a shift people promised it, one as likely as the other."""
FEWEST: Final = 0.5
"""A house in which so many shifts had somebody has its past already."""


@dataclass(slots=True)
class _Sharer:
    """Somebody who opens a house: how much they offer a week, what they did, and when that was."""

    fitness: Fitness
    venue: int
    offered: int
    minutes: int = 0
    until: datetime | None = None

    def can(self, period: Period) -> bool:
        """Shifts are dealt out in the order in which they begin."""
        return self.until is None or self.until <= period.start

    def was_trained(self, period: Period) -> bool:
        trained_on = self.fitness.in_house(self.venue).trained_on
        return trained_on is not None and trained_on <= day_of(period.start)

    def does(self, period: Period) -> None:
        self.minutes += period.minutes
        self.until = period.end

    @property
    def order(self) -> tuple[float, int]:
        """Who has done least of what they offer comes first."""
        return self.minutes / self.offered, self.fitness.person


def bring_past(*, seed: int) -> int:
    """Let somebody have done most of the shifts that are over and had nobody; says how many."""
    return sum(_bring(venue, seed) for venue, _manager in houses_of_demo())


@action
def _bring(venue: Venue, seed: int) -> int:
    """One house at once, so that nobody waits long for the one who writes."""
    span = _over(venue)
    if span is None:
        return 0
    roster = roster_of([venue.id], span, clock.now())
    over = [each for each in roster.shifts if each.period.end <= span.end]
    free = [each for each in over if each.holder is None]
    if len(free) <= (1 - FEWEST) * len(over):
        return 0
    chance = Random(f"{seed} past {venue.slug}")  # noqa: S311 - believable, not secret
    dealt = list(_dealt(venue, over, chance, span))
    _store(venue, dealt)
    return len(dealt)


def _over(venue: Venue) -> Period | None:
    """Since the first booking of the demo until now; no longer ago than last year, which is whole then."""
    asked = select(func.min(Booking.from_at)).where(
        Booking.venue_id == venue.id, Booking.uid.startswith(PREFIX, autoescape=True)
    )
    first, now = db.session.scalar(asked), clock.now()
    if first is None or first >= now:
        return None
    return Period(max(first, day_period(date(day_of(now).year - 1, 1, 1)).start), now)


def _dealt(
    venue: Venue, over: Sequence[SeenShift], chance: Random, span: Period
) -> Iterator[tuple[SeenShift, Row]]:
    sharers = {each.fitness.person: each for each in _sharers(venue, span)}
    for shift in sorted(over, key=lambda each: (each.period, each.session.key, each.kind)):
        if shift.holder is not None:
            if shift.holder.person_id in sharers:
                sharers[shift.holder.person_id].does(shift.period)
            continue
        luck, days = chance.random(), chance.choice(DAYS_BEFORE)
        who = _next(list(sharers.values()), shift.period)
        if who is None or luck < NOBODY:
            continue
        was_there = luck >= NOBODY + MISSED
        who.does(shift.period)
        yield shift, _row(shift, who, timedelta(days=days), was_there=was_there)


def _sharers(venue: Venue, span: Period) -> Iterator[_Sharer]:
    """Everybody who may open the house by themselves and offers times."""
    for each in fitness_of([venue.id], span):
        here = each.in_house(venue.id)
        offered = sum(times.ends - times.starts for times in each.offered.weekly)
        if here.has_role and not here.is_learner and offered:
            yield _Sharer(each, venue.id, offered)


def _next(sharers: Sequence[_Sharer], period: Period) -> _Sharer | None:
    """Rather one who was trained by then; in the first years others showed them the way."""
    able = [each for each in sharers if each.can(period)]
    trained = [each for each in able if each.was_trained(period)]
    return min(trained or able, key=lambda each: each.order, default=None)


def _row(shift: SeenShift, who: _Sharer, before: timedelta, *, was_there: bool) -> Row:
    promised_at = shift.period.start - before
    return {
        "venue_id": shift.venue.id,
        "session_id": shift.session.key,
        "kind": shift.kind,
        "watch": shift.watch,
        "place": shift.place,
        "part": Part.HOLDER,
        "person_id": who.fitness.person,
        "status": DutyStatus.DONE if was_there else DutyStatus.MISSED,
        "chosen": Chosen.SELF,
        "starts_at": shift.period.start,
        "ends_at": shift.period.end,
        "created_at": promised_at,
        "published_at": promised_at,
        "over_at": shift.period.end,
    }


def _store(venue: Venue, dealt: Sequence[tuple[SeenShift, Row]]) -> None:
    """The duties at once, and then the bookings that each remembers."""
    if not dealt:
        return
    tables = Model.metadata.tables
    db.session.execute(insert(tables[Duty.__tablename__]), [row for _, row in dealt])
    which = (Duty.session_id, Duty.kind, Duty.watch, Duty.place)
    asked = select(Duty.id, *which).where(Duty.venue_id == venue.id, Duty.part == Part.HOLDER)
    ids: dict[tuple[Any, ...], int] = {
        tuple(name): number for number, *name in db.session.execute(asked.order_by(Duty.id))
    }
    rows = [
        {"duty_id": ids[shift.as_rule.name], "booking_id": booking}
        for shift, _ in dealt
        for booking in shift.session.bookings
    ]
    db.session.execute(insert(tables[DutyBooking.__tablename__]), rows)
