"""From the text of a house file to a house, or to all its mistakes at once."""

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from buurthuis.imports.address import address_on_one_line
from buurthuis.imports.card_reader import read_cards
from buurthuis.imports.closure_reader import read_closures
from buurthuis.imports.extras import read_extras
from buurthuis.imports.fair_use import read_fair_use
from buurthuis.imports.house import (
    House,
    HouseAddress,
    HouseBooking,
    HouseContact,
    HouseDayPart,
    HouseHours,
    HouseLegal,
    HouseRoom,
)
from buurthuis.imports.house_checks import check
from buurthuis.imports.house_order import in_order
from buurthuis.imports.mistakes import Album, MistakeBook, names_alone
from buurthuis.imports.paying import read_paying
from buurthuis.imports.refusals import FileHasMistakes
from buurthuis.imports.roster import read_roster
from buurthuis.imports.table import Table
from buurthuis.imports.told_reader import read_decisions, read_notices, read_photos
from buurthuis.imports.toml_lines import Lines
from buurthuis.imports.weekdays import weekday_in
from buurthuis.rules.calendar import MINUTES_A_DAY
from buurthuis.venues.models import Approval, Feature

LARGEST_BYTES = 512 * 1024
ZONE = "Europe/Amsterdam"
STEPS = (5, 10, 15, 20, 30, 60)
LONGEST_BUFFER = 720

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_WEBSITE = re.compile(r"https?://[^\s<>\"]+")

Entry = TypeVar("Entry")


def read_house(text: str, album: Album = names_alone) -> House:
    """The house that a file describes; the album gives the pictures that its photos name.

    Raises:
        FileHasMistakes: with every mistake, each with its line and key.
    """
    book = MistakeBook(Lines(text), album)
    values = _toml(text, book)
    book.rooms, book.extras = _slugs(values.get("rooms")), _slugs(values.get("extras"))
    table = Table(values, "", book)
    house = _house(table)
    table.close()
    check(house, book)
    if book.mistakes:
        raise FileHasMistakes(mistakes=book.in_order())
    return in_order(house)


