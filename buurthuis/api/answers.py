"""How a house, a room, a price and a booking are told to other programs; schemas.py says the same."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.models import Booking
from buurthuis.bookings.paying_page import PAY
from buurthuis.bookings.pricing import Quoted
from buurthuis.bookings.queries import Offer
from buurthuis.bookings.rights import edits, is_booker
from buurthuis.extras.known import extras_for
from buurthuis.foundation.links import absolute
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.periods import Period
from buurthuis.rules.tariffs import Line, Quote
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.wording import line_text, reason_text
from buurthuis.venues.models import Room, Venue

Answer = dict[str, Any]

KNOWS_PEOPLE = (
    RoleName.MANAGER,
    RoleName.COORDINATOR,
    RoleName.TREASURER,
    RoleName.HOST,
    RoleName.KEY_HOLDER,
)
"""Who works in the house sees what takes place for whom; the board sees that something does."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How much somebody sees of a booking: for whom and what it is, and the word to the house."""

    knows_people: bool
    knows_remark: bool


WHOLE = Sight(knows_people=True, knows_remark=True)


def time_answer(period: Period) -> Answer:
    """From when until when, on Amsterdam's clock."""
    return {"from": rfc3339(period.start), "to": rfc3339(period.end)}


def venue_answer(venue: Venue, rooms: list[Room]) -> Answer:
    """A house with the slugs of its rooms."""
    return {
        "slug": venue.slug,
        "name": venue.name,
        "address": venue.address,
        "neighbourhood": venue.neighbourhood,
        "city": venue.city,
        "phone": venue.phone,
        "email": venue.email,
        "website": venue.website,
        "about": venue.about,
        "timezone": venue.timezone,
        "capacity": max((room.capacity for room in rooms), default=0),
        "rooms": [room.slug for room in rooms],
        "is_example": venue.is_example,
    }


def room_answer(room: Room) -> Answer:
    """A room with what it offers and what it is made of."""
    return {
        "slug": room.slug,
        "name": room.name,
        "venue": room.venue.slug,
        "about": room.about,
        "capacity": room.capacity,
        "area_m2": None if room.area_m2 is None else float(room.area_m2),
        "parts": [part.slug for part in room.parts],
        "features": sorted(each.feature.value for each in room.features),
        "only_with": [other.slug for other in room.only_with],
        "own_buffer_minutes": room.own_buffer_minutes,
        "extras": [
            {"slug": each.slug, "name": each.name, "stock": each.stock} for each in extras_for(room)
        ],
    }


def offer_answer(offer: Offer, priced: Priced) -> Answer:
    """A room that is free, and what it costs."""
    price = price_answer(priced.quote, priced.reason)
    return {**room_answer(offer.room), **time_answer(offer.period), "price": price}


def price_answer(price: Quote | Booking | Quoted, reason: str) -> Answer:
    """The amounts of a quote, or those that were frozen on a booking."""
    return {
        "list_cents": price.list_cents,
        "discount_cents": price.discount_cents,
        "surcharge_cents": price.surcharge_cents,
        "vat_cents": price.vat_cents,
        "total_cents": price.total_cents,
        "deposit_cents": price.deposit_cents,
        "reason": reason,
    }


def quote_answer(priced: Priced) -> Answer:
    """A price with its reason and its lines in words."""
    return {
        **price_answer(priced.quote, priced.reason),
        "explanation": reason_text(priced),
        "lines": [_line(line) for line in priced.quote.lines],
    }


def _line(line: Line) -> Answer:
    return {
        "kind": line.kind,
        "text": line_text(line),
        "quantity": float(line.quantity),
        "unit_cents": line.unit_cents,
        "cents": line.cents,
        "vat_bp": line.vat_bp,
        "vat_cents": line.vat_cents,
    }


def initiative_answer(initiative: Initiative) -> Answer:
    """Who books."""
    return {"id": str(initiative.id), "name": initiative.name, "kind": initiative.kind}


def sight_of(person: Person, booking: Booking) -> Sight:
    """What a person may know of a booking."""
    return Sight(
        knows_people=is_booker(person, booking)
        or has_role(person, *KNOWS_PEOPLE, venue_id=booking.venue_id),
        knows_remark=edits(person, booking),
    )


def booking_answer(booking: Booking, sight: Sight) -> Answer:
    """A booking as far as somebody may know it."""
    return {
        "id": str(booking.id),
        "uid": booking.uid,
        "status": booking.status,
        **time_answer(booking.period),
        "room": booking.room.slug,
        "venue": booking.venue.slug,
        "title": booking.title if sight.knows_people else None,
        "initiative": str(booking.initiative_id) if sight.knows_people else None,
        "people": booking.people,
        "purpose": booking.purpose,
        "public": booking.is_public,
        "remark": booking.remark if sight.knows_remark else None,
        **_together(booking),
        **_paying(booking, sight),
        "series": None if booking.series_id is None else str(booking.series_id),
        "sequence": booking.sequence,
        "cancelled_late": booking.cancelled_late,
        "price": price_answer(booking, booking.price_reason),
    }


def _paying(booking: Booking, sight: Sight) -> Answer:
    """How the group pays; where the place is kept until it is paid for, until when and where."""
    is_kept = booking.is_pay_hold and sight.knows_remark
    has_page = is_kept and PAY in current_app.view_functions
    return {
        "pays_by": booking.pays_by if sight.knows_remark else None,
        "pay_until": rfc3339(booking.expires_at) if is_kept and booking.expires_at else None,
        "pay_url": absolute(PAY, booking_id=booking.id) if has_page else None,
    }


def _together(booking: Booking) -> Answer:
    """What a booking tells of its bundle, its extras and the group's own minutes."""
    return {
        "bundle": None if booking.bundle_id is None else str(booking.bundle_id),
        "setup_minutes": booking.own_setup_minutes,
        "teardown_minutes": booking.own_teardown_minutes,
        "extras": [{"slug": each.extra.slug, "quantity": each.quantity} for each in booking.extras],
    }
