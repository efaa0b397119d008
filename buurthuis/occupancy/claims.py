"""Claiming and releasing time, inside the transaction of the action that needs it.

Whoever wants a space first locks it, in id order, so that two wishes never wait for each other
in a circle. Neighbours of the same initiative give up the buffers between them and get them back
when the neighbour goes (rules/overlap.py). The database has the last word: a claim that overlaps
another one is refused by the guard whatever was checked before.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from buurthuis.foundation.db import db
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.occupancy.queries import family, spaces_as_known, spaces_of
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.overlap import Claim, SelfOverlap, share_out
from buurthuis.rules.periods import Period
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
    """Make everybody else who wants one of these spaces wait, in id order (SQLite holds one lock for all)."""
    db.session.execute(
        select(Room.id)
        .where(Room.id.in_(space_ids))
        .order_by(Room.id)
        .with_for_update(key_share=True)
    ).all()


def lock_rooms(rooms: Collection[Room]) -> dict[int, tuple[int, ...]]:
    """Lock the spaces of rooms, and return them by room as they are once the lock is ours."""
    before = spaces_as_known(rooms)  # A guess that saves a question; it is looked at again.
    while True:
        lock({space for own in before.values() for space in own})
        after = spaces_of(rooms)
        if after == before:
            return after
        before = after  # A hall got other parts while we waited.


def claim(use: Use, spaces: Sequence[int]) -> None:
    """Hold every space of the room for a use; the spaces have been locked by `lock_rooms`.

    Raises (when the action commits or flushes):
        RoomTaken: somebody else holds part of it.
    """
    new = [_row(use, space) for space in spaces]
    _share(spaces, use.initiative_id, use.wanted, new)


def release(booking_id: int) -> None:
    """Let go of everything a booking holds, and give its neighbours their buffers back."""
    own = select(Occupancy).where(Occupancy.booking_id == booking_id)
    rows = list(db.session.scalars(own.order_by(Occupancy.space_id)))
    if not rows:
        return
    spaces = [row.space_id for row in rows]
    lock(spaces)
    db.session.execute(delete(Occupancy).where(Occupancy.booking_id == booking_id))
    initiative_id = rows[0].initiative_id
    if initiative_id is not None:
        _share(spaces, initiative_id, Period(rows[0].wants_from_at, rows[0].wants_to_at), [])


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
    _insert(rows)


def release_closure(closure: Closure) -> None:
    """Let go of everything a closure holds."""
    db.session.execute(delete(Occupancy).where(Occupancy.closure_id == closure.id))


def reclaim(room_ids: Collection[int], *, since: datetime) -> None:
    """Claim again what live bookings of these rooms hold after `since`: the parts of a room changed.

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
    uses = {row.booking_id: _use_of(row) for row in rows}
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


def _share(
    spaces: Collection[int], initiative_id: int, wanted: Period, new: list[dict[str, Any]]
) -> None:
    """Divide anew what one initiative holds around a period; old rows go before new ones come."""
    old = family(spaces, initiative_id, wanted)
    rows = new + [_plain(row) for row in old]
    for space in spaces:
        own = [row for row in rows if row["space_id"] == space]
        try:
            shares = share_out([_claim(index, row) for index, row in enumerate(own)])
        except SelfOverlap as error:
            raise RoomTaken from error
        for index, row in enumerate(own):
            row["from_at"], row["to_at"] = shares[index].start, shares[index].end
    if old:
        db.session.execute(delete(Occupancy).where(Occupancy.id.in_([row.id for row in old])))
        for stale in old:
            db.session.expunge(stale)
    _insert(rows)


def _insert(rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(Occupancy), rows)


def _claim(key: int, row: dict[str, Any]) -> Claim:
    return Claim(
        key=key,
        owner=row["initiative_id"],
        core=Period(row["starts_at"], row["ends_at"]),
        wanted=Period(row["wants_from_at"], row["wants_to_at"]),
    )


def _row(use: Use, space: int) -> dict[str, Any]:
    return {
        "space_id": space,
        "room_id": use.room.id,
        "booking_id": use.booking_id,
        "closure_id": None,
        "initiative_id": use.initiative_id,
        "starts_at": use.period.start,
        "ends_at": use.period.end,
        "wants_from_at": use.wanted.start,
        "wants_to_at": use.wanted.end,
    }


def _plain(row: Occupancy) -> dict[str, Any]:
    names = (
        "space_id",
        "room_id",
        "booking_id",
        "closure_id",
        "initiative_id",
        "starts_at",
        "ends_at",
        "wants_from_at",
        "wants_to_at",
    )
    return {name: getattr(row, name) for name in names}


def _closure_row(closure: Closure, room_id: int, space: int, piece: Period) -> dict[str, Any]:
    moments = ("starts_at", "wants_from_at", "from_at")
    ends = ("ends_at", "wants_to_at", "to_at")
    return {
        "space_id": space,
        "room_id": room_id,
        "booking_id": None,
        "closure_id": closure.id,
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
