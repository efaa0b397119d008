"""Bringing along what stood in another calendar or list: a look, one transaction, and the way back."""
