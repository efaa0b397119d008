"""What shifts came to: hours that were given, what a learner learned, and what may be paid for it."""
