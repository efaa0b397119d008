"""The treasurer's pages of money and the invoices of a group, opened as they are used."""
