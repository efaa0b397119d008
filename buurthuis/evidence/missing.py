"""What figures of some houses still miss: head counts, themes, hours, money, and who can fill it in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import case, exists, func, select

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.evidence.tags.queries import with_tags
from buurthuis.evidence.tags.untold import SECONDS, has_no_theme, took_place
from buurthuis.evidence.year.models import MoneyKind, Target
from buurthuis.evidence.year.queries import (
    money_by_house,
    rates,
    stories_of,
    targets_written,
)
from buurthuis.foundation.db import db
from buurthuis.roster.hours.models import HoursCorrection
from buurthuis.roster.models import Duty, DutyStatus, Part
from buurthuis.roster.tonight.models import Presence
from buurthuis.rules.attendance import TOLD_WITHIN
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.yearly import years_in
from buurthuis.venues.models import Venue


class What(StrEnum):
    """What may be missing, in the order in which it is told."""

    COUNTS = "counts"
    THEMES = "themes"
    HOURS = "hours"
    MONEY = "money"
    RATES = "rates"
    TARGETS = "targets"
    STORIES = "stories"


WHO: Final[dict[What, tuple[RoleName, ...]]] = {
    What.COUNTS: (RoleName.KEY_HOLDER, RoleName.HOST, RoleName.MANAGER),
    What.THEMES: (RoleName.MANAGER,),
    What.HOURS: (RoleName.COORDINATOR, RoleName.MANAGER),
    What.MONEY: (RoleName.TREASURER, RoleName.BOARD),
    What.RATES: (RoleName.BOARD,),
    What.TARGETS: (RoleName.BOARD,),
    What.STORIES: (RoleName.BOARD, RoleName.MANAGER),
}
"""Who can fill it in; whom one asks first stands first."""
ENDPOINTS: Final[dict[What, str]] = {
    What.COUNTS: "desk.counts",
    What.THEMES: "desk.themes",
    What.HOURS: "roster.house_hours",
    What.MONEY: "year.house",
    What.RATES: "year.rates",
    What.TARGETS: "year.house",
    What.STORIES: "year.stories",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing in one house, or in all (`venue` is None).

    `count` of `of` are missing: bookings, shifts, amounts. `minutes` are the hours without a theme;
    `still` is how many can be written down today, where that has an end.
    """

    what: What
    venue: Venue | None
    count: int
    of: int
    minutes: int = 0
    still: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    """What the address of the page needs where it is filled in (`endpoint`)."""

    @property
    def who(self) -> RoleName:
        """Whom one asks to fill it in."""
        return WHO[self.what][0]

    @property
    def is_too_late(self) -> bool:
        """Nobody can write it down any more."""
        return self.what is What.COUNTS and not self.still

    def is_for(self, person: Person) -> bool:
        """Whether somebody can fill it in; what holds for all houses is for who speaks for all."""
        if self.is_too_late:
            return False
        roles = WHO[self.what]
        if self.venue is None:
            return houses_of(person, *roles) is None
        return has_role(person, *roles, venue_id=self.venue.id)

    @property
    def endpoint(self) -> str:
        """The page where it is filled in."""
        return ENDPOINTS[self.what]


def missing_in(venues: Sequence[Venue], span: Span, now: datetime) -> list[Missing]:
    """What is missing for figures of these houses on these days, house by house; nothing twice."""
    ids = [venue.id for venue in venues]
    bookings, shifts = _bookings_in(ids, span, now), _shifts_in(ids, span, now)
    written = _written_in(ids, span)
    found: list[Missing] = []
    for venue in venues:
        slug = {"slug": venue.slug}
        number, uncounted, still, untold, minutes = bookings.get(venue.id, (0, 0, 0, 0, 0))
        unsaid, of_shifts = shifts.get(venue.id, (0, 0))
        found += [
            Missing(What.COUNTS, venue, uncounted, number, still=still, values=slug),
            Missing(What.THEMES, venue, untold, number, minutes=minutes, values=slug),
            Missing(What.HOURS, venue, unsaid, of_shifts, values=slug),
            *(written(venue)),
        ]
    if venues and not rates():
        found.append(Missing(What.RATES, None, 1, 1))
    return [each for each in found if each.count]


def _bookings_in(
    venue_ids: Collection[int], span: Span, now: datetime
) -> dict[int, tuple[int, int, int, int, int]]:
    """By house: bookings, those without a head count, of which still to say, without a theme, its minutes."""
    is_uncounted = Attendance.band.is_(None)
    is_open = is_uncounted & (Booking.to_at > now - TOLD_WITHIN)
    asked = with_tags(
        select(
            Booking.venue_id,
            func.count(),
            func.sum(case((is_uncounted, 1), else_=0)),
            func.sum(case((is_open, 1), else_=0)),
            func.sum(case((has_no_theme(), 1), else_=0)),
            func.sum(case((has_no_theme(), SECONDS), else_=0)),
        )
        .select_from(Booking)
        .outerjoin(Attendance, Attendance.booking_id == Booking.id)
    )
    until = min(span.period.end, now)
    rows = db.session.execute(
        asked.where(*took_place(venue_ids, span.period.start, until)).group_by(Booking.venue_id)
    )
    return {
        venue: (number, int(uncounted), int(still), int(untold), int(seconds) // 60)
        for venue, number, uncounted, still, untold, seconds in rows
    }


def _shifts_in(venue_ids: Collection[int], span: Span, now: datetime) -> dict[int, tuple[int, int]]:
    """By house: shifts of which nobody said when they began or ended, so that the plan counts; and all."""
    is_said = exists().where(
        Presence.duty_id == Duty.id,
        Presence.began_at.is_not(None) | (Presence.closed_by_id == Duty.person_id),
    )
    is_corrected = exists().where(HoursCorrection.duty_id == Duty.id)
    asked = (
        select(
            Duty.venue_id,
            func.sum(case((is_said | is_corrected, 0), else_=1)),
            func.count(),
        )
        .where(
            Duty.venue_id.in_(venue_ids),
            Duty.starts_at >= span.period.start,
            Duty.starts_at < span.period.end,
            Duty.ends_at <= now,
            Duty.status.in_((DutyStatus.DONE, DutyStatus.TAKEN)),
            Duty.part != Part.BACKUP,
        )
        .group_by(Duty.venue_id)
    )
    return {venue: (int(unsaid), number) for venue, unsaid, number in db.session.execute(asked)}


def _written_in(venue_ids: Collection[int], span: Span) -> Any:
    """What the board did not write down; a function of a house, for all was read at once."""
    years = years_in(span)
    yearly = money_by_house(venue_ids, years)
    wanted = {
        (target.venue_id, year)
        for year in years
        for target in targets_written(Target.venue_id.in_(venue_ids), year)
        if not target.is_taken_back
    }
    told = {story.venue_id for story in stories_of(venue_ids, span)}

    def of_house(venue: Venue) -> list[Missing]:
        found = []
        for year in years:
            known = {
                kind
                for kind, each in yearly.get((venue.id, year), {}).items()
                if each.cents is not None
            }
            values = {"year": year, "slug": venue.slug}
            lacking = len(set(MoneyKind) - known)
            found.append(Missing(What.MONEY, venue, lacking, len(MoneyKind), values=values))
            unset = int((venue.id, year) not in wanted)
            found.append(Missing(What.TARGETS, venue, unset, 1, values=values))
        found.append(Missing(What.STORIES, venue, int(venue.id not in told), 1))
        return found

    return of_house
