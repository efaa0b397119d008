"""Tests of what is owed for bookings."""
