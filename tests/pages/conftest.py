"""A house with a room and its manager at the desk, for the tests of the desk and of my page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from buurthuis.foundation.db import db
from tests.builders import a_manager, a_room, a_venue


@pytest.fixture
def venue(app):
    return a_venue("de-meevaart", name="De Meevaart", phone="020-555 0101")


@pytest.fixture
def room(venue):
    return a_room(venue, name="Lesruimte 1")


@pytest.fixture
def manager(venue):
    return a_manager(venue, "Nadia")


@pytest.fixture
def desk(manager, sign_in):
    return sign_in(manager)


@pytest.fixture
def counted():
    """A function that gathers what the database is asked meanwhile; where a transaction begins left out."""

    @contextmanager
    def gathering() -> Iterator[list[str]]:
        found: list[str] = []

        def keep(_link, _cursor, statement, *_more):
            if not statement.startswith("BEGIN"):
                found.append(statement)

        event.listen(db.engine, "before_cursor_execute", keep)
        yield found
        event.remove(db.engine, "before_cursor_execute", keep)

    return gathering
