"""Looking after the program."""
