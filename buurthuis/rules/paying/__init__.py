"""Paying: which ways there are, what is billed, what an invoice still asks, and the books of a house."""
