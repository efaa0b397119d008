"""Series of bookings: made, changed, answered and ended."""
