"""Ways to pay that a house offers, for each standing."""
