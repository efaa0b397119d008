"""Money: how groups pay, invoices, what came in and went back, and the books of a house."""
