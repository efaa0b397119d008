"""The desk and the telephone: bookings for whoever has no e-mail, and a paper slip to manage them with."""
