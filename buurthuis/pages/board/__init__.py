"""Pages for a board: figures of its houses, pictures of them, and the rows behind each."""
