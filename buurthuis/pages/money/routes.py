"""All pages of the money of a house, gathered on one blueprint."""

from buurthuis.pages.money import (
    bank,
    bank_files,
    bank_line,
    books,
    deposits,
    open_items,
    overview,
    refunds,
    to_bill,
)
from buurthuis.pages.money import beside as beside
from buurthuis.pages.money import lists as lists
from buurthuis.pages.money.door import blueprint

__all__ = ["blueprint"]

READ = (bank, bank_files, bank_line, books, deposits, open_items, overview, refunds, to_bill)
"""Each of these hangs its pages up by being read."""
