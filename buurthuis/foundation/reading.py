"""Asking at length outside a request, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from buurthuis.foundation.db import db


@contextmanager
def reading() -> Iterator[None]:
    """Only ask in here: what begins now takes no write lock on SQLite, and a flush is refused."""
    db.session.rollback()
    before, g.reading = g.get("reading", False), True
    try:
        yield
    finally:
        db.session.rollback()
        g.reading = before
