"""Two people swap shifts, both with a yes."""
