"""Looking after the program: is everything as it should be, and a copy for when it is not."""
