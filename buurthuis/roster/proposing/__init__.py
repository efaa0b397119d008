"""Who could do the shifts that nobody took: a proposal that says how good it is, and why."""
