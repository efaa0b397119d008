"""What stands on an invoice in words: how many, which VAT, why none, and days and accounts written out."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from babel.dates import format_date
from flask_babel import gettext as _

from buurthuis.foundation.formatting import language, percent
from buurthuis.payments.invoices.models import Invoice, InvoiceLine
from buurthuis.payments.papers.sides import Side
from buurthuis.rules.money import WHOLE, Cents, half_up
from buurthuis.rules.paying.billing import Rate
from buurthuis.rules.paying.documents import Charged

LETTING: Final = "VATEX-EU-135-1"
"""The code of the usual reason: who lets a room charges no VAT (article 135 of the VAT Directive)."""


def charged(invoice: Invoice) -> list[Charged]:
    """The lines in the words of the house rules."""
    return [
        Charged(each.booking_id, each.vat_bp, each.cents, each.vat_cents) for each in invoice.lines
    ]


def counted(line: InvoiceLine) -> tuple[Decimal, Cents]:
    """How many at what price; one at the whole amount where the two do not make it exactly."""
    fits = half_up(Fraction(line.quantity) * line.unit_cents) == line.cents
    if fits and line.quantity > 0 and line.unit_cents >= 0:
        return line.quantity, line.unit_cents
    return Decimal(1), line.cents


def vat_text(rate: Rate) -> str:
    """The VAT of a line, as it stands in a narrow column."""
    return _("exempt") if rate is None else percent(Decimal(rate) / WHOLE)


def why_exempt(seller: Side) -> tuple[str, str]:
    """Why no VAT is charged, in a sentence, and its code; none is known of a house's own sentence."""
    if seller.exemption:
        return seller.exemption, ""
    usual = _("Exempt from VAT: letting of a room (article 11-1-b, Dutch VAT act).")
    return usual, LETTING


def written_day(day: date) -> str:
    """A day without its weekday: "6 december 2026"."""
    return format_date(day, "d MMMM y", locale=language())


def short_day(day: date) -> str:
    """A day for a narrow column: "6 dec 2026"."""
    return format_date(day, "d MMM y", locale=language()).replace(".", "")


def spaced(number: str, size: int = 4) -> str:
    """A long number in groups, as people copy it: "NL91 ABNA 0417 1643 00"."""
    bare = number.replace(" ", "")
    return " ".join(bare[at : at + size] for at in range(0, len(bare), size))


def terms(invoice: Invoice) -> str:
    """By when it is paid; of a credit note, what happens with it."""
    if invoice.corrects is not None:
        return _("This is taken off invoice %(name)s.", name=invoice.corrects.name)
    return _("Pay no later than %(day)s.", day=written_day(invoice.due_on))
