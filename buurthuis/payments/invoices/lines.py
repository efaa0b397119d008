"""The lines of an invoice, in the words of who reads it: what for, of which day, and why it costs that."""

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import gettext as _

from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed
from buurthuis.bookings.owed.words import WHY
from buurthuis.bookings.pricing import lines_of
from buurthuis.foundation.formatting import when
from buurthuis.payments.invoices.models import InvoiceLine
from buurthuis.rules.calendar import day_of
from buurthuis.rules.paying.billing import Part
from buurthuis.rules.quotes import Line, LineKind
from buurthuis.rules.reductions import Reason
from buurthuis.rules.states import Status
from buurthuis.tariffs.standing_words import name_on_card
from buurthuis.tariffs.wording import line_text

LONGEST = 300
"""What fits in the text of a line."""
OWED, DIFFERENCE, OPENING = "owed", "difference", "opening"

_FOURTH = Decimal("0.0001")


def of_price(booking: Booking) -> list[InvoiceLine]:
    """The lines of its quote; the first says of which room and when."""
    found: list[InvoiceLine] = []
    for line in lines_of(booking):
        words = _words(line, booking)
        if not found:
            words = _("%(booking)s: %(what)s", booking=name_of(booking), what=words)
        elif not line.cents and not line.vat_cents:
            continue
        part = Part(line.vat_bp, line.cents, line.vat_cents, 0 if found else booking.given_cents)
        found.append(_line(booking, line.kind, words, part, line.quantity, line.unit_cents))
    return found


def of_owed(booking: Booking, owed: Owed, parts: Iterable[Part]) -> list[InvoiceLine]:
    """What is owed instead of the price, a line a rate, and why."""
    words = _("%(why)s: %(booking)s", why=str(WHY[owed.why]), booking=name_of(booking))
    return [_line(booking, OWED, words, part) for part in parts]


def of_difference(booking: Booking, parts: Iterable[Part]) -> list[InvoiceLine]:
    """What a booking costs more or less than was billed for it before, a line a rate."""
    if booking.status == Status.CANCELLED:
        words = _("Cancelled booking: %(booking)s", booking=name_of(booking))
    else:
        words = _("Changed booking: %(booking)s", booking=name_of(booking))
    return [_line(booking, DIFFERENCE, words, part) for part in parts]


def name_of(booking: Booking) -> str:
    """Which booking it is: its room, its day, from when until when."""
    return f"{booking.room.name}, {when(booking, this_year=0)}"


def _words(line: Line, booking: Booking) -> str:
    """What a line of the quote is for; a discount says by what name the house knows the group."""
    words = line_text(line)
    is_by_standing = line.kind is LineKind.DISCOUNT and line.name not in set(Reason)
    if is_by_standing and booking.standing is not None:
        return f"{words} ({name_on_card(booking.standing, booking.rate_card_id)})"
    return words


def _line(
    booking: Booking,
    what: str,
    words: str,
    part: Part,
    quantity: Decimal = Decimal(1),
    unit_cents: int | None = None,
) -> InvoiceLine:
    return InvoiceLine(
        booking_id=booking.id,
        what=what,
        text=words[:LONGEST],
        supplied_on=day_of(booking.from_at),
        quantity=quantity.quantize(_FOURTH),
        unit_cents=part.cents if unit_cents is None else unit_cents,
        cents=part.cents,
        vat_bp=part.rate,
        vat_cents=part.vat_cents,
        given_cents=part.given_cents,
    )
