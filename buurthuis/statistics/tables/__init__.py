"""Every table of figures as it goes into a file: the same numbers as on the pages, in plain cells."""
