"""Statistics: figures of houses, read from everything; it changes nothing but what it keeps itself."""
