"""Papers of money: invoices for people and for programs, and what a use was worth."""
