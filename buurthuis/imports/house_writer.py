"""From a house to the text of its file: readable, and the same house always gives the same text."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TypeVar

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Item, Table

from buurthuis.imports.address import address_on_one_line, one_line_of
from buurthuis.imports.card_writer import card_table, decision_table
from buurthuis.imports.extras import extra_table
from buurthuis.imports.fair_use import fair_use_table
from buurthuis.imports.house import (
    House,
    HouseAddress,
    HouseClosure,
    HouseDayPart,
    HouseDecision,
    HouseHours,
    HouseNotice,
    HousePhoto,
    HouseRoom,
)
from buurthuis.imports.house_order import in_order
from buurthuis.imports.paying import AS_USUAL, paying_table
from buurthuis.imports.roster import USUAL, roster_table
from buurthuis.imports.values import clock_from, decimal, filled_table, list_of
from buurthuis.imports.weekdays import WEEKDAYS
from buurthuis.rules.calendar import on_the_clock
from buurthuis.rules.fair_use import NO_RULES

Entry = TypeVar("Entry")

SECTIONS = {
    "contact": "How to reach the house.",
    "legal": "Who stands behind the house on an invoice.",
    "booking": "What the house asks of every booking.",
    "fair_use": "What is fair at busy hours, and how much one group may have.",
    "roster": "How the house is opened and closed, and by how many.",
    "paying": "How groups pay, where to, and which standings pay in other ways.",
    "rooms": "The rooms. A room with parts is made of other rooms.",
    "extras": "What one can ask for with a room; without a stock there is no end to it.",
    "opening_hours": "When the house can be booked; with a room: when that room can be booked.",
    "day_parts": "The parts of the day, with the names the house gives them.",
    "closures": "When the house is closed; with rooms: when those rooms are closed.",
    "notices": "What the house tells everybody for some days.",
    "photos": "Photos of the house. Their files lie in the folder beside this file.",
    "decisions": "What residents decided, but for what stands with a rate card.",
    "rate_cards": "What the rooms cost from a day on, and who decided it. Amounts are without VAT.",
}
LONG_TEXTS = ("about", "way_in", "who_opens", "house_rules")
HEADING = "The house file of {name}. Every key is told in docs/house-file.md."


def write_house(house: House) -> str:
    """The file of a house, as house_reader reads it."""
    house = in_order(house)
    document = tomlkit.document()
    document.add(tomlkit.comment(HEADING.format(name=house.name)))
    for key in ("slug", "name", "is_example"):
        document.add(key, tomlkit.item(getattr(house, key)))
    document.add("address", _address(house.address))
    for key in ("neighbourhood", "timezone", "closed_on_holidays", "merge_gap_minutes"):
        document.add(key, tomlkit.item(getattr(house, key)))
    for key in LONG_TEXTS:
        document.add(key, _long_text(getattr(house, key)))
    for section in ("contact", "legal", "booking"):
        _open(document, section)
        document.add(section, tomlkit.item(asdict(getattr(house, section))))
    if house.fair_use != NO_RULES:
        _open(document, "fair_use")
        document.add("fair_use", fair_use_table(house.fair_use))
    if house.roster != USUAL:
        _open(document, "roster")
        document.add("roster", roster_table(house.roster))
    if house.paying != AS_USUAL:
        _open(document, "paying")
        document.add("paying", paying_table(house.paying))
    _list(document, "rooms", house.rooms, _room)
    _list(document, "extras", house.extras, extra_table)
    _list(document, "opening_hours", house.opening_hours, _hours)
    _list(document, "day_parts", house.day_parts, _day_part)
    _list(document, "closures", house.closures, _closure)
    _list(document, "notices", house.notices, _notice)
    _list(document, "photos", house.photos, _photo)
    _list(document, "decisions", house.decisions, _decision)
    _list(document, "rate_cards", house.rate_cards, card_table)
    return tomlkit.dumps(document)


def _open(document: TOMLDocument, section: str) -> None:
    """A blank line, and what the section is about."""
    document.add(tomlkit.nl())
    document.add(tomlkit.comment(SECTIONS[section]))


def _list(
    document: TOMLDocument,
    section: str,
    entries: Iterable[Entry],
    table_of: Callable[[Entry], Table],
) -> None:
    tables = [table_of(entry) for entry in entries]
    if tables:
        _open(document, section)
        document.add(section, list_of(tables))


def _address(address: HouseAddress) -> Item:
    """One line, unless that line would be read as another address."""
    line = one_line_of(address)
    if address_on_one_line(line) == address:
        return tomlkit.item(line)
    parts = tomlkit.inline_table()
    parts.update(asdict(address))
    return parts


def _long_text(text: str) -> Item:
    return tomlkit.string(text, multiline="\n" in text or len(text) > 80)


def _room(room: HouseRoom) -> Table:
    table = filled_table(
        {
            "slug": room.slug,
            "name": room.name,
            "about": _long_text(room.about) if room.about else None,
            "way_in": _long_text(room.way_in) if room.way_in else None,
            "capacity": room.capacity,
            "area_m2": None if room.area_m2 is None else decimal(room.area_m2),
            "parts": list(room.parts),
            "setup_minutes": room.setup_minutes,
            "teardown_minutes": room.teardown_minutes,
            "turnover_minutes": room.turnover_minutes,
            "own_buffer_minutes": room.own_buffer_minutes or None,
            "only_with": list(room.only_with) or None,
            "approval": room.approval.value,
            "features": [feature.value for feature in room.features],
            "retired_at": None if room.retired_at is None else on_the_clock(room.retired_at),
        }
    )
    if room.photos:
        table.add("photos", list_of(map(_photo, room.photos)))
    return table


def _hours(hours: HouseHours) -> Table:
    return filled_table(
        {
            "weekday": WEEKDAYS[hours.weekday],
            "opens": clock_from(0, hours.opens),
            "closes": clock_from(hours.opens, hours.closes),
            "room": hours.room,
            "valid_from": hours.valid_from,
            "valid_to": hours.valid_to,
        }
    )


def _day_part(part: HouseDayPart) -> Table:
    return filled_table(
        {
            "name": part.name,
            "from": clock_from(0, part.starts),
            "to": clock_from(part.starts, part.ends),
        }
    )


def _closure(closure: HouseClosure) -> Table:
    return filled_table(
        {
            "from": on_the_clock(closure.from_at),
            "to": on_the_clock(closure.to_at),
            "rooms": list(closure.rooms) or None,
            "reason": closure.reason or None,
        }
    )


def _notice(notice: HouseNotice) -> Table:
    return filled_table({"text": notice.text, "from": notice.from_on, "to": notice.to_on})


def _photo(photo: HousePhoto) -> Table:
    return filled_table({"file": photo.file, "alt": photo.alt})


def _decision(decision: HouseDecision) -> Table:
    table = filled_table({"about": decision.about.value})
    table.update(decision_table(decision))
    return table
