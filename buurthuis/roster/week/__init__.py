"""The roster of a week, on a page, on paper and for the door."""
