"""What the tests of people share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from buurthuis.foundation.db import db
from buurthuis.foundation.security import limiter


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """A function that listens to the SQL sent meanwhile."""

    @contextmanager
    def listening() -> Iterator[list[str]]:
        heard: list[str] = []

        def hear(_connection, _cursor, statement, *_rest):  # type: ignore[no-untyped-def]
            heard.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        yield heard
        event.remove(db.engine, "before_cursor_execute", hear)

    return listening


@pytest.fixture
def limits(app: Flask) -> Iterator[None]:
    """Rate limits count, from nothing."""
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False
