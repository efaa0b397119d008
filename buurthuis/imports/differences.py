"""What differs between two houses, as plain facts; pages put them into words.

`old` is None for what came, `new` is None for what went. What a fact is about depends on its kind:

| kind | what | old and new |
|---|---|---|
| about, contact, address, legal, booking, roster, paying | the name of a field | its value |
| fair_use | nothing | the rules as a whole, `FairUse` |
| room | the room's name | the `HouseRoom`, when it came or went |
| room_field | the room's name and a field | its value |
| extra | its slug | the `HouseExtra` |
| order | nothing | the names of the rooms in their order |
| hours | an `HoursOf` | the spans of that day, (opens, closes) each |
| day_part | its name | (starts, ends) |
| closure, notice, decision | nothing | the value itself |
| photo | the room's name, or None for the house | the `HousePhoto` |
| photo_words | the room's name, or None for the house | the old and the new words |
| photo_order | the room's name, or None for the house | nothing |
| card | the first day | the `HouseCard`, when it came or went |
| card_field | the first day and a field | its value |
| rate | a `RateOf` | the `HouseRate` |
| standing | the first day and the code | the `HouseStanding` |
| surcharge | the first day and its name | the `HouseSurcharge` |
| extra_rate | the first day and the slug of the extra | the `HouseExtraRate` |
| reduction | nothing | the `HouseReduction` |
| policy | the first day and the code of a standing, or None | the `HousePolicy` |
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from buurthuis.imports.house import House, HouseCard, HouseHours, HousePhoto, HouseRate, HouseRoom
from buurthuis.rules.standing import StandingCode

GROUPS = ("contact", "address", "legal", "booking", "roster", "paying")
_IN_GROUPS_OF_THEIR_OWN = {
    *GROUPS,
    *("rooms", "extras", "opening_hours", "day_parts", "closures", "notices", "photos"),
    *("fair_use", "decisions", "rate_cards"),
}

LISTS_OF_CARDS = {"rates", "standings", "surcharges", "extras", "reductions", "policies"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that differs."""

    kind: str
    what: Any
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, order=True)
class HoursOf:
    """One weekday (Monday is 0) of the house or of a room, in the days in which it holds."""

    slug: str
    room: str
    """The name of the room; "" for the house."""
    weekday: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class RateOf:
    """What a rate is for: a room, a unit or a part of the day, from a day on."""

    valid_from: date
    slug: str
    room: str
    """The name of the room."""
    unit: str
    name: str
    starts: int | None
    ends: int | None
    kind: StandingCode | None = None
    """The standing it is for; None for everybody."""


def differences(before: House, after: House) -> list[Difference]:
    """Everything that differs, in the order of a house file."""
    names = {room.slug: room.name for room in (*before.rooms, *after.rooms)}
    return [
        *_own_fields(before, after),
        *_fair_use(before, after),
        *_rooms(before, after),
        *_changed("extra", _extras(before), _extras(after)),
        *_changed("hours", _hours(before, names), _hours(after, names)),
        *_changed("day_part", _day_parts(before), _day_parts(after)),
        *_came_and_went("closure", before.closures, after.closures),
        *_came_and_went("notice", before.notices, after.notices),
        *_photos(None, before.photos, after.photos),
        *_came_and_went("decision", before.decisions, after.decisions),
        *_cards(before, after, names),
    ]


def _own_fields(before: House, after: House) -> Iterator[Difference]:
    names = {each.name for each in fields(House)} - _IN_GROUPS_OF_THEIR_OWN
    yield from _in_fields("about", (), before, after, names)
    for group in GROUPS:
        yield from _in_fields(group, (), getattr(before, group), getattr(after, group))


def _fair_use(before: House, after: House) -> Iterator[Difference]:
    if before.fair_use != after.fair_use:
        yield Difference("fair_use", None, before.fair_use, after.fair_use)


def _in_fields(
    kind: str, of: tuple[Any, ...], before: Any, after: Any, names: set[str] | None = None
) -> Iterator[Difference]:
    """The fields that differ between two values of one kind."""
    for each in fields(before):
        if names is None or each.name in names:
            old, new = getattr(before, each.name), getattr(after, each.name)
            if old != new:
                yield Difference(kind, (*of, each.name) if of else each.name, old, new)


def _changed(
    kind: str, before: Mapping[Any, Any], after: Mapping[Any, Any]
) -> Iterator[Difference]:
    """What differs by key; what both know stands where it stood before."""
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) != after.get(key):
            yield Difference(kind, key, before.get(key), after.get(key))


