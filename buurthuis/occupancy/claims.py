"""Claiming and releasing time, inside the transaction of the action that needs it.

Whoever wants a space first locks it, in id order, so that two wishes never wait for each other
in a circle. Neighbours of the same initiative give up the buffers between them and get them back
when the neighbour goes (rules/overlap.py). The database has the last word: a claim that overlaps
another one is refused by the guard whatever was checked before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, select

from buurthuis.foundation.db import db
from buurthuis.foundation.pulse import listen_anew, trusting
from buurthuis.occupancy import freed
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.occupancy.queries import spaces_as_known, spaces_of
from buurthuis.occupancy.sharing import give_back, hold_alone, share
from buurthuis.rules.changes import Piece, time_besides
from buurthuis.rules.periods import Period
from buurthuis.venues.known import room_as_known
from buurthuis.venues.models import Closure, Room

PIECE = timedelta(seconds=LONGEST_SECONDS)


@dataclass(frozen=True, slots=True)
class Use:
    """What a booking wants of a room: the use itself and the minutes around it."""

    booking_id: int
    room: Room
    initiative_id: int
    period: Period
    before_minutes: int
    after_minutes: int

    @property
    def wanted(self) -> Period:
        """The use with its set-up, teardown and turnover."""
        return self.period.widened(
            before_minutes=self.before_minutes, after_minutes=self.after_minutes
        )


def lock(space_ids: Collection[int]) -> None:
    """Make everybody else who wants one of these spaces wait, in id order.

    SQLite has one lock for all, and an action takes it as it begins.
    """
    if db.engine.dialect.name != "sqlite":
        db.session.execute(
            select(Room.id)
            .where(Room.id.in_(space_ids))
            .order_by(Room.id)
            .with_for_update(key_share=True)
        ).all()
        listen_anew()


def lock_rooms(rooms: Collection[Room]) -> dict[int, tuple[int, ...]]:
    """Lock the spaces of rooms, and return them by room as they are once the lock is ours."""
    before = spaces_as_known(rooms)  # A guess that saves a question; it is looked at again.
    while True:
        lock({space for own in before.values() for space in own})
        after = _spaces_now(rooms)
        if after == before:
            return after
        before = after  # A hall got other parts while we waited.


def _spaces_now(rooms: Collection[Room]) -> dict[int, tuple[int, ...]]:
    """The spaces under the lock: as this process knows them where that is still true, else the rows'."""
    with trusting():
        known = [room_as_known(room.id) for room in rooms]
    return spaces_of(rooms) if None in known else spaces_as_known(filter(None, known))


def claim(use: Use, spaces: Sequence[int]) -> None:
    """Hold every space of the room for a use; the spaces have been locked by `lock_rooms`.

    Raises (when the action commits or flushes):
        RoomTaken: somebody else holds part of it.
    """
    claim_many([use], {use.room.id: spaces})


def claim_many(
    uses: Sequence[Use], spaces: Mapping[int, Sequence[int]], *, are_alone: bool = False
) -> None:
    """Hold every space of every room for its use; else as `claim`.

    `spaces` are those of each room. `are_alone`: seen under this lock, no use meets what its own
    initiative holds, nor another use. The number of statements does not grow with the uses.
    """
    if uses:
        new = [_row(use, space) for use in uses for space in spaces[use.room.id]]
        hold_alone(new) if are_alone else share(new, around=[use.wanted for use in uses])


def claim_many_besides(uses: Mapping[int, Use], spaces: Mapping[int, Sequence[int]]) -> None:
    """Hold what changes of bookings need and those bookings themselves do not use.

    `uses` stand by the number of their change; else as `claim_many`.
    """
    asked = select(Occupancy).where(
        Occupancy.booking_id.in_([use.booking_id for use in uses.values()]),
        Occupancy.change_id.is_(None),
    )
    own: dict[tuple[int | None, int], list[Period]] = defaultdict(list)
    for row in db.session.scalars(asked):
        own[row.booking_id, row.space_id].append(Period(row.starts_at, row.ends_at))
    new = [
        _piece_row(use, change_id, space, piece)
        for change_id, use in uses.items()
        for space in spaces[use.room.id]
        for piece in time_besides(use.period, use.wanted, own[use.booking_id, space])
    ]
    if new:
        share(new, around=[use.wanted for use in uses.values()])


def release(booking_id: int) -> None:
    """Let go of everything a booking holds, and give its neighbours their buffers back."""
    _let_go(Occupancy.booking_id == booking_id)


def release_many(booking_ids: Collection[int]) -> None:
    """As `release`, for many at once; the number of statements does not grow with them."""
    _let_go(Occupancy.booking_id.in_(booking_ids))


def release_change(booking_id: int, change_id: int) -> None:
    """Let go of what a change asked for; its booking keeps its own place."""
    release_changes({change_id: booking_id})


def release_changes(bookings: Mapping[int, int]) -> None:
    """As `release_change`, for many at once: the booking of each change, by its number."""
    _let_go(
        and_(Occupancy.booking_id.in_(bookings.values()), Occupancy.change_id.in_(bookings.keys()))
    )


