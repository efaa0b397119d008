"""Reading the roster: sessions and shifts as they follow from the bookings now, with who promised them.

However many houses and days, the number of statements stays the same. Nothing here is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.roster.gathering import Spot, where_now
from buurthuis.roster.models import Duty, DutyBooking, DutyStatus
from buurthuis.roster.promised import COUNTS, HouseRoster, settled_in
from buurthuis.rules.periods import Period
from buurthuis.rules.sessions import adds_nothing
from buurthuis.rules.shifts import Part, Shift, ShiftKind, ShiftName, shift_named
from buurthuis.venues.models import Venue

STAYS_VISIBLE: Final = timedelta(days=1)
"""A promise that is freed so shortly before its shift is still shown, as not needed any more."""


class ShiftStatus(StrEnum):
    """How a shift stands; the words are public."""

    OPEN = "open"
    PROPOSED = "proposed"
    TAKEN = "taken"
    DONE = "done"
    MISSED = "missed"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class SeenSession:
    """An open session as it is now; `adds_nothing` of one that may come: it asks nobody longer."""

    venue: Venue
    key: int
    period: Period
    bookings: tuple[int, ...]
    asks: Period | None
    cuts: tuple[datetime, ...]
    is_certain: bool
    adds_nothing: bool = False


@dataclass(frozen=True, slots=True)
class SeenShift:
    """A shift as it is now, and who promised it."""

    venue: Venue
    kind: ShiftKind
    watch: int
    place: int
    period: Period
    session: SeenSession
    holder: Duty | None = None
    backup: Duty | None = None
    learners: list[Duty] = field(default_factory=list)

    @property
    def id(self) -> str:
        """How the shift is called in addresses."""
        return self.as_rule.name.text

    @property
    def as_rule(self) -> Shift:
        """The same shift in the words of the house rules."""
        return Shift(self.session.key, self.kind, self.watch, self.place, self.period)

    @property
    def people(self) -> list[Duty]:
        """Everybody who promised to come to it."""
        return [each for each in (self.holder, self.backup, *self.learners) if each is not None]

    @property
    def status(self) -> ShiftStatus:
        """How it stands."""
        return ShiftStatus.OPEN if self.holder is None else ShiftStatus(self.holder.status)


@dataclass(frozen=True, slots=True)
class Roster:
    """Sessions and shifts of some houses, in order of time.

    `maybe` are sessions of requests and offers; `not_needed` are promises that were freed shortly
    before their shift.
    """

    sessions: list[SeenSession] = field(default_factory=list)
    shifts: list[SeenShift] = field(default_factory=list)
    maybe: list[SeenSession] = field(default_factory=list)
    not_needed: list[Duty] = field(default_factory=list)


def roster_of(
    venue_ids: Iterable[int], between: Period, now: datetime, *, drafts: bool = False
) -> Roster:
    """What overlaps a span of time in some houses.

    `drafts` shows proposals that are not published, which only coordinators see; for others their
    shifts are open.
    """
    found = Roster()
    for house in settled_in([Spot(each, between) for each in set(venue_ids)], now=now):
        sessions = _seen_sessions(house)
        near = [each for each in sessions if each.period.overlaps(between)]
        found.sessions.extend(each for each in near if each.is_certain)
        found.maybe.extend(each for each in near if not each.is_certain)
        seen = _seen_shifts(house, sessions, drafts=drafts)
        found.shifts.extend(each for each in seen if each.period.overlaps(between))
        found.not_needed.extend(_not_needed(house, between, now))
    for several in (found.sessions, found.maybe):
        several.sort(key=lambda each: (each.period, each.venue.id))
    found.shifts.sort(key=lambda each: (each.period.start, each.venue.id))
    found.not_needed.sort(key=lambda duty: (duty.starts_at, duty.id))
    return found


def shift_by_id(text: str, now: datetime, *, drafts: bool = False) -> SeenShift | None:
    """The shift with this id, as it is now; None where there is none, or not any more."""
    name = shift_named(text)
    if name is None:
        return None
    remembered = select(DutyBooking.booking_id).join(Duty, Duty.id == DutyBooking.duty_id)
    of_this = remembered.where(Duty.session_id == name.session, Duty.status.in_(COUNTS))
    bookings = {name.session, *db.session.scalars(of_this)}
    for house in settled_in(where_now(bookings).values(), now=now):
        for shift in _seen_shifts(house, _seen_sessions(house), drafts=drafts):
            if shift.as_rule.name == name:
                return shift
    return None


def _seen_sessions(house: HouseRoster) -> list[SeenSession]:
    sessions = house.settled.sessions
    return [
        SeenSession(
            venue=house.venue,
            key=each.key,
            period=each.period,
            bookings=each.bookings,
            asks=each.asks,
            cuts=each.cuts,
            is_certain=each.is_certain,
            adds_nothing=not each.is_certain and adds_nothing(each, sessions),
        )
        for each in sessions
    ]


def _seen_shifts(
    house: HouseRoster, sessions: Iterable[SeenSession], *, drafts: bool
) -> list[SeenShift]:
    by_key = {session.key: session for session in sessions if session.is_certain}
    people: dict[tuple[ShiftName, Part], Duty] = {}
    for key, shift in house.settled.shift_of.items():
        duty = house.duties[key]
        if drafts or not is_draft(duty):
            people[shift.name, duty.part] = duty
    return [
        SeenShift(
            venue=house.venue,
            kind=shift.kind,
            watch=shift.watch,
            place=shift.place,
            period=shift.period,
            session=by_key[shift.session],
            holder=people.get((shift.name, Part.HOLDER)),
            backup=people.get((shift.name, Part.BACKUP)),
            learners=[each for each in [people.get((shift.name, Part.LEARNER))] if each],
        )
        for shift in house.settled.shifts
    ]


def _not_needed(house: HouseRoster, between: Period, now: datetime) -> list[Duty]:
    """The promises told for this time that were freed, or are by now, a day before it or later."""
    freed = [house.duties[key] for key in house.settled.freed if not is_draft(house.duties[key])]
    return [
        duty
        for duty in (*freed, *house.freed_before)
        if Period(duty.starts_at, duty.ends_at).overlaps(between)
        and (duty.over_at or now) >= duty.starts_at - STAYS_VISIBLE
    ]


def is_draft(duty: Duty) -> bool:
    """A proposal of which the person does not know yet."""
    return duty.status is DutyStatus.PROPOSED and duty.published_at is None
