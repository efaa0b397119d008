"""What must be true between the entries of a house file."""

from collections.abc import Collection

from buurthuis.imports.hour_checks import check_hours
from buurthuis.imports.house import House, HouseCard
from buurthuis.imports.mistakes import MistakeBook
from buurthuis.rules.spaces import spaces_of_room

DEEPEST = 4
"""A hall has parts, and these may have parts twice more; deeper than that is a mistake."""


def check(house: House, book: MistakeBook) -> None:
    """Note what does not fit together: rooms made of themselves, rates that contradict each other."""
    parts = {room.slug: room.parts for room in house.rooms}
    for place, room in enumerate(house.rooms, start=1):
        if _is_part_of_itself(room.slug, parts):
            book.note(f"rooms[{place}].parts", "part_of_itself")
        elif _is_deeper(room.slug, parts, DEEPEST):
            book.note(f"rooms[{place}].parts", "parts_too_deep", most=DEEPEST)
        for other in room.only_with:
            if _share_a_space(room.slug, other, parts):
                book.note(f"rooms[{place}].only_with", "no_company", room=other)
    measured = {room.slug for room in house.rooms if room.area_m2 is not None}
    for place, card in enumerate(house.rate_cards, start=1):
        _check_rates(book, f"rate_cards[{place}]", card, measured)
    check_hours(house, book)


def _is_part_of_itself(room: str, parts: dict[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    waiting = list(parts[room])
    while waiting:
        part = waiting.pop()
        if part == room:
            return True
        if part not in seen:
            seen.add(part)
            waiting.extend(parts.get(part, ()))
    return False


def _share_a_space(one: str, other: str, parts: dict[str, tuple[str, ...]]) -> bool:
    """Whether two rooms can never be booked at the same time."""
    mine: frozenset[str] = spaces_of_room(one, parts)
    theirs: frozenset[str] = spaces_of_room(other, parts)
    return bool(mine & theirs)


def _is_deeper(room: str, parts: dict[str, tuple[str, ...]], most: int) -> bool:
    """Whether more than so many rooms lie one in the other."""
    level = {room}
    for _ in range(most):
        level = {part for each in level for part in parts.get(each, ())}
    return bool(level)


def _check_rates(book: MistakeBook, path: str, card: HouseCard, measured: Collection[str]) -> None:
    """A room has one rate for each thing sold, and all its rates carry the same VAT."""
    seen = set()
    named = {standing.kind for standing in card.standings}
    vat: dict[str, int | None] = {}
    for rate in card.rates:
        sold = (rate.room, rate.kind, rate.unit, rate.starts, rate.ends)
        if rate.kind is not None and rate.kind not in named:
            book.note(path, "standing_not_named", kind=rate.kind)
        if rate.unit == "metre_hour" and rate.room not in measured:
            book.note(path, "room_not_measured", room=rate.room)
        if sold in seen:
            book.note(path, "rate_twice", room=rate.room)
        if vat.setdefault(rate.room, rate.vat_bp) != rate.vat_bp:
            book.note(path, "vat_differs", room=rate.room)
        seen.add(sold)
