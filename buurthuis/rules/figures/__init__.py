"""Figures: from bookings and shifts to numbers with numerator, denominator, coverage and definition."""
