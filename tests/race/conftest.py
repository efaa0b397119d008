"""A house in a database of its own, on the real clock, served by several processes for all races."""

from collections.abc import Iterator

import pytest
from flask import Flask

from buurthuis import create_app
from buurthuis.foundation.db import db
from tests.conftest import ENGINES, build_tables, empty, empty_postgresql, settings_for
from tests.servers import Server, serving


@pytest.fixture(scope="package", params=ENGINES)
def program(request, tmp_path_factory) -> Iterator[Flask]:
    """The program on a database that other processes share."""
    folder = tmp_path_factory.mktemp("race")
    url = f"sqlite:///{folder / 'race.sqlite'}"
    if request.param == "postgresql":
        url = empty_postgresql(f"buurthuis_{folder.parent.name}_{folder.name}")
    app = create_app(settings_for(folder, url))
    with app.app_context():
        build_tables()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def real(program) -> Iterator[Flask]:
    """The program with nothing in its tables."""
    with program.app_context():
        empty(db.engine.dialect.name)
        yield program
        db.session.remove()


@pytest.fixture(scope="package")
def server(program) -> Iterator[Server]:
    """Several processes that serve the program, started once: starting costs more than racing."""
    with serving(program) as started:
        yield started
