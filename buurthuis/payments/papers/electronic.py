"""The invoice for programs: UBL as the Dutch use it, in the terms of the European standard (EN 16931).

`BT-…` and `BG-…` are the numbers of that standard; the library knows where each belongs in the
file. A file is made from the frozen rows alone and checked against the schema before anybody gets it.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from flask_babel import force_locale

from buurthuis.payments.invoices.models import Invoice, InvoiceLine, Kind
from buurthuis.payments.papers.sides import Side, readable
from buurthuis.payments.papers.wording import charged, counted, terms, why_exempt
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.billing import Rate
from buurthuis.rules.paying.documents import Carried, by_rate, carried

Terms = dict[str, Any]

TYPES: Final = {Kind.INVOICE: "380", Kind.CREDIT_NOTE: "381"}
"""What kind of document it is (UNTDID 1001)."""
SEPA_TRANSFER: Final = "58"
"""That one pays through the bank (UNTDID 4461)."""
TRADE_REGISTER: Final = "0106"
"""The Dutch trade register among registers of the world (ISO 6523)."""
BY_MAIL: Final = "EM"
PIECES: Final = "C62"
ALLOWANCE: Final = "95"
"""A discount (UNTDID 5189)."""
NAMELESS: Final = "–"
"""The standard wants a word for everything."""


def has_file(invoice: Invoice) -> bool:
    """A debt from before was invoiced elsewhere, and the standard wants a number of whoever invoices."""
    seller = Side.of(invoice.seller)
    return invoice.kind in TYPES and bool(seller.register_number or seller.tax_number)


def structured(invoice: Invoice) -> bytes:
    """The invoice as UBL 2.1, valid against its schema; the same invoice gives the same bytes.

    Raises:
        ValueError: it has no such file (`has_file`).
    """
    if not has_file(invoice):
        raise ValueError("An invoice of nobody, or of before, has no file.")
    with force_locale(invoice.language):
        return _made(terms_of(invoice))


def terms_of(invoice: Invoice) -> Terms:
    """The invoice in the terms of the standard."""
    seller, buyer = Side.of(invoice.seller), Side.of(invoice.buyer)
    days = sorted(line.supplied_on for line in invoice.lines)
    return {
        "BT-1": invoice.name,
        "BT-2": invoice.issued_on,
        "BT-3": TYPES[invoice.kind],
        "BT-5": "EUR",
        "BT-10": buyer.order_text,
        "BT-20": terms(invoice),
        "BT-73": days[0],
        "BT-74": days[-1],
        "BG-1": [{"BT-22": each} for each in (readable(invoice.note),) if each],
        "BG-4": {**_side(seller), **_taxed(seller)},
        "BG-7": {**_side(buyer), "vat_identifier": buyer.tax_number},
        **_earlier(invoice),
        **_paying(invoice, seller),
        **_amounts(invoice, seller),
    }


def _earlier(invoice: Invoice) -> Terms:
    """Which invoice a credit note corrects; by when an invoice is paid."""
    if invoice.corrects is None:
        return {"BT-9": invoice.due_on}
    return {"BG-3": [{"BT-25": invoice.corrects.name, "BT-26": invoice.corrects.issued_on}]}


def _paying(invoice: Invoice, seller: Side) -> Terms:
    if not seller.iban or invoice.kind is not Kind.INVOICE:
        return {}
    return {
        "BT-81": SEPA_TRANSFER,
        "BT-83": invoice.reference,
        "BT-84": seller.iban.replace(" ", ""),
        "BT-85": seller.holder or seller.full_name,
    }


def _side(side: Side) -> Terms:
    reached = {"phone": side.phone, "email": side.email, "name": side.attention}
    return {
        "name": side.full_name,
        "biz_name": side.called,
        "addr_l1": side.street,
        "postcode": side.postcode,
        "city": side.city,
        "country_code": side.country or "NL",
        "contacts": [reached] if any(reached.values()) else [],
        **_registered(side),
    }


def _registered(side: Side) -> Terms:
    """By which number it is known, and where programs find it."""
    if side.register_number:
        return {
            "legal_identifier": side.register_number,
            "legal_identifier_schemeid": TRADE_REGISTER,
            "einvoicing_addr": side.register_number,
            "einvoicing_addr_schemeid": TRADE_REGISTER,
        }
    if side.email:
        return {"einvoicing_addr": side.email, "einvoicing_addr_schemeid": BY_MAIL}
    return {}


def _taxed(seller: Side) -> Terms:
    """Its VAT number; a house that has none is known to the tax office by the trade register."""
    if seller.tax_number:
        return {"vat_identifier": seller.tax_number}
    return {"tax_identifier": seller.register_number}


def _amounts(invoice: Invoice, seller: Side) -> Terms:
    lines = charged(invoice)
    placed, loose = carried(lines)
    off = -sum(lines[at].cents for at in loose)
    whole = {"BT-107": money(off)} if off else {}
    sentence, code = why_exempt(seller)
    why = {"BT-120": sentence, "BT-121": code}
    return {
        "BT-106": money(sum(each.cents for each in placed)),
        **whole,
        "BT-109": money(invoice.net_cents),
        "BT-110": money(invoice.vat_cents),
        "BT-112": money(invoice.total_cents),
        "BT-115": money(invoice.total_cents),
        "BG-20": [
            _discount(invoice.lines[at], _category(invoice.lines[at].vat_bp)) for at in loose
        ],
        "BG-23": [
            {
                "BT-116": money(row.cents),
                "BT-117": money(row.vat_cents),
                "BT-118": _letter(row.rate),
                "BT-119": _per_cent(row.rate),
                **(why if row.rate is None else {}),
            }
            for row in by_rate(lines)
        ],
        "BG-25": list(_lines(invoice, placed)),
    }


def _lines(invoice: Invoice, placed: list[Carried]) -> Iterator[Terms]:
    for each in placed:
        line = invoice.lines[each.place]
        quantity, unit_cents = counted(line)
        yield {
            "BT-126": str(each.place + 1),
            "BT-129": format(quantity.normalize(), "f"),
            "BT-130": PIECES,
            "BT-131": money(each.cents),
            "BT-134": line.supplied_on,
            "BT-135": line.supplied_on,
            "BT-146": money(unit_cents),
            "BT-151": _letter(line.vat_bp),
            "BT-152": _per_cent(line.vat_bp),
            "BT-153": readable(line.text) or NAMELESS,
            "BG-27": [_discount(invoice.lines[at], {}) for at in each.discounts],
        }


def _discount(line: InvoiceLine, of_whole: Terms) -> Terms:
    """So much less, and why; on the whole document it also says which VAT it takes away."""
    words = {"reason": readable(line.text) or NAMELESS, "reason_code": ALLOWANCE}
    return {"amount": money(-line.cents), **words, **of_whole}


def _category(rate: Rate) -> Terms:
    return {"vat_category_code": _letter(rate), "vat_rate": _per_cent(rate)}


def _letter(rate: Rate) -> str:
    """Exempt, at nothing, or at a rate (UNTDID 5305)."""
    if rate is None:
        return "E"
    return "S" if rate else "Z"


def _per_cent(rate: Rate) -> str:
    return format((Decimal(rate or 0) / 100).normalize(), "f")


def money(cents: Cents) -> str:
    """An amount as programs write it: "26.25"."""
    return f"{Decimal(cents) / 100:.2f}"


def _made(terms: Terms) -> bytes:
    from facturx import generate_ubl_xml  # It takes half a second, and few ever ask for a file.

    made: bytes = generate_ubl_xml(terms, level="en16931", check_schematron=False)
    return made
