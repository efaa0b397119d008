"""What activities are for: one theme and perhaps an audience, said of a series or of one booking."""
