"""When a room can be booked: its house's hours and holidays, its own hours, and its closures.

The rules themselves stand in rules/opening.py; this module brings them a room's own rows. A
room loaded by queries.py carries those rows along, so nothing here asks the database again.
"""

from collections.abc import Container
from datetime import date, timedelta
from functools import lru_cache

import holidays

from buurthuis.foundation.keeping import worked_out
from buurthuis.rules import opening
from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period, merge, subtract
from buurthuis.venues.models import Closure, OpeningHours, Room

Hours = tuple[opening.Hours, ...]


def bookable_windows(room: Room, first: date, last: date) -> list[Period]:
    """The time in which a room can be booked on the days from first to last, both included."""
    return worked_out(room, ("open", first, last), lambda: _windows(room, first, last))


def _windows(room: Room, first: date, last: date) -> list[Period]:
    hours = room.venue.opening_hours
    # A night that began on the day before is asked about as well.
    shut = frozenset(holidays_of(room, first - timedelta(days=1), last))
    house = worked_out(room.venue, "hours", lambda: _as_rules(hours, None))
    own = worked_out(room, "hours", lambda: _as_rules(hours, room.id))
    open_time = _open_time(house, own, first, last, shut)
    return subtract(open_time, closures_of(room, first, last))


@lru_cache(maxsize=4096)
def _open_time(
    house: Hours, room: Hours, first: date, last: date, holidays: frozenset[date]
) -> tuple[Period, ...]:
    """The opening hours of some days as periods, worked out once: hours change far less than bookings."""
    return tuple(opening.bookable(house, room, (), first, last, holidays))


def closures_of(room: Room, first: date, last: date) -> list[Period]:
    """When a room is closed on those days, merged; a closed part closes its hall, and a hall its parts.

    A night that began the day before or runs on after the last midnight counts as well.
    """
    return worked_out(room, ("closed", first, last), lambda: _closures(room, first, last))


def _closures(room: Room, first: date, last: date) -> list[Period]:
    days = Period(moment(first - timedelta(days=1), 0), moment(last, opening.LATEST_CLOSING))
    spaces = room.spaces
    return merge(
        period
        for closure in room.venue.closures
        if _closes(closure, spaces)
        and (period := Period(closure.from_at, closure.to_at)).overlaps(days)
    )


def holidays_of(room: Room, first: date, last: date) -> dict[date, str]:
    """The public holidays on which the room's house is closed, with their Dutch names."""
    return dutch_holidays(first, last) if room.venue.closed_on_holidays else {}


def dutch_holidays(first: date, last: date) -> dict[date, str]:
    """The Dutch public holidays from first to last, both included, with their Dutch names."""
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in _holidays_in(year) if first <= day <= last}


@lru_cache(maxsize=64)
def _holidays_in(year: int) -> tuple[tuple[date, str], ...]:
    found = holidays.country_holidays("NL", years=year, language="nl")
    return tuple(sorted(found.items()))


class _PublicHolidays:
    """All public holidays of the country, whichever year one asks about."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and any(day == each for each, _ in _holidays_in(day.year))


PUBLIC_HOLIDAYS: Container[date] = _PublicHolidays()


def _as_rules(hours: list[OpeningHours], room_id: int | None) -> Hours:
    return tuple(each.as_rule for each in hours if each.room_id == room_id)


def _closes(closure: Closure, spaces: frozenset[int]) -> bool:
    if closure.is_of_whole_house:
        return True
    return any(spaces & room.spaces for room in closure.rooms)
