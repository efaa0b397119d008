"""Questions about who holds which space when; they never commit."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from buurthuis.foundation.db import db
from buurthuis.foundation.keeping import is_kept
from buurthuis.occupancy.models import LONGEST_SECONDS, Occupancy
from buurthuis.rules.periods import Period
from buurthuis.rules.spaces import spaces_of_room
from buurthuis.venues.models import Room, RoomPart

LONGEST_HOURS = LONGEST_SECONDS // 3600


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
    earliest = period.widened(before_minutes=LONGEST_HOURS * 60, after_minutes=0).start
    question = (
        select(Occupancy)
        .where(
            Occupancy.space_id.in_(space_ids),
            Occupancy.from_at < period.end,
            Occupancy.from_at > earliest,
            Occupancy.to_at > period.start,
        )
        .order_by(Occupancy.from_at)
    )
    if ignoring is not None:
        question = question.where(
            or_(Occupancy.booking_id.is_(None), Occupancy.booking_id != ignoring)
        )
    rows = db.session.execute(question.with_only_columns(*COLUMNS))
    return [
        Held(space, room, booking, closure, initiative, Period(a, b), Period(c, d))
        for space, room, booking, closure, initiative, a, b, c, d in rows
    ]


COLUMNS = (
    Occupancy.space_id,
    Occupancy.room_id,
    Occupancy.booking_id,
    Occupancy.closure_id,
    Occupancy.initiative_id,
    Occupancy.starts_at,
    Occupancy.ends_at,
    Occupancy.from_at,
    Occupancy.to_at,
)


def family(space_ids: Collection[int], initiative_id: int, wanted: Period) -> list[Occupancy]:
    """The claims of one initiative that touch a wanted period, directly or through each other."""
    reach = wanted
    while True:
        rows = list(
            db.session.scalars(
                select(Occupancy).where(
                    and_(
                        Occupancy.space_id.in_(space_ids),
                        Occupancy.initiative_id == initiative_id,
                        Occupancy.wants_from_at < reach.end,
                        Occupancy.wants_to_at > reach.start,
                    )
                )
            )
        )
        start = min([reach.start, *(row.wants_from_at for row in rows)])
        end = max([reach.end, *(row.wants_to_at for row in rows)])
        if (start, end) == (reach.start, reach.end):
            return rows
        reach = Period(start, end)
