"""Tests of reading calendars and lists that others wrote."""
