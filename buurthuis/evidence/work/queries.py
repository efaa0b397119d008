"""Questions about volunteer work: what was written down for figures, by somebody, in a house; never commit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE, houses_of, people_with_role
from buurthuis.bookings.rights import STAFF
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.roster.models import Duty, DutyStatus
from buurthuis.rules.calendar import day_period
from buurthuis.rules.figures.spans import Span
from buurthuis.venues.known import all_venues
from buurthuis.venues.models import Venue

SHOWN = 15
COUNT_BY_THEMSELVES = (DutyStatus.TAKEN, DutyStatus.DONE)


@dataclass(frozen=True, slots=True)
class Logged:
    """Minutes that were written down, by kind of work and by month."""

    by_kind: dict[str, int] = field(default_factory=dict)
    by_month: dict[tuple[int, int], int] = field(default_factory=dict)


def logged(venue_ids: Collection[int], span: Span) -> Logged:
    """The volunteer work of some houses on some days, beside shifts; in one statement."""
    asked = (
        select(VolunteerWork.kind, VolunteerWork.day, func.sum(VolunteerWork.minutes))
        .where(
            VolunteerWork.venue_id.in_(venue_ids),
            VolunteerWork.day >= span.first,
            VolunteerWork.day < span.after,
        )
        .group_by(VolunteerWork.kind, VolunteerWork.day)
    )
    found = Logged()
    for kind, day, minutes in db.session.execute(asked):
        month = (day.year, day.month)
        found.by_kind[kind.value] = found.by_kind.get(kind.value, 0) + int(minutes)
        found.by_month[month] = found.by_month.get(month, 0) + int(minutes)
    return found


def logged_minutes(venue_ids: Collection[int], span: Span) -> dict[str, int]:
    """The same, by kind alone."""
    return logged(venue_ids, span).by_kind


def work_by_id(work_id: int) -> VolunteerWork:
    """One entry.

    Raises:
        NotFound
    """
    return row_of(VolunteerWork, work_id)


def houses_to_work_for(person: Person) -> list[Venue]:
    """The houses in which somebody has a role today, by name."""
    mine = houses_of(person, *STAFF)
    return [each for each in all_venues() if mine is None or each.id in mine]


def last_of(person: Person) -> Sequence[VolunteerWork]:
    """What somebody wrote down for themselves, or others for them, the newest day first."""
    asked = (
        select(VolunteerWork)
        .where(VolunteerWork.person_id == person.id)
        .options(joinedload(VolunteerWork.venue))
        .order_by(VolunteerWork.day.desc(), VolunteerWork.id.desc())
        .limit(SHOWN)
    )
    return db.session.scalars(asked).all()


def of_house(venue_id: int, span: Span) -> Sequence[VolunteerWork]:
    """What was written down in a house on some days, the newest first."""
    asked = (
        select(VolunteerWork)
        .where(
            VolunteerWork.venue_id == venue_id,
            VolunteerWork.day >= span.first,
            VolunteerWork.day < span.after,
        )
        .options(joinedload(VolunteerWork.person).options(*ALONE))
        .order_by(VolunteerWork.day.desc(), VolunteerWork.id.desc())
    )
    return db.session.scalars(asked).all()


def without_address(venue: Venue) -> list[Person]:
    """Who works in a house and cannot write hours down themselves, because they have no e-mail."""
    return [each for each in people_with_role(venue, *STAFF) if not each.email]


def shift_on(person_id: int, venue_id: int, day: date) -> Duty | None:
    """A shift of somebody in a house on a day: it counts by itself."""
    period = day_period(day)
    asked = (
        select(Duty)
        .where(
            Duty.person_id == person_id,
            Duty.venue_id == venue_id,
            Duty.starts_at >= period.start,
            Duty.starts_at < period.end,
            Duty.status.in_(COUNT_BY_THEMSELVES),
        )
        .order_by(Duty.starts_at)
        .limit(1)
    )
    return db.session.scalar(asked)
