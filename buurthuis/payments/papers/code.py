"""The drawing that the app of a bank reads instead of an account number that somebody types."""

from decimal import Decimal
from io import BytesIO
from typing import Final

from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.papers.sides import Side

LONGEST_NAME: Final = 70
"""What fits in the name of who is paid (EPC069-12)."""


def payment_code(invoice: Invoice) -> str:
    """The transfer as a drawing (SVG), as European banks read it; "" where nothing is to be transferred."""
    seller = Side.of(invoice.seller)
    if not seller.iban or invoice.kind is Kind.CREDIT_NOTE:
        return ""
    from segno.helpers import make_epc_qr  # It takes 3 MB, and few processes ever draw one.

    code = make_epc_qr(
        (seller.holder or seller.full_name)[:LONGEST_NAME],
        seller.iban.replace(" ", ""),
        Decimal(invoice.total_cents) / 100,
        reference=invoice.reference,
    )
    drawn = BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False, omitsize=True)
    return drawn.getvalue().decode()
