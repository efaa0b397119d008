"""Believable data of any size, made up from nothing, to try the program with."""
