"""The annual sheet: what houses were worth in a year, on two pages, with the numbers in a file beside it."""