def _let_go(which: ColumnElement[bool]) -> None:
    rows = list(db.session.scalars(select(Occupancy).where(which).order_by(Occupancy.space_id)))
    if not rows:
        return
    lock([row.space_id for row in rows])
    db.session.execute(delete(Occupancy).where(which))
    of_group: dict[int | None, list[Occupancy]] = defaultdict(list)
    for row in rows:
        freed.remember(row.space_id, Period(row.from_at, row.to_at))
        of_group[row.initiative_id].append(row)
    for initiative_id, own in of_group.items():
        if initiative_id is not None:
            gone = [Period(row.wants_from_at, row.wants_to_at) for row in own]
            give_back({row.space_id for row in own}, initiative_id, around=gone)


def is_held(booking_id: int) -> bool:
    """The booking holds a place; a request does not where the house has decided so."""
    question = select(Occupancy.id).where(Occupancy.booking_id == booking_id).limit(1)
    return db.session.scalar(question) is not None


def claim_closure(closure: Closure) -> None:
    """Hold every space that a closure closes, in pieces of at most a week.

    Raises (when the action commits or flushes):
        RoomTaken: a live booking stands in the way.
    """
    rooms = closure.rooms or [room for room in closure.venue.rooms if room.retired_at is None]
    spaces = {space: room_id for room_id, own in spaces_of(rooms).items() for space in own}
    lock(sorted(spaces))
    rows = [
        _closure_row(closure, spaces[space], space, piece)
        for space in sorted(spaces)
        for piece in _pieces(Period(closure.from_at, closure.to_at))
    ]
    if rows:
        db.session.execute(insert(Occupancy), rows)


def claim_closures(closures: Iterable[Closure], spaces: Mapping[int, Sequence[int]]) -> None:
    """As `claim_closure`, for many that name rooms, in one statement; `spaces` of these are locked."""
    rows = [
        _closure_row(closure, room.id, space, piece)
        for closure in closures
        for room in closure.rooms
        for space in spaces[room.id]
        for piece in _pieces(Period(closure.from_at, closure.to_at))
    ]
    if rows:
        db.session.execute(insert(Occupancy), rows)


def release_closure(closure: Closure) -> None:
    """Let go of everything a closure holds."""
    release_closures([closure.id])


def release_closures(closure_ids: Collection[int]) -> None:
    """As `release_closure`, for many at once."""
    own = Occupancy.closure_id.in_(closure_ids)
    for row in db.session.scalars(select(Occupancy).where(own)):
        freed.remember(row.space_id, Period(row.from_at, row.to_at))
    db.session.execute(delete(Occupancy).where(own))


def reclaim(room_ids: Collection[int], *, since: datetime) -> None:
    """Claim again what live bookings of these rooms hold after `since`: the parts of a room changed.

    A change that was asked for lets go: its place is looked at again when the house answers.

    Raises (when the action commits or flushes):
        RoomTaken: with the new parts two bookings would hold the same space.
    """
    rows = list(
        db.session.scalars(
            select(Occupancy).where(
                Occupancy.room_id.in_(room_ids),
                Occupancy.booking_id.is_not(None),
                Occupancy.ends_at > since,
            )
        )
    )
    for row in rows:
        if row.change_id is not None:
            release_change(row.booking_id or 0, row.change_id)
    uses = {row.booking_id: _use_of(row) for row in rows if row.change_id is None}
    for booking_id in uses:
        release(booking_id or 0)
    for use in uses.values():
        claim(use, lock_rooms([use.room])[use.room.id])


def _use_of(row: Occupancy) -> Use:
    return Use(
        booking_id=row.booking_id or 0,
        room=db.session.get_one(Room, row.room_id),
        initiative_id=row.initiative_id or 0,
        period=Period(row.starts_at, row.ends_at),
        before_minutes=int((row.starts_at - row.wants_from_at).total_seconds() // 60),
        after_minutes=int((row.wants_to_at - row.ends_at).total_seconds() // 60),
    )


def _row(use: Use, space: int) -> dict[str, Any]:
    wanted = use.wanted
    return {
        "space_id": space,
        "room_id": use.room.id,
        "booking_id": use.booking_id,
        "closure_id": None,
        "change_id": None,
        "initiative_id": use.initiative_id,
        "starts_at": use.period.start,
        "ends_at": use.period.end,
        "wants_from_at": wanted.start,
        "wants_to_at": wanted.end,
    }


def _piece_row(use: Use, change_id: int, space: int, piece: Piece) -> dict[str, Any]:
    return {
        **_row(use, space),
        "change_id": change_id,
        "starts_at": piece.use.start,
        "ends_at": piece.use.end,
        "wants_from_at": piece.wanted.start,
        "wants_to_at": piece.wanted.end,
    }


def _closure_row(closure: Closure, room_id: int, space: int, piece: Period) -> dict[str, Any]:
    moments = ("starts_at", "wants_from_at", "from_at")
    ends = ("ends_at", "wants_to_at", "to_at")
    return {
        "space_id": space,
        "room_id": room_id,
        "booking_id": None,
        "closure_id": closure.id,
        "change_id": None,
        "initiative_id": None,
        **dict.fromkeys(moments, piece.start),
        **dict.fromkeys(ends, piece.end),
    }


def _pieces(period: Period) -> Iterable[Period]:
    start = period.start
    while start < period.end:
        end = min(start + PIECE, period.end)
        yield Period(start, end)
        start = end
