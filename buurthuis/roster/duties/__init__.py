"""Promises: taking a shift, giving one, dropping it, and one's own list."""
