"""Rate cards, standings and their recognition, quotes."""
