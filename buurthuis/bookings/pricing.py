"""Freezing a quote on a booking: what was seen when it was sent is what is paid."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.tariffs import Line, LineKind
from buurthuis.tariffs.queries import Priced, price
from buurthuis.venues.models import Room


def price_of(room: Room, period: Period, initiative: Initiative | None, purpose: Purpose) -> Priced:
    """What this initiative pays for this room at this time, by the card that holds on that day."""
    return price(room, period, initiative=initiative, purpose=purpose)


def freeze(booking: Booking, priced: Priced) -> None:
    """Write the whole quote on the booking; a later card changes nothing."""
    quote = priced.quote
    booking.standing = priced.standing
    booking.rate_card_id = priced.card_id
    booking.list_cents = quote.list_cents
    booking.discount_cents = quote.discount_cents
    booking.surcharge_cents = quote.surcharge_cents
    booking.vat_cents = quote.vat_cents
    booking.total_cents = quote.total_cents
    booking.deposit_cents = quote.deposit_cents
    booking.price_reason = priced.reason
    booking.price_lines = [plain_line(line) for line in quote.lines]


def plain_line(line: Line) -> dict[str, Any]:
    """A line of the quote as plain values that can be stored and read back by people."""
    return {name: _plain(value) for name, value in asdict(line).items()}


def lines_of(booking: Booking) -> list[Line]:
    """The lines of the quote as they were frozen, in the words of the money rules again."""
    return [
        Line(**{**line, "kind": LineKind(line["kind"]), "quantity": Decimal(line["quantity"])})
        for line in booking.price_lines
    ]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
