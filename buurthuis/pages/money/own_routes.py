"""All pages of one invoice and of a group's invoices, gathered on one blueprint."""

from buurthuis.pages.money import billing, deeds, invoice, lists
from buurthuis.pages.money.door import own as blueprint

__all__ = ["blueprint"]

READ = (billing, deeds, invoice, lists)
"""Each of these hangs its pages up by being read."""
