"""Bringing things in and out: the house file, and calendars and lists of others."""
