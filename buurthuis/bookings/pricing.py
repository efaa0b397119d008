"""Freezing a quote on a booking: what was seen when it was sent is what is paid."""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.rules import giving
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.tariffs import LIST, Line, LineKind
from buurthuis.tariffs.queries import Priced, price
from buurthuis.venues.models import Room

Frozen = dict[str, Any]
"""A quote as plain values, under the names by which a booking keeps them."""

FROZEN = (
    *("standing", "rate_card_id", "list_cents", "discount_cents", "surcharge_cents", "vat_cents"),
    *("total_cents", "deposit_cents", "price_reason", "price_lines"),
)


def price_of(room: Room, period: Period, initiative: Initiative | None, purpose: Purpose) -> Priced:
    """What this initiative pays for this room at this time, by the card that holds on that day."""
    return price(room, period, initiative=initiative, purpose=purpose)


def freeze(booking: Booking, priced: Priced) -> None:
    """Write the whole quote on the booking; a later card changes nothing."""
    freeze_as(booking, frozen(priced))


def freeze_as(booking: Booking, quote: Frozen) -> None:
    """Write a quote on the booking that was frozen before."""
    for name in FROZEN:
        setattr(booking, name, quote[name])
    booking.given_cents = _given(quote["price_lines"])


def frozen(priced: Priced) -> Frozen:
    """A quote as plain values, under the names by which a booking keeps them."""
    quote = priced.quote
    return {
        "standing": None if priced.standing is None else str(priced.standing),
        "rate_card_id": priced.card_id,
        "list_cents": quote.list_cents,
        "discount_cents": quote.discount_cents,
        "surcharge_cents": quote.surcharge_cents,
        "vat_cents": quote.vat_cents,
        "total_cents": quote.total_cents,
        "deposit_cents": quote.deposit_cents,
        "given_cents": giving.given((line.kind, line.cents) for line in quote.lines),
        "price_reason": priced.reason,
        "price_lines": [plain_line(line) for line in quote.lines],
    }


def frozen_on(booking: Booking) -> Frozen:
    """The quote that was frozen on a booking."""
    return {name: getattr(booking, name) for name in FROZEN}


def _given(lines: Iterable[dict[str, Any]]) -> Cents:
    return giving.given((line["kind"], line["cents"]) for line in lines)


class Quoted:
    """A frozen quote, read the way a page or a program reads a price."""

    def __init__(self, quote: Frozen) -> None:
        self.list_cents: Cents = quote["list_cents"]
        self.discount_cents: Cents = quote["discount_cents"]
        self.surcharge_cents: Cents = quote["surcharge_cents"]
        self.vat_cents: Cents = quote["vat_cents"]
        self.total_cents: Cents = quote["total_cents"]
        self.deposit_cents: Cents = quote["deposit_cents"]
        self.normal_cents: Cents = sum(
            line["cents"] + line["vat_cents"]
            for line in quote["price_lines"]
            if line["kind"] in LIST
        )


def plain_line(line: Line) -> dict[str, Any]:
    """A line of the quote as plain values that can be stored and read back by people."""
    return {name: _plain(getattr(line, name)) for name in _NAMES}


def lines_of(booking: Booking) -> list[Line]:
    """The lines of the quote as they were frozen, in the words of the money rules again."""
    return [
        Line(**{**line, "kind": LineKind(line["kind"]), "quantity": Decimal(line["quantity"])})
        for line in booking.price_lines
    ]


_NAMES = [each.name for each in fields(Line)]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
