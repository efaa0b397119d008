"""Tests of what figures need besides bookings."""
