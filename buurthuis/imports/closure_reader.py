"""Reading the closures of a house file: two closures of one space may touch, but not overlap."""

from collections.abc import Collection
from datetime import timedelta

from buurthuis.imports.house import HouseClosure, HouseRoom
from buurthuis.imports.table import Table

LONGEST = timedelta(days=731)

Spaces = dict[str, frozenset[str]]


def read_closures(table: Table, rooms: Collection[HouseRoom]) -> tuple[HouseClosure, ...]:
    """The closures of a house with these rooms."""
    found: list[tuple[HouseClosure, Table]] = []
    for entry in table.tables("closures", most=2000):
        closure = _closure(entry)
        if closure is not None:
            found.append((closure, entry))
    _note_overlaps(found, _spaces(rooms))
    return tuple(closure for closure, _entry in found)


def _closure(table: Table) -> HouseClosure | None:
    table.needed("from", "to")
    from_at, to_at = table.moment("from"), table.moment("to", is_end=True)
    rooms = table.rooms("rooms")
    reason = table.line("reason", longest=200)
    if from_at is None or to_at is None:
        return None
    if to_at <= from_at:
        table.note("to", "ends_before_start")
    if to_at - from_at > LONGEST:
        table.note("to", "closed_too_long", days=LONGEST.days)
    return HouseClosure(from_at, to_at, rooms, reason)


def _note_overlaps(found: list[tuple[HouseClosure, Table]], spaces: Spaces) -> None:
    """Each space is claimed once, so closures that overlap in it are one closure."""
    everything = frozenset().union(*spaces.values()) if spaces else frozenset[str]()
    running: list[tuple[HouseClosure, frozenset[str]]] = []
    for closure, entry in sorted(found, key=lambda each: (each[0].from_at, each[0].to_at)):
        named = [spaces[room] for room in closure.rooms if room in spaces]
        closes = frozenset().union(*named) if closure.rooms else everything
        running = [earlier for earlier in running if earlier[0].to_at > closure.from_at]
        if any(closes & also and earlier != closure for earlier, also in running):
            entry.note("from", "closures_overlap")
        running.append((closure, closes))


def _spaces(rooms: Collection[HouseRoom]) -> Spaces:
    """The rooms without parts that each room comes down to."""
    parts = {room.slug: room.parts for room in rooms}
    return {slug: frozenset(_leaves(slug, parts)) for slug in parts}


def _leaves(slug: str, parts: dict[str, tuple[str, ...]]) -> set[str]:
    seen = {slug}
    waiting = [slug]
    while waiting:
        below = [part for part in parts.get(waiting.pop(), ()) if part not in seen]
        seen.update(below)
        waiting.extend(below)
    return {each for each in seen if not parts.get(each)}
