"""Extras: what goes with a room, as many as there are."""
