"""What stands on the paper of an invoice, in words; from the frozen rows alone, in its own language."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from buurthuis.foundation.formatting import euros, number
from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.payments.papers.code import payment_code
from buurthuis.payments.papers.sides import Side, readable
from buurthuis.payments.papers.wording import (
    charged,
    counted,
    spaced,
    terms,
    vat_text,
    why_exempt,
    written_day,
)
from buurthuis.rules.paying.documents import by_rate

Facts = dict[str, Any]


def facts_of(invoice: Invoice, address: str) -> Facts:
    """Everything the paper shows; `address` is where the invoice can be seen and paid."""
    seller, buyer = Side.of(invoice.seller), Side.of(invoice.buyer)
    is_credit = invoice.kind is Kind.CREDIT_NOTE
    kind = _("Credit note") if is_credit else _("Invoice")
    return {
        "language": invoice.language,
        "title": f"{kind} {invoice.name}",
        "kind": kind,
        "name": invoice.name,
        "seller": _seller(seller),
        "buyer": _buyer(buyer),
        "summary": list(_summary(invoice, buyer)),
        "lead": terms(invoice) if is_credit else readable(invoice.note),
        "head": [_("What for"), _("How many"), _("Price each"), _("VAT"), _("Amount")],
        "bookings": _bookings(invoice),
        "sums": list(_sums(invoice)),
        "total": [_("Total") if is_credit else _("To pay"), euros(invoice.total_cents)],
        "exemption": _exemption(invoice, seller),
        "paying": None if is_credit else _paying(invoice, seller, address),
        "closing": _credit_closing(invoice) if is_credit else "",
        "pages": _("%(title)s, page {page} of {pages}", title=f"{kind} {invoice.name}"),
    }


def _seller(seller: Side) -> Facts:
    numbers = (
        (_("KvK number"), seller.kvk_number),
        (_("VAT number"), seller.vat_number),
        (_("IBAN"), spaced(seller.iban)),
    )
    return {
        "name": seller.name or seller.full_name,
        "legal": seller.full_name if seller.called else "",
        "lines": [each for each in (seller.street, seller.place) if each],
        "reach": [each for each in (seller.phone, seller.email, _bare(seller.website)) if each],
        "numbers": [list(each) for each in numbers if each[1]],
    }


def _bare(website: str) -> str:
    """As people say it."""
    return website.removeprefix("https://").removeprefix("http://").rstrip("/")


def _buyer(buyer: Side) -> list[str]:
    attention = _("For the attention of %(name)s", name=buyer.attention) if buyer.attention else ""
    abroad = buyer.country if buyer.country not in ("", "NL") else ""
    lines = (buyer.full_name, buyer.called, attention, buyer.street, buyer.place, abroad)
    vat = _("VAT number %(number)s", number=buyer.vat_number) if buyer.vat_number else ""
    return [each for each in (*lines, vat) if each]


def _summary(invoice: Invoice, buyer: Side) -> Iterator[list[str]]:
    yield [_("Number"), invoice.name]
    yield [_("Date"), written_day(invoice.issued_on)]
    if invoice.corrects is not None:
        corrected = invoice.corrects
        yield [_("Corrects invoice"), corrected.name]
        yield [_("Date of that invoice"), written_day(corrected.issued_on)]
    else:
        yield [_("Pay no later than"), written_day(invoice.due_on)]
    if buyer.order_text:
        yield [_("Your own number"), buyer.order_text]


def _bookings(invoice: Invoice) -> list[list[Facts]]:
    """The lines, those of one booking together."""
    together = groupby(invoice.lines, key=lambda line: line.booking_id)
    return [[_line(line) for line in lines] for _booking, lines in together]


def _line(line: InvoiceLine) -> Facts:
    quantity, unit_cents = counted(line)
    is_discount = line.cents < 0
    return {
        "text": readable(line.text),
        "quantity": "" if is_discount else number(quantity.normalize()),
        "unit": "" if is_discount else euros(unit_cents),
        "vat": vat_text(line.vat_bp),
        "amount": euros(line.cents),
    }


def _sums(invoice: Invoice) -> Iterator[list[str]]:
    """What all lines come to, and the VAT rate by rate."""
    yield [_("Together, without VAT"), euros(invoice.net_cents)]
    for row in by_rate(charged(invoice)):
        over = euros(row.cents)
        if row.rate is None:
            yield [_("VAT: exempt, on %(amount)s", amount=over), euros(row.vat_cents)]
        else:
            words = _("VAT %(rate)s on %(amount)s", rate=vat_text(row.rate), amount=over)
            yield [words, euros(row.vat_cents)]


def _exemption(invoice: Invoice, seller: Side) -> str:
    is_exempt = any(line.vat_bp is None for line in invoice.lines)
    return why_exempt(seller)[0] if is_exempt else ""


def _paying(invoice: Invoice, seller: Side, address: str) -> Facts:
    rows = (
        (_("Amount"), euros(invoice.total_cents)),
        (_("Bank account (IBAN)"), spaced(seller.iban)),
        (_("In the name of"), (seller.holder or seller.full_name) if seller.iban else ""),
        (_("Payment code"), spaced(invoice.reference)),
    )
    return {
        "title": _("How you pay"),
        "rows": [list(row) for row in rows if row[1]],
        "code": payment_code(invoice),
        "code_words": _("Or scan this with the app of your bank."),
        "code_alt": _("A code with the bank account, the amount and the payment code."),
        "page_words": _("Look at this invoice, or pay it:"),
        "address": address,
        "paid": _("Did you pay already? Then you need to do nothing."),
    }


def _credit_closing(invoice: Invoice) -> str:
    return _("Did you pay that invoice already? Then you get this amount back.")
