"""Invoices and credit notes: numbered without gaps, never changed after issue."""
