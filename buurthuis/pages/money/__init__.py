"""The treasurer's pages of a house's money, and the invoices of a group."""
