"""What goes with a booking that was made: seeing it, and wanting more or less of it."""