def _came_and_went(
    kind: str, before: tuple[Hashable, ...], after: tuple[Hashable, ...]
) -> Iterator[Difference]:
    yield from (Difference(kind, None, each, None) for each in before if each not in after)
    yield from (Difference(kind, None, None, each) for each in after if each not in before)


def _rooms(before: House, after: House) -> Iterator[Difference]:
    old = {room.slug: room for room in before.rooms}
    new = {room.slug: room for room in after.rooms}
    yield from (Difference("room", room.name, room, None) for room in _only_in(old, new))
    yield from (Difference("room", room.name, None, room) for room in _only_in(new, old))
    own = {each.name for each in fields(HouseRoom)} - {"photos"}
    for slug, room in old.items():
        if slug in new:
            yield from _in_fields("room_field", (room.name,), room, new[slug], own)
            yield from _photos(room.name, room.photos, new[slug].photos)
    kept = [slug for slug in old if slug in new]
    if kept != [slug for slug in new if slug in old]:
        names = [tuple(room.name for room in house.rooms) for house in (before, after)]
        yield Difference("order", None, *names)


def _extras(house: House) -> dict[str, Any]:
    return {extra.slug: extra for extra in house.extras}


def _only_in(these: Mapping[Any, Any], those: Mapping[Any, Any]) -> list[Any]:
    return [value for key, value in these.items() if key not in those]


def _photos(
    room: str | None, before: tuple[HousePhoto, ...], after: tuple[HousePhoto, ...]
) -> Iterator[Difference]:
    old = {photo.name: photo for photo in before}
    new = {photo.name: photo for photo in after}
    yield from (Difference("photo", room, photo, None) for photo in _only_in(old, new))
    yield from (Difference("photo", room, None, photo) for photo in _only_in(new, old))
    for name, photo in old.items():
        if name in new and new[name].alt != photo.alt:
            yield Difference("photo_words", room, photo.alt, new[name].alt)
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Difference("photo_order", room, None, None)


def _hours(house: House, names: Mapping[str, str]) -> dict[HoursOf, tuple[tuple[int, int], ...]]:
    """The spans of each day; the house comes before its rooms."""
    found: dict[HoursOf, tuple[tuple[int, int], ...]] = {}
    for hours in house.opening_hours:
        day = _day_of(hours, names)
        found[day] = (*found.get(day, ()), (hours.opens, hours.closes))
    return found


def _day_of(hours: HouseHours, names: Mapping[str, str]) -> HoursOf:
    slug = hours.room or ""
    return HoursOf(slug, names.get(slug, ""), hours.weekday, hours.valid_from, hours.valid_to)


def _day_parts(house: House) -> dict[str, tuple[int, int]]:
    return {part.name: (part.starts, part.ends) for part in house.day_parts}


def _cards(before: House, after: House, names: Mapping[str, str]) -> Iterator[Difference]:
    old = {card.valid_from: card for card in before.rate_cards}
    new = {card.valid_from: card for card in after.rate_cards}
    yield from (Difference("card", card.valid_from, card, None) for card in _only_in(old, new))
    yield from (Difference("card", card.valid_from, None, card) for card in _only_in(new, old))
    own = {each.name for each in fields(HouseCard)} - LISTS_OF_CARDS
    for day, card in old.items():
        if day in new:
            yield from _in_fields("card_field", (day,), card, new[day], own)
            yield from _changed("rate", _rates(card, names), _rates(new[day], names))
            yield from _changed("standing", _standings(card), _standings(new[day]))
            yield from _charges(card, new[day])


def _charges(before: HouseCard, after: HouseCard) -> Iterator[Difference]:
    day = before.valid_from
    yield from _changed(
        "surcharge",
        {(day, each.name): each for each in before.surcharges},
        {(day, each.name): each for each in after.surcharges},
    )
    yield from _changed(
        "extra_rate",
        {(day, each.extra): each for each in before.extras},
        {(day, each.extra): each for each in after.extras},
    )
    yield from _came_and_went("reduction", before.reductions, after.reductions)
    yield from _changed(
        "policy",
        {(day, each.kind): each for each in before.policies},
        {(day, each.kind): each for each in after.policies},
    )


def _rates(card: HouseCard, names: Mapping[str, str]) -> dict[RateOf, HouseRate]:
    return {_rate_of(card, rate, names): rate for rate in card.rates}


def _rate_of(card: HouseCard, rate: HouseRate, names: Mapping[str, str]) -> RateOf:
    room = names[rate.room]
    what = (rate.unit, rate.name, rate.starts, rate.ends, rate.kind)
    return RateOf(card.valid_from, rate.room, room, *what)


def _standings(card: HouseCard) -> dict[tuple[date, str], Any]:
    return {(card.valid_from, standing.kind): standing for standing in card.standings}
