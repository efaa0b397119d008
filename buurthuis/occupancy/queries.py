"""Questions about who holds which space when; they never commit."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Select,
    and_,
    bindparam,
    or_,
    select,
    type_coerce,
)

from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import is_kept
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.occupancy.spans import spans, written
from buurthuis.rules.periods import Period, merge
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.venues.models import Room, RoomPart

LONGEST = timedelta(seconds=LONGEST_SECONDS)


class Held(NamedTuple):
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

    One statement, however many periods, and no row of the time between them.
    """
    asked = merge(periods)
    if not space_ids or not asked:
        return []
    values = {"asked": written(asked), "spaces": list(space_ids)}
    # What is held from one period into the next is found for both.
    rows = dict.fromkeys(map(tuple, db.session.execute(_HELD_AROUND, values)))
    return [
        Held(space, room, booking, closure, initiative, _between(a, b), _between(c, d))
        for space, room, booking, closure, initiative, a, b, c, d in rows
        if space is not None and booking not in ignoring
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


def _held_around() -> Select[Any]:
    """What is held around each of many periods, in seconds; nothing but None where nothing is.

    The outer join lets SQLite begin with the periods: the other way round it takes longer than
    to read a whole year.
    """
    asked = spans("asked")
    touches = and_(
        _TABLE.c.space_id.in_(bindparam("spaces", expanding=True)),
        _TABLE.c.from_at < asked.until,
        _TABLE.c.from_at > asked.since - LONGEST_SECONDS,
        _TABLE.c.to_at > asked.since,
    )
    seconds = (type_coerce(column, BigInteger) for column in _MOMENTS)
    return select(*_THINGS, *seconds).select_from(asked.table.outerjoin(_TABLE, touches))


# Put together once, for every look at a room begins with one of these.
_HELD = _held(*_MOMENTS)
_HELD_AROUND = _held_around()


def _within(space_ids: Collection[int], period: Period) -> dict[str, Any]:
    return {
        "spaces": list(space_ids),
        "earliest": period.start - LONGEST,
        "since": period.start,
        "until": period.end,
    }
