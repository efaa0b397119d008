"""Calls about houses and rooms: which there are, which are free, and what they cost."""

from buurthuis.accounts.models import Initiative
from buurthuis.api.answers import Answer, offer_answer, quote_answer, room_answer, venue_answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.initiatives import spoken_for
from buurthuis.api.paging import page, page_from
from buurthuis.api.shapes import ANY_PAGE, FREE, QUOTE, ROOMS
from buurthuis.api.together import wanted_extras
from buurthuis.api.values import Asked
from buurthuis.bookings.pricing import price_of
from buurthuis.bookings.queries import find
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.remembered import remembered
from buurthuis.tariffs.charges import Beside
from buurthuis.venues.known import all_venues, bookable_rooms, room_by_slug, venue_by_slug
from buurthuis.venues.models import Room, Venue


@blueprint.get("/venues")
@public
@remembered
@described(Call("All houses.", "Venues", query=ANY_PAGE, refusals=("invalid",)))
def venues(asked: Asked) -> Answer:
    """Every house, with the slugs of its rooms."""
    rooms: dict[int, list[Room]] = {}
    for room in bookable_rooms():
        rooms.setdefault(room.venue_id, []).append(room)
    found = page_from(all_venues(), asked, key=lambda venue: venue.slug)
    return page(
        found,
        asked,
        draw=lambda venue: venue_answer(venue, rooms.get(venue.id, [])),
        key=lambda venue: venue.slug,
    )


@blueprint.get("/rooms")
@public
@remembered
@described(
    Call("Rooms in use.", "Rooms", query=ROOMS, refusals=("invalid", "not-found")),
)
def rooms(asked: Asked) -> Answer:
    """The rooms of all houses, or of one."""
    found = page_from(bookable_rooms(_venue(asked)), asked, key=lambda room: room.slug)
    return page(found, asked, draw=room_answer, key=lambda room: room.slug)


@blueprint.get("/free")
@public
@remembered
@described(
    Call(
        "Rooms that can be booked at that time; offered means bookable.",
        "FreeRooms",
        query=FREE,
        refusals=("invalid", "not-found", "not-allowed"),
    )
)
def free(asked: Asked) -> Answer:
    """What the finder offers; a room that has no price for this time cannot be booked."""
    found = find(
        asked["period"],
        people=asked["people"],
        purpose=asked["purpose"],
        initiative=_initiative(asked),
        venue=_venue(asked),
        now=clock.now(),
    )
    offers = [(offer, offer.priced) for offer in found.free if offer.priced is not None]
    shown = page_from(offers, asked, key=lambda pair: pair[0].room.slug)
    return page(
        shown,
        asked,
        draw=lambda pair: offer_answer(*pair),
        key=lambda pair: pair[0].room.slug,
    )


@blueprint.get("/quote")
@public
@remembered
@described(
    Call(
        "What a room costs; whether it is free is another question.",
        "Quote",
        query=QUOTE,
        refusals=("invalid", "not-found", "not-allowed"),
    )
)
def quote(asked: Asked) -> Answer:
    """The price with its lines: the normal one, or that of an initiative one speaks for."""
    room = room_by_slug(asked["room"])
    beside = Beside(asked["people"], tuple(sorted(wanted_extras(asked["extras"], room))))
    priced = price_of(room, asked["period"], _initiative(asked), asked["purpose"], beside)
    return quote_answer(priced)


def _venue(asked: Asked) -> Venue | None:
    return venue_by_slug(asked["venue"]) if "venue" in asked else None


def _initiative(asked: Asked) -> Initiative | None:
    return spoken_for(asked["initiative"]) if "initiative" in asked else None
