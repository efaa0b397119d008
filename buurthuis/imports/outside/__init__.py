"""Calendars of others that block rooms of a house, looked at by the worker, never written to."""
