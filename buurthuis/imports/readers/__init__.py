"""Reading calendars and lists that others wrote: bytes in, rows out, without database or web."""
