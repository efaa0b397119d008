"""What letters are about, by subject."""
