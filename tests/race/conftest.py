"""A house in a database of its own, on the real clock, with fifty people who can book."""

from collections.abc import Iterator

import pytest
from flask import Flask

from buurthuis import create_app
from buurthuis.foundation.db import db
from tests.conftest import ENGINES, empty_postgresql, settings_for


@pytest.fixture(params=ENGINES)
def real(request, tmp_path) -> Iterator[Flask]:
    """The program on an empty database that other processes share."""
    url = f"sqlite:///{tmp_path / 'race.sqlite'}"
    if request.param == "postgresql":
        url = empty_postgresql(f"buurthuis_race_{tmp_path.name}")
    app = create_app(settings_for(tmp_path, url))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()
