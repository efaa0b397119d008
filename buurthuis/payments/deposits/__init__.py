"""Deposits: taken, held, given back or kept with a reason and a second pair of eyes."""
