"""Activities for everybody: what the agenda tells of a booking, and seats that people reserve for it."""
