"""Statements of the bank: read, matched with invoices, confirmed by a person."""
