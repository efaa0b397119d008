"""What stands on the door of a room: who is in now, until when, and who comes next; public facts alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from buurthuis.bookings import activities
from buurthuis.bookings.activities import Activity
from buurthuis.bookings.queries import claims_on, spaces_known
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period, merge, subtract
from buurthuis.venues.hours import bookable_windows
from buurthuis.venues.models import Room

DAYS_AHEAD = 8
A_DAY = timedelta(days=1)


class State(StrEnum):
    """What one sees from three metres."""

    FREE = "free"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Use:
    """A stretch in which the room is taken; the title only where everybody may read it."""

    period: Period
    title: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """The door of a room at one moment."""

    state: State
    until: datetime | None
    now: list[Use] = field(default_factory=list)
    next: list[Use] = field(default_factory=list)


def uses_of(
    rooms: Sequence[Room], whole: Period, public: Iterable[Activity]
) -> dict[int, list[Use]]:
    """When each room is taken within a period of whole days, also by its parts or by its hall.

    Bookings that nobody may know about run into one stretch where they touch.
    """
    spaces = spaces_known(rooms)
    claims = claims_on(rooms, day_of(whole.start), day_of(whole.end - A_DAY / 2), spaces=spaces)
    titles = {each.id: each.title for each in public}
    found: dict[int, list[Use]] = {}
    for room in rooms:
        held = [claim for claim in claims[room.id] if claim.booking_id is not None]
        known = {claim.booking_id: claim.use for claim in held if claim.booking_id in titles}
        unknown = merge(claim.use for claim in held if claim.booking_id not in titles)
        uses = [
            *(Use(period, titles[number or 0]) for number, period in known.items()),
            *(Use(period) for period in unknown),
        ]
        in_order = sorted(uses, key=lambda use: (use.period, use.title))
        found[room.id] = [use for use in in_order if use.period.overlaps(whole)]
    return found


def door_of(room: Room, *, now: datetime) -> Door:
    """How a room stands now."""
    today = day_of(now)
    whole = Period(day_period(today).start, day_period(today + A_DAY).end)
    uses = uses_of([room], whole, activities.within(room.venue, whole))[room.id]
    windows = bookable_windows(room, today - A_DAY, today + DAYS_AHEAD * A_DAY)
    here = [use for use in uses if use.period.start <= now < use.period.end]
    later = [use for use in uses if use.period.start > now]
    if here:
        until = _end_of(merge(use.period for use in uses), now)
        return Door(State.TAKEN, until, here, later)
    free = subtract(windows, [use.period for use in uses])
    until = _end_of(free, now)
    if until is not None:
        return Door(State.FREE, until, next=later)
    opens = [window.start for window in windows if window.start > now]
    return Door(State.CLOSED, min(opens, default=None), next=later)


def _end_of(periods: Sequence[Period], now: datetime) -> datetime | None:
    return next((each.end for each in periods if each.start <= now < each.end), None)
