"""The commands of `flask --app app`, gathered from the features."""

from flask import Flask


def register(app: Flask) -> None:
    """Add every command."""
