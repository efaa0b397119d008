"""The shift itself: what there is to do, who is there, what went wrong, and whether the house is closed."""
