"""The invoice on paper: PDF that a screen reader reads and an archive keeps, with the file for programs inside.

It is drawn from frozen rows alone. The state of today is not on it, and the same invoice always
gives the same bytes.
"""

from typing import Any, Final

from flask_babel import force_locale
from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.foundation.papers import paper
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.papers.content import facts_of
from buurthuis.payments.papers.electronic import has_file, structured
from buurthuis.venues.photos import Picture

TEMPLATE: Final = "invoice.typ"
KEPT: Final = ("a-3a",)
"""A PDF for archives that may hold other files (PDF/A-3)."""


def paper_of(invoice: Invoice, address: str) -> bytes:
    """The file itself; `address` is where the invoice can be seen and paid."""
    with force_locale(invoice.language):
        facts = facts_of(invoice, address)
    inside = structured(invoice).decode() if has_file(invoice) else ""
    drawn = {**facts, "picture": _picture(invoice), "inside": inside, "file": f"{invoice.name}.xml"}
    return paper(TEMPLATE, drawn, made_on=invoice.issued_on, also=KEPT)


def _picture(invoice: Invoice) -> list[int]:
    """What is on the picture of the house, byte by byte; nothing where it has none."""
    name: Any = invoice.seller.get("picture")
    if not name:
        return []
    content = db.session.scalar(select(Picture.small).where(Picture.name == name))
    return list(content or b"")
