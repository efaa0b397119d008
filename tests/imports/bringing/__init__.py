"""Tests of calendars that a house brings along."""
