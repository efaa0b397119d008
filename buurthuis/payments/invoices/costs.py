"""What a booking costs by now, for its invoice: its frozen price, or what is owed instead of it."""

from collections import Counter

from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed, State
from buurthuis.rules.paying.billing import Part, Rate, with_vat_inside
from buurthuis.rules.quotes import LIST
from buurthuis.rules.states import Status

CHARGED = (Status.CONFIRMED, Status.NO_SHOW)
"""Who booked pays, also when nobody came; unless something is owed instead."""


def costs_of(booking: Booking, owed: Owed | None) -> list[Part] | None:
    """What a booking costs, line by line; [] is nothing, None is that the house still decides.

    `owed` is what its group owes for cancelling late or staying away, instead of the price: what
    the group read there is what it pays.
    """
    if owed is not None and owed.state == State.TO_DECIDE:
        return None
    if owed is not None:
        return _of_owed(booking, owed)
    return price_of(booking) if booking.status in CHARGED else []


def price_of(booking: Booking) -> list[Part]:
    """The frozen price, line by line; what was given with it is told on the first."""
    parts = []
    for place, line in enumerate(booking.price_lines):
        given = 0 if place else booking.given_cents
        parts.append(Part(line["vat_bp"], line["cents"], line["vat_cents"], given))
    return parts


def _of_owed(booking: Booking, owed: Owed) -> list[Part]:
    """What is owed, of what it is a share of: the price, or the list where that is nothing."""
    return with_vat_inside(owed.cents, _weights(booking)) if owed.state == State.DUE else []


def _weights(booking: Booking) -> Counter[Rate]:
    """How much of the price, VAT included, falls under each rate; of the list where it is free."""
    lines = booking.price_lines
    if not booking.total_cents:
        lines = [line for line in lines if line["kind"] in LIST]
    found: Counter[Rate] = Counter()
    for line in lines:
        found[line["vat_bp"]] += line["cents"] + line["vat_cents"]
    return found
