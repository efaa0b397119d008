"""Migrations build exactly what the models describe, and go up and down with data, on both engines."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
import time_machine
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, select

from buurthuis import create_app
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.occupancy import guard
from tests.builders import a_confirmed_booking, a_room, a_venue, friday
from tests.conftest import ENGINES, MONDAY_MORNING, empty_postgresql, settings_for
from tests.house.databases import tables, told_in_full
from tests.house.papers import name, tree_of

VERSIONS = CHECKOUT / "migrations" / "versions"
STEPS = sorted(VERSIONS.glob("*.py"))
SCRIPTS = ScriptDirectory(str(CHECKOUT / "migrations"))


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The program on an empty database of its own: no tables yet."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    if request.param == "postgresql":
        url = empty_postgresql(f"empty_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}")
    program = create_app(settings_for(tmp_path, url))
    with time_machine.travel(MONDAY_MORNING, tick=False), program.app_context():
        yield program
        db.session.remove()
        db.engine.dispose()


def seed(program: Flask) -> str:
    output = program.test_cli_runner().invoke(args=["seed"], catch_exceptions=False).output
    db.session.remove()
    return output


def counted() -> dict[str, int]:
    """How many rows each table has."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Model.metadata.sorted_tables
        }


@pytest.mark.parametrize("command", ["seed", "links", "begin", "house export huis huis.toml"])
def test_a_command_that_comes_too_early_says_what_comes_first(empty, command):
    said = empty.test_cli_runner().invoke(args=command.split())

    assert (said.exit_code, said.output) == (
        1,
        "Error: There are no tables yet. First: db upgrade\n",
    )


def test_models_and_migrations_describe_the_same_tables(empty):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Model.metadata)
    assert [each for each in differences if "occupancy_no_overlap" not in str(each)] == []


def test_migrations_build_to_the_letter_what_the_models_build(empty):
    db.create_all()
    with db.engine.connect() as connection:
        by_models = told_in_full(connection)
    db.drop_all()
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        by_migrations = told_in_full(connection)

    assert by_migrations == by_models
    assert any("occupancy_no_overlap" in each for each in by_models)


def test_the_guard_stands_after_the_migrations(empty):
    flask_migrate.upgrade()

    assert guard.holds()


def test_a_house_with_bookings_goes_down_and_up_again(empty):
    flask_migrate.upgrade()
    seed(empty)
    a_confirmed_booking(a_room(a_venue()), friday(10, 12))
    db.session.remove()
    assert counted()["booking"] == 1

    for _ in STEPS:
        flask_migrate.downgrade()
    with db.engine.connect() as connection:
        assert tables(connection) == set()

    flask_migrate.upgrade()
    assert sum(counted().values()) == 0
    assert guard.holds()
    assert "De Meevaart" in seed(empty)


def test_building_twice_changes_nothing(empty):
    flask_migrate.upgrade()
    seed(empty)
    before = counted()

    flask_migrate.upgrade()

    assert seed(empty) == ""
    assert counted() == before
    assert before["venue"] > 1


@pytest.mark.parametrize("path", STEPS, ids=name)
def test_a_migration_is_numbered_and_named_by_its_intent(path):
    assert re.fullmatch(r"\d{4}(_[a-z0-9]+){2,}", path.stem)
    assert SCRIPTS.get_revision(path.stem[:4]).revision == path.stem[:4]


@pytest.mark.parametrize("path", STEPS, ids=name)
def test_a_migration_knows_the_way_back(path):
    back = [node for node in tree_of(path).body if getattr(node, "name", "") == "downgrade"]

    assert back
    assert not any(isinstance(node, ast.Pass | ast.Raise) for node in ast.walk(back[0]))


@pytest.mark.parametrize("path", STEPS, ids=name)
def test_a_migration_stands_by_itself(path):
    """A model changes with the next release, and an old migration must not change with it."""
    modules = {node.module for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom)}

    assert {each for each in modules if each and each.endswith("models")} == set()


def test_migrations_follow_each_other_in_one_line():
    walked = [revision.revision for revision in SCRIPTS.walk_revisions()]

    assert walked == [f"{number:04d}" for number in range(len(STEPS), 0, -1)]
