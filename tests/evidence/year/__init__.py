"""Tests of what a board writes down for a year."""
