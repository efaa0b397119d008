"""The ground floor: letters, the post, calendar files."""
