"""Freezing a quote on a booking: what was seen when it was sent is what is paid."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.counting import made_before
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules import giving, tariffs
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import LIVE
from buurthuis.rules.tariffs import LIST, Line, LineKind, Quote
from buurthuis.tariffs.charges import ALONE, Beside, priced_extras
from buurthuis.tariffs.each import Wanted, price_each
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import Priced, card_by_id
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Room

Frozen = dict[str, Any]
"""A quote as plain values, under the names by which a booking keeps them."""

FROZEN = (
    *("standing", "rate_card_id", "list_cents", "discount_cents", "surcharge_cents", "vat_cents"),
    *("total_cents", "deposit_cents", "price_reason", "price_lines"),
    *("recognised_since", "had_before"),
)

BESIDE = frozenset(
    {LineKind.EXTRA, LineKind.SURCHARGE, LineKind.PARTY_SURCHARGE, LineKind.CLEANING}
)
"""Lines that tell of more than the room and for whom it is."""


def price_of(
    room: Room,
    period: Period,
    initiative: Initiative | None,
    purpose: Purpose,
    beside: Beside = ALONE,
    booking_id: int | None = None,
) -> Priced:
    """What this initiative pays for this room at this time, by the card that holds on that day.

    Raises:
        NoPrice: the house sells nothing of this room that covers this time.
    """
    [priced] = prices_of([Wanted(room, period, initiative, purpose, beside, booking_id)])
    return priced


def price_again(booking: Booking) -> Priced:
    """What a booking costs as it is now, by the card that holds on its day.

    Raises:
        NoPrice
    """
    return price_of(
        booking.room,
        booking.period,
        booking.initiative,
        booking.purpose,
        beside_of(booking, booking.people),
        booking.id,
    )


def with_extras(
    before: Frozen,
    period: Period,
    taken: Iterable[tuple[int, int]],
    people: int | None,
    card: RateCard | None = None,
) -> Frozen:
    """A frozen quote with other extras, or other people to take them.

    They are priced by the same card, which `card` is where it was read already; the room keeps the
    price that was frozen.
    """
    card_id = before["rate_card_id"]
    if card is None and card_id is not None:
        card = card_by_id(card_id)
    if card is None:
        return before
    lines = map(line_of, before["price_lines"])
    room = Quote.of(lines, deposit_cents=before["deposit_cents"], reason=before["price_reason"])
    extras = priced_extras(card, sorted(taken))
    return {**before, **_amounts(tariffs.with_extras(room, period, extras, people))}


def prices_of(wanted: Sequence[Wanted]) -> list[Priced]:
    """What these cost, one booked after the other.

    Raises:
        NoPrice: the house sells nothing of a room that covers this time.
    """
    found = []
    for each, priced in zip(wanted, price_each(wanted, counting=made_before), strict=True):
        if priced is None:
            raise NoPrice(room=each.room.name)
        found.append(priced)
    return found


def beside_of(booking: Booking, people: int | None) -> Beside:
    """What the price of a booking follows from besides its room, its time and its purpose."""
    return Beside(everybody(booking, people), taken_by(booking))


def taken_by(booking: Booking) -> tuple[tuple[int, int], ...]:
    """What goes with a booking: so many of each extra, by its id."""
    return tuple((each.extra_id, each.quantity) for each in booking.extras)


def everybody(booking: Booking, people: int | None, *, takes: bool | None = None) -> int | None:
    """How many take what goes with a booking: those in the rooms that go together with it as well.

    `takes` says whether anything will go along, where that changes.
    """
    if booking.bundle_id is None or not (booking.extras if takes is None else takes):
        return people
    others = select(func.sum(Booking.people)).where(
        Booking.bundle_id == booking.bundle_id,
        Booking.id != booking.id,
        Booking.status.in_(LIVE),
    )
    return (people or 0) + (db.session.scalar(others) or 0) or None


def freeze(booking: Booking, priced: Priced) -> None:
    """Write the whole quote on the booking; a later card changes nothing."""
    freeze_as(booking, frozen(priced))


def freeze_as(booking: Booking, quote: Frozen) -> None:
    """Write a quote on the booking that was frozen before."""
    for name, value in columns(quote).items():
        setattr(booking, name, value)


def frozen(priced: Priced) -> Frozen:
    """A quote as plain values, under the names by which a booking keeps them."""
    quote, since = priced.quote, priced.history.recognised_since
    return {
        "standing": None if priced.standing is None else str(priced.standing),
        "rate_card_id": priced.card_id,
        **_amounts(quote),
        "price_reason": priced.reason,
        "recognised_since": None if since is None else since.isoformat(),
        "had_before": priced.history.had_before,
    }


def _amounts(quote: Quote) -> Frozen:
    return {
        "list_cents": quote.list_cents,
        "discount_cents": quote.discount_cents,
        "surcharge_cents": quote.surcharge_cents,
        "vat_cents": quote.vat_cents,
        "total_cents": quote.total_cents,
        "deposit_cents": quote.deposit_cents,
        "price_lines": [plain_line(line) for line in quote.lines],
    }


def columns(quote: Frozen) -> dict[str, Any]:
    """A frozen quote as the columns of a booking; an older one knows less."""
    since = quote.get("recognised_since")
    known = {name: quote.get(name) for name in FROZEN}
    return {
        **known,
        "recognised_since": date.fromisoformat(since) if since else None,
        "given_cents": _given(quote["price_lines"]),
    }


def frozen_on(booking: Booking) -> Frozen:
    """The quote that was frozen on a booking, as plain values."""
    since = booking.recognised_since
    own = {name: getattr(booking, name) for name in FROZEN}
    return {**own, "recognised_since": None if since is None else since.isoformat()}


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


def on_top(booking: Booking) -> list[dict[str, Any]]:
    """What a booking pays besides its room, as a letter tells it: what for, how many, and how much."""
    return [
        {"kind": line["kind"], "name": line["name"], "many": _many(line), "cents": line["cents"]}
        for line in booking.price_lines
        if line["kind"] in BESIDE
    ]


def _many(line: Frozen) -> int:
    """How many of an extra; a surcharge is told once."""
    return int(Decimal(line["quantity"])) if line["kind"] == LineKind.EXTRA else 1


def plain_line(line: Line) -> dict[str, Any]:
    """A line of the quote as plain values that can be stored and read back by people."""
    return {name: _plain(getattr(line, name)) for name in _NAMES}


def lines_of(booking: Booking) -> list[Line]:
    """The lines of the quote as they were frozen, in the words of the money rules again."""
    return [line_of(line) for line in booking.price_lines]


def line_of(line: Frozen) -> Line:
    """A frozen line in the words of the money rules again."""
    return Line(**{**line, "kind": LineKind(line["kind"]), "quantity": Decimal(line["quantity"])})


_NAMES = [each.name for each in fields(Line)]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
