"""Several rooms of one house at once: booked, answered and cancelled together."""
