"""The heart: find, book, decide and cancel."""
