"""From the steps of the first evening to a house, as its file would describe it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from buurthuis.imports.house import (
    House,
    HouseAddress,
    HouseCard,
    HouseContact,
    HouseDayPart,
    HouseDecision,
    HouseHours,
    HouseRate,
    HouseRoom,
    HouseStanding,
)
from buurthuis.pages.house.begin_forms import HoursStep, HouseStep, PriceStep, RoomsStep
from buurthuis.pages.house.slugs import free_room_slug
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.standing_words import KIND_WORDS

NOON_MEAL, EVENING = 13 * 60, 18 * 60


def house_from(slug: str, steps: Mapping[str, Any], *, today: date) -> House:
    """The house that the steps describe."""
    about: HouseStep = steps["house"]
    hours: HoursStep = steps["hours"]
    made = tuple(_rooms(slug, steps["rooms"]))
    starts, ends = hours.span
    return House(
        slug=slug,
        name=about.name.data,
        address=HouseAddress(about.street.data, about.postcode.data, about.city.data),
        contact=HouseContact(phone=about.phone.data),
        rooms=made,
        opening_hours=tuple(HouseHours(int(day), starts, ends) for day in hours.days.data),
        day_parts=tuple(_day_parts(starts, ends)),
        rate_cards=tuple(_cards(steps["price"], made, today)),
    )


def _rooms(slug: str, rooms: RoomsStep) -> Iterator[HouseRoom]:
    taken: set[str] = set()
    for name, people in rooms.rooms():
        room = free_room_slug(slug, name, also_taken=taken)
        taken.add(room)
        yield HouseRoom(room, name, people)


def _day_parts(starts: int, ends: int) -> Iterator[HouseDayPart]:
    """Morning, afternoon and evening, as far as the house is open."""
    parts = (
        (_("Morning"), 0, NOON_MEAL),
        (_("Afternoon"), NOON_MEAL, EVENING),
        (_("Evening"), EVENING, ends),
    )
    for name, first, last in parts:
        opens, closes = max(first, starts), min(last, ends)
        if opens < closes:
            yield HouseDayPart(name, opens, closes)


def _cards(price: PriceStep, rooms: tuple[HouseRoom, ...], today: date) -> Iterator[HouseCard]:
    """One price for every room, unless everything is free."""
    if not price.price.data:
        return
    decision = HouseDecision(today, price.decided_by.data or _("Who began the house"))
    rates = tuple(HouseRate(room.slug, "hour", price.price.data) for room in rooms)
    kind = Kind.RESIDENT_INITIATIVE
    pays = price.residents_pay.data or 0
    residents = HouseStanding(kind, str(KIND_WORDS[kind]), pays)
    yield HouseCard(today, decision, rates=rates, standings=(residents,))
