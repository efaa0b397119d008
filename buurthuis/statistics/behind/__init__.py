"""Behind a figure: the very rows of which it is made."""
