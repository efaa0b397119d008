"""Codes of doors and alarms, sealed, and shown only during a shift."""
