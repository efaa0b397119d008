"""Bookings that repeat: made, changed, prolonged and cancelled as one series."""
