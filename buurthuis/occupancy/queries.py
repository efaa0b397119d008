"""Questions about who holds which space when; they never commit."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, or_, select, type_coerce

from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import is_kept
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.venues.models import Room, RoomPart

LONGEST = timedelta(seconds=LONGEST_SECONDS)


@dataclass(frozen=True, slots=True)
class Held:
    """Time held in one space: `use` is the use itself, `period` includes the buffers."""

    space_id: int
    room_id: int
    booking_id: int | None
    closure_id: int | None
    initiative_id: int | None
    use: Period
    period: Period


def spaces_of(rooms: Iterable[Room]) -> dict[int, tuple[int, ...]]:
    """The physical spaces of each room, in id order: the room itself, or the spaces of its parts.

    One statement, however many rooms and however deep the parts.
    """
    wanted = list(rooms)
    venues = {room.venue_id for room in wanted}
    pairs = db.session.execute(
        select(RoomPart.whole_id, RoomPart.part_id)
        .join(Room, Room.id == RoomPart.whole_id)
        .where(Room.venue_id.in_(venues))
    )
    parts: dict[int, list[int]] = {}
    for whole, part in pairs:
        parts.setdefault(whole, []).append(part)
    return {room.id: tuple(sorted(spaces_of_room(room.id, parts))) for room in wanted}


def spaces_as_known(rooms: Iterable[Room]) -> dict[int, tuple[int, ...]]:
    """The spaces as they came along with rooms that are kept for reading; asked for where none are."""
    wanted = list(rooms)
    if all(map(is_kept, wanted)):
        return {room.id: tuple(sorted(room.spaces)) for room in wanted}
    return spaces_of(wanted)


def held(
    space_ids: Collection[int], period: Period, *, ignoring: int | None = None
) -> Sequence[Held]:
    """What is held in these spaces within a period; `ignoring` leaves out one booking's own claims."""
    if not space_ids:
        return []
    question = _HELD
    if ignoring is not None:
        question = question.where(
            or_(Occupancy.booking_id.is_(None), Occupancy.booking_id != ignoring)
        )
    rows = db.session.execute(question, _within(space_ids, period))
    return [
        Held(space, room, booking, closure, initiative, Period(a, b), Period(c, d))
        for space, room, booking, closure, initiative, a, b, c, d in rows
    ]


def held_around(
    space_ids: Collection[int], periods: Iterable[Period], *, ignoring: Collection[int] = ()
) -> Sequence[Held]:
    """What is held in these spaces within any of many periods; `ignoring` leaves out bookings.

    One statement, however many periods: it reads the whole stretch, but keeps only what matters.
    """
    asked = merge(periods)
    if not space_ids or not asked:
        return []
    stretch = Period(asked[0].start, asked[-1].end)
    rows = db.session.execute(_HELD_IN_SECONDS, _within(space_ids, stretch))
    starts = [int(each.start.timestamp()) for each in asked]
    ends = [int(each.end.timestamp()) for each in asked]
    return [
        Held(space, room, booking, closure, initiative, _between(a, b), _between(c, d))
        for space, room, booking, closure, initiative, a, b, c, d in rows
        # Of the periods that begin before it ends the last one reaches furthest: they are merged.
        if (before := bisect_left(starts, d)) and ends[before - 1] > c
        if booking not in ignoring
    ]


def _between(start: int, end: int) -> Period:
    """A period told in seconds since 1970."""
    return Period(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


_TABLE = Occupancy.__table__  # Rows, not objects: a look reads many.
_THINGS: tuple[Any, ...] = (
    _TABLE.c.space_id,
    _TABLE.c.room_id,
    _TABLE.c.booking_id,
    _TABLE.c.closure_id,
    _TABLE.c.initiative_id,
)
_MOMENTS = (_TABLE.c.starts_at, _TABLE.c.ends_at, _TABLE.c.from_at, _TABLE.c.to_at)


def _held(*moments: Any) -> Select[Any]:
    return (
        select(*_THINGS, *moments)
        .where(
            _TABLE.c.space_id.in_(bindparam("spaces", expanding=True)),
            _TABLE.c.from_at < bindparam("until"),
            _TABLE.c.from_at > bindparam("earliest"),
            _TABLE.c.to_at > bindparam("since"),
        )
        .order_by(_TABLE.c.from_at)
    )


# Put together once, for every look at a room begins with one of these.
_HELD = _held(*_MOMENTS)
_HELD_IN_SECONDS = _held(*(type_coerce(column, BigInteger) for column in _MOMENTS))


def _within(space_ids: Collection[int], period: Period) -> dict[str, Any]:
    return {
        "spaces": list(space_ids),
        "earliest": period.start - LONGEST,
        "since": period.start,
        "until": period.end,
    }
