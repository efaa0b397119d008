"""What the availability rule needs to know of a room, from what is held of it and of its company."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

from buurthuis.foundation.keeping import worked_out
from buurthuis.occupancy.queries import Held
from buurthuis.rules.availability import RoomFacts
from buurthuis.rules.fair_use import FairFacts
from buurthuis.rules.periods import Period, intersect, merge
from buurthuis.venues.hours import bookable_windows, closures_of
from buurthuis.venues.models import Room

Claims = Mapping[int, Sequence[Held]]
"""What is held of rooms, by the id of the room; with a room comes its company."""


def with_company(rooms: Iterable[Room]) -> dict[int, Room]:
    """The rooms by id, and those with which some of them go: what is held there counts too."""
    wanted = list(rooms)
    company = {other.id: other for room in wanted for other in room.only_with}
    return {**company, **{room.id: room for room in wanted}}


def facts_from(
    claims: Claims,
    rooms: Sequence[Room],
    first: date,
    last: date,
    *,
    initiative_id: int | None = None,
) -> dict[int, RoomFacts]:
    """The facts of each room, from what is held of it."""
    return {
        room.id: facts_of(room, claims, first, last, initiative_id=initiative_id) for room in rooms
    }


def facts_of(
    room: Room,
    claims: Claims,
    first: date,
    last: date,
    *,
    initiative_id: int | None,
    fair: FairFacts | None = None,
) -> RoomFacts:
    """The facts of one room, with what fair use knows of who asks.

    Closures are both: named, so that a visitor hears why, and busy, so that no buffer meets one.
    """
    own: list[Period] = []
    busy: list[Period] = []
    for claim in claims[room.id]:
        if initiative_id is not None and claim.initiative_id == initiative_id:
            own.append(claim.use)
        else:
            busy.append(claim.period)
    return RoomFacts(
        **worked_out(room, "facts", lambda: _on_any_day(room)),
        windows=bookable_windows(room, first, last),
        closures=closures_of(room, first, last),
        busy=busy,
        own=own,
        company=list(_company(room, claims, initiative_id)) if room.only_with else (),
        fair=fair,
    )


def _on_any_day(room: Room) -> dict[str, Any]:
    """What holds of a room whatever the day."""
    return {
        "capacity": room.capacity,
        "setup_minutes": room.setup_minutes,
        "teardown_minutes": room.teardown_minutes,
        "turnover_minutes": room.turnover_minutes,
        "own_buffer_minutes": room.own_buffer_minutes,
        "only_with": frozenset(other.id for other in room.only_with),
    }


def _company(room: Room, claims: Claims, initiative_id: int | None) -> Iterator[Period]:
    """When the group has one of the rooms with which this one goes, in all its spaces."""
    if initiative_id is None:
        return
    for other in room.only_with:
        uses: dict[int, list[Period]] = defaultdict(list)
        for claim in claims.get(other.id, ()):
            if claim.initiative_id == initiative_id:
                uses[claim.space_id].append(claim.use)
        if uses:
            yield from reduce(intersect, (merge(uses[space]) for space in other.spaces))