def _toml(text: str, book: MistakeBook) -> dict[str, Any]:
    """The values of a TOML text; what is no TOML at all ends the reading here."""
    if len(text.encode(errors="replace")) > LARGEST_BYTES:
        book.note("", "too_big", most=LARGEST_BYTES // 1024)
        raise FileHasMistakes(mistakes=book.mistakes)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        book.note("", "not_toml", where=str(wrong)[:200])
    except RecursionError:
        book.note("", "too_deep")
    except (ValueError, ArithmeticError):
        # Numbers of thousands of digits, dates that no calendar holds.
        book.note("", "not_toml", where="")
    raise FileHasMistakes(mistakes=book.mistakes)


def _slugs(listed: Any) -> frozenset[str]:
    """The slugs of the rooms or of the extras, before anything else is read."""
    entries = (
        [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    )
    return frozenset(slug for each in entries if isinstance(slug := each.get("slug"), str))


def _house(table: Table) -> House:
    table.needed("slug", "name")
    rooms = tuple(_room(entry) for entry in table.tables("rooms", most=300, unique="slug"))
    if table.has("timezone") and table.line("timezone", longest=40) != ZONE:
        table.note("timezone", "not_a_choice", choices=ZONE)
    return House(
        slug=table.slug("slug"),
        name=table.name("name", longest=120),
        is_example=table.yes("is_example", False),
        address=_address(table),
        neighbourhood=table.line("neighbourhood", longest=80),
        timezone=ZONE,
        closed_on_holidays=table.yes("closed_on_holidays", True),
        merge_gap_minutes=table.whole("merge_gap_minutes", 60, least=0, most=MINUTES_A_DAY),
        about=table.text("about", longest=4000),
        way_in=table.text("way_in", longest=4000),
        who_opens=table.text("who_opens", longest=500),
        house_rules=table.text("house_rules", longest=8000),
        contact=_contact(table.table("contact")),
        legal=_legal(table.table("legal")),
        booking=_booking(table.table("booking")),
        fair_use=read_fair_use(table.table("fair_use")),
        roster=read_roster(table.table("roster")),
        paying=read_paying(table.table("paying")),
        rooms=rooms,
        extras=tuple(read_extras(table)),
        opening_hours=_filled(map(_hours, table.tables("opening_hours", most=3000))),
        day_parts=_filled(map(_day_part, table.tables("day_parts", most=48, unique="name"))),
        closures=read_closures(table, rooms),
        notices=tuple(read_notices(table)),
        photos=read_photos(table),
        decisions=tuple(read_decisions(table)),
        rate_cards=read_cards(table),
    )


def _filled(found: Iterable[Entry | None]) -> tuple[Entry, ...]:
    return tuple(each for each in found if each is not None)


def _contact(table: Table) -> HouseContact:
    contact = HouseContact(
        phone=table.line("phone", longest=30),
        email=table.line("email", longest=254),
        website=table.line("website", longest=200),
    )
    if contact.email and not _EMAIL.fullmatch(contact.email):
        table.note("email", "not_an_address")
    if contact.website and not _WEBSITE.fullmatch(contact.website):
        table.note("website", "not_a_website")
    table.close()
    return contact


def _legal(table: Table) -> HouseLegal:
    legal = HouseLegal(
        legal_name=table.line("legal_name", longest=120),
        kvk_number=table.line("kvk_number", longest=20),
        vat_number=table.line("vat_number", longest=30),
    )
    table.close()
    return legal


def _booking(table: Table) -> HouseBooking:
    booking = HouseBooking(
        step_minutes=table.one_of("step_minutes", 15, choices=STEPS),
        min_minutes=table.whole("min_minutes", 30, least=1, most=MINUTES_A_DAY),
        max_minutes=table.whole("max_minutes", 960, least=1, most=MINUTES_A_DAY),
        notice_minutes=table.whole("notice_minutes", 0, least=0, most=366 * MINUTES_A_DAY),
        horizon_days=table.whole("horizon_days", 548, least=1, most=3660),
        cancel_notice_hours=table.whole("cancel_notice_hours", 48, least=0, most=366 * 24),
        answer_within_hours=table.whole("answer_within_hours", 72, least=1, most=366 * 24),
        grace_minutes=table.whole("grace_minutes", 30, least=0, most=MINUTES_A_DAY),
        requests_occupy=table.yes("requests_occupy", True),
    )
    if booking.max_minutes < booking.min_minutes:
        table.note("max_minutes", "out_of_range", least=booking.min_minutes, most=MINUTES_A_DAY)
    table.close()
    return booking


def _address(table: Table) -> HouseAddress:
    """An address, written on one line ("Kraaiennest 68, 1104 CD Amsterdam") or as a table."""
    if isinstance(table.raw("address"), dict):
        parts = table.table("address")
        address = HouseAddress(
            street=parts.line("street", longest=120),
            postcode=parts.line("postcode", longest=12),
            city=parts.line("city", longest=80),
        )
        parts.close()
        return address
    return address_on_one_line(table.line("address", longest=220))


def _room(table: Table) -> HouseRoom:
    table.needed("slug", "name", "capacity")
    area = table.hundredths("area_m2", most=99_999)
    if area == 0:
        table.note("area_m2", "out_of_range", least=0.01, most=99_999)
    features = table.words("features", most=len(Feature))
    return HouseRoom(
        slug=table.slug("slug"),
        name=table.name("name", longest=120),
        about=table.text("about", longest=4000),
        way_in=table.text("way_in", longest=1000),
        capacity=table.whole("capacity", 1, least=1, most=100_000),
        area_m2=None if area is None else Decimal(area) / 100,
        parts=table.rooms("parts", most=50),
        setup_minutes=table.whole("setup_minutes", 0, least=0, most=LONGEST_BUFFER),
        teardown_minutes=table.whole("teardown_minutes", 0, least=0, most=LONGEST_BUFFER),
        turnover_minutes=table.whole("turnover_minutes", 0, least=0, most=LONGEST_BUFFER),
        own_buffer_minutes=table.whole("own_buffer_minutes", 0, least=0, most=LONGEST_BUFFER),
        only_with=table.rooms("only_with", most=50),
        approval=table.choice("approval", Approval) or Approval.ASK,
        features=tuple(
            feature for word in features if (feature := table.as_choice("features", word, Feature))
        ),
        retired_at=table.moment("retired_at"),
        photos=read_photos(table),
    )


def _hours(table: Table) -> HouseHours | None:
    weekday = weekday_in(table)
    room = table.room("room")
    valid_from, valid_to = table.day("valid_from"), table.day("valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        table.note("valid_to", "ends_before_start")
    span = table.span("opens", "closes")
    if span is None or weekday is None:
        return None
    return HouseHours(weekday, *span, room, valid_from, valid_to)


def _day_part(table: Table) -> HouseDayPart | None:
    table.needed("name")
    name = table.name("name", longest=60)
    span = table.span("from", "to")
    return None if span is None else HouseDayPart(name, *span)
