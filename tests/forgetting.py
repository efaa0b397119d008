"""Forgetting what the process remembers, for tests that count what the first visitor costs."""

from flask import Flask

from buurthuis.foundation.remembered import shelf


def forget_pages(app: Flask) -> None:
    """No page is remembered any more; what is known of the houses stays."""
    with app.app_context():
        shelf().clear()
