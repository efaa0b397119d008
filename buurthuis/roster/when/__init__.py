"""When somebody can help: the week, other days, and how often."""
