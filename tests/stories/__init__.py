"""Stories: what neighbours do, from the first page to the letter."""
