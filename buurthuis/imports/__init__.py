"""Bringing things in and out: the house file."""
