"""What somebody needs to pay an invoice from their own bank: to whom, how much, and what to write with it."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup
from stdnum import iban as ibans
from stdnum import iso11649

from buurthuis.payments.invoices.models import Invoice
from buurthuis.rules.money import Cents

LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer as people type it: in groups of four, as on a bank card."""

    iban: str
    holder: str
    cents: Cents
    reference: str
    drawing: Markup


def transfer_for(invoice: Invoice, cents: Cents) -> Transfer | None:
    """How so much of an invoice is paid by bank; None where nothing is asked, or the house has no bank.

    What stood on the invoice counts: a group that has it on paper has to read the same here.
    """
    seller = invoice.seller
    iban = str(seller.get("iban", ""))
    if cents <= 0 or not iban:
        return None
    holder = str(seller.get("holder") or seller.get("legal_name") or seller.get("name") or "")
    return Transfer(
        ibans.format(iban),
        holder,
        cents,
        iso11649.format(invoice.reference),
        _drawn(holder, iban, cents, invoice.reference),
    )


def _drawn(holder: str, iban: str, cents: Cents, reference: str) -> Markup:
    """What the app of a bank reads with its camera (EPC069-12)."""
    from segno.helpers import make_epc_qr  # It takes 3 MB, and few processes ever draw one.

    euros = Decimal(cents).scaleb(-2)
    code = make_epc_qr(holder[:LONGEST_NAME], iban, euros, reference=reference)
    picture = code.svg_inline(
        scale=3, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(picture)  # noqa: S704 - segno draws it from squares alone
