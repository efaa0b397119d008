"""Which doors the house has: every blueprint, and what must be ready before the first visitor."""

from flask import Flask


def register(app: Flask) -> None:
    """Open every door."""
