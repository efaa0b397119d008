"""The waiting list: who waits for a place that is taken, and what is offered to whom."""
