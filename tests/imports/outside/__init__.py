"""Tests of calendars of others that close rooms."""
