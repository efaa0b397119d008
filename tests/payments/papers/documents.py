"""Invoices as they stand in the database, for tests of what is made of them; nothing is stored."""

from datetime import date
from decimal import Decimal
from typing import Any

from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.rules.money import Cents, vat_on
from buurthuis.rules.paying.billing import Rate

LONG = "Vereniging van Samenwerkende Bewonersorganisaties in de Stadsdelen Oost, Zuid en Zuidoost"

HOUSE = {
    "name": "De Meevaart",
    "legal_name": "Stichting De Meevaart",
    "street": "Balistraat 48A",
    "postcode": "1094 JN",
    "city": "Amsterdam",
    "country": "NL",
    "kvk_number": "12345678",
    "vat_number": "NL001234567B01",
    "iban": "NL91 ABNA 0417 1643 00",
    "holder": "Stichting De Meevaart",
    "email": "beheer@de-meevaart.example",
    "phone": "020 555 0101",
    "website": "https://de-meevaart.example",
    "exemption": "",
}
GROUP = {
    "name": "Repair café",
    "attention": "Bram",
    "street": "Javastraat 12",
    "postcode": "1094 HG",
    "city": "Amsterdam",
    "country": "NL",
    "email": "bram@buren.example",
}


def a_line(text: str, cents: Cents, rate: Rate = None, **facts: Any) -> InvoiceLine:
    """A line of the first booking, of one piece, unless it says otherwise."""
    known = {
        "booking_id": 1,
        "what": "part",
        "supplied_on": date(2026, 11, 20),
        "quantity": Decimal(1),
        "unit_cents": cents,
        "given_cents": 0,
        "vat_cents": vat_on(cents, rate or 0),
    }
    return InvoiceLine(text=text, cents=cents, vat_bp=rate, **{**known, **facts})


def a_document(*lines: InvoiceLine, **facts: Any) -> Invoice:
    """An invoice of these lines, issued on a Sunday in November."""
    for position, line in enumerate(lines):
        line.position = position
    net, vat = sum(line.cents for line in lines), sum(line.vat_cents for line in lines)
    known = {
        "id": 12,
        "kind": Kind.INVOICE,
        "number": 7,
        "name": "DM-2026-0007",
        "reference": "RF9612026000007",
        "issued_on": date(2026, 11, 22),
        "due_on": date(2026, 12, 6),
        "language": "nl",
        "seller": HOUSE,
        "buyer": GROUP,
        "note": "",
    }
    sums = {"net_cents": net, "vat_cents": vat, "total_cents": net + vat}
    return Invoice(lines=list(lines), **{**known, **sums, **facts})


def exempt(**facts: Any) -> Invoice:
    """An evening without VAT."""
    return a_document(a_line("Grote zaal, vrijdag 20 november 2026: avond", 7500), **facts)


def taxed(**facts: Any) -> Invoice:
    """Hours at 21 %."""
    hours = a_line("Zaal 2: 3 uur", 11250, 2100, quantity=Decimal(3), unit_cents=3750)
    return a_document(hours, **facts)


def mixed(**facts: Any) -> Invoice:
    """A room without VAT and with a discount, coffee at 9 %, a beamer at 21 %, water at nothing."""
    return a_document(
        a_line("Grote zaal, vrijdag 20 november 2026: avond", 7500),
        a_line("Korting (sociale onderneming)", -4875, what="discount"),
        a_line("12 × koffie", 1800, 900, quantity=Decimal(12), unit_cents=150, what="extra"),
        a_line("Beamer", 1000, 2100, what="extra"),
        a_line("Water", 100, 0, what="extra"),
        **facts,
    )


def discounted(**facts: Any) -> Invoice:
    """A discount that is larger than any one line, at 21 %, beside another at its line."""
    return a_document(
        a_line("Ochtend", 3000, 2100),
        a_line("Middag", 3000, 2100),
        a_line("Korting (buurtinitiatief)", -4500, 2100, what="discount"),
        a_line("Korting voor wie vaak komt", -500, 2100, what="discount"),
        **facts,
    )


def credited(**facts: Any) -> Invoice:
    """A credit note for an earlier invoice."""
    return a_document(
        a_line("Geannuleerde reservering: Grote zaal", 2625, 2100, what="difference"),
        kind=Kind.CREDIT_NOTE,
        number=9,
        name="DM-2026-0009",
        reference="RF4212026000009",
        due_on=date(2026, 11, 22),
        corrects=taxed(issued_on=date(2026, 11, 1)),
        **facts,
    )


def collective(bookings: int = 20, **facts: Any) -> Invoice:
    """A month of bookings with a discount each, in cents that round."""
    lines = []
    for number in range(bookings):
        day = {"booking_id": number, "supplied_on": date(2026, 11, 1 + number % 30)}
        quantity, cents = Decimal("2.5"), 3333
        hours = {"quantity": quantity, "unit_cents": 1333, **day}
        lines.append(a_line(f"Lesruimte {number}, 09:30 tot 12:00", cents, 2100, **hours))
        lines.append(a_line("Korting (buurtinitiatief)", -1111, 2100, what="discount", **day))
    return a_document(*lines, **facts)
