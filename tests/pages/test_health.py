"""Whether the program lives and is ready, and in which language it speaks."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from buurthuis.foundation.db import db
from buurthuis.pages import health


@pytest.fixture
def migrated(app):
    """A database that says it is at the last migration."""
    heads = ScriptDirectory(app.config["MIGRATIONS"]).get_heads()
    db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    for head in heads:
        db.session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
    db.session.commit()
    health._trials.clear()
    yield
    health._trials.clear()
    db.session.rollback()
    db.session.execute(text("DROP TABLE alembic_version"))
    db.session.commit()


def test_a_living_process_says_so_without_asking_the_database(client, app, monkeypatch):
    monkeypatch.setattr(db.engine.pool, "connect", lambda: pytest.fail("asked the database"))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.text.strip()) == (200, "ok")


def test_a_migrated_database_with_its_guard_is_ready(client, migrated):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.text.strip()) == (200, "ok")


def test_a_database_of_another_version_is_not_ready(client, app):
    assert client.get("/readyz").status_code == 503


def test_a_database_without_its_guard_is_not_ready(client, migrated, monkeypatch):
    monkeypatch.setattr(health.guard, "holds", lambda: False)

    assert client.get("/readyz").status_code == 503


def test_the_guard_is_tried_once_a_minute(client, migrated, monkeypatch):
    trials = []
    monkeypatch.setattr(health.guard, "holds", lambda: trials.append(1) or True)

    for _ in range(5):
        client.get("/readyz")
    assert len(trials) == 1
    monkeypatch.setattr(health, "GUARD_IS_TRUSTED_FOR", -1.0)
    client.get("/readyz")
    assert len(trials) == 2


def test_looking_whether_it_is_ready_leaves_nothing_behind(client, migrated):
    client.get("/readyz")

    assert db.session.execute(text("SELECT count(*) FROM venue")).scalar() == 0


def test_a_database_that_does_not_answer_is_not_ready(client, migrated, monkeypatch):
    def broken():
        raise health.SQLAlchemyError

    monkeypatch.setattr(health, "is_migrated", broken)

    assert client.get("/readyz").status_code == 503


def test_the_language_is_remembered_and_leads_back(client, app):
    answer = client.get("/language/en?next=/agenda")

    assert (answer.status_code, answer.location) == (303, "/agenda")
    assert 'lang="en"' in client.get("/agenda").text
    client.get("/language/nl")
    assert 'lang="nl"' in client.get("/agenda").text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "\\\\evil", "x"])
def test_choosing_a_language_never_leads_to_another_site(client, app, target):
    answer = client.get("/language/en", query_string={"next": target})

    assert answer.location == "/"


def test_a_language_nobody_speaks_here_is_not_found(client, app):
    assert client.get("/language/xx").status_code == 404
