"""A backup is whole or it is not there, and restores on either engine."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from buurthuis.foundation.db import db
from buurthuis.upkeep import backup
from buurthuis.upkeep.doctor import examine
from buurthuis.upkeep.troubles import NotABackup
from tests.upkeep.test_copying import held_by

ENGINES = ("sqlite", "postgresql")
NO_JOURNAL_BESIDE_IT = b"\x01\x01"


def run(program: Flask, command: str, file: Path) -> tuple[int, str]:
    answer = program.test_cli_runner().invoke(args=[command, str(file)])
    return answer.exit_code, answer.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "safe" / "backup.sqlite"


@pytest.fixture(autouse=True)
def safe(file: Path) -> None:
    file.parent.mkdir()


@pytest.mark.parametrize("target", ENGINES)
@pytest.mark.parametrize("source", ENGINES)
def test_a_backup_restores_on_either_engine(empty, lived_in, file, source, target):
    old, new = lived_in(source), empty(target)

    assert run(old, "backup", file)[0] == 0
    assert run(new, "restore", file)[0] == 0

    assert held_by(new) == held_by(old)
    with new.app_context():
        findings = list(examine(new.config["MIGRATIONS"]))
        assert [finding.complaints for finding in findings] == [[]] * len(findings)


@pytest.mark.parametrize("source", ENGINES)
def test_a_backup_is_one_file_for_our_eyes_only(lived_in, file, source):
    run(lived_in(source), "backup", file)

    assert list(file.parent.iterdir()) == [file]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes()[18:20] == NO_JOURNAL_BESIDE_IT


def test_a_backup_waits_for_nobody_and_sees_only_what_is_committed(lived_in, file):
    program = lived_in("sqlite")
    with program.app_context(), db.engine.begin() as busy:
        busy.exec_driver_sql("DELETE FROM booking_message")
        busy.exec_driver_sql("UPDATE booking SET title = 'half done'")
        assert run(program, "backup", file)[0] == 0

    with closing(sqlite3.connect(file)) as copy:
        titles = {title for (title,) in copy.execute("SELECT title FROM booking")}
    assert "half done" not in titles


def test_a_later_backup_replaces_the_earlier_one(lived_in, file):
    program = lived_in("sqlite")
    file.write_bytes(b"the backup of yesterday")

    assert run(program, "backup", file)[0] == 0
    with program.app_context():
        assert backup.inspect_file(file) > 0


def test_a_backup_that_is_no_good_leaves_the_earlier_one(lived_in, file, monkeypatch):
    def complain(*_):
        raise NotABackup("it is damaged")

    monkeypatch.setattr(backup, "inspect_file", complain)
    file.write_bytes(b"the backup of yesterday")

    code, output = run(lived_in("sqlite"), "backup", file)

    assert (code, "it is damaged" in output) == (1, True)
    assert list(file.parent.iterdir()) == [file]
    assert file.read_bytes() == b"the backup of yesterday"


def test_a_backup_never_takes_the_place_of_the_database(lived_in):
    program = lived_in("sqlite")
    own = program.config["BUURTHUIS"].instance / "house.sqlite"

    code, output = run(program, "backup", own)

    assert (code, "the database itself" in output) == (1, True)


def test_a_folder_that_is_not_there_is_told_in_one_line(lived_in, tmp_path):
    code, output = run(lived_in("sqlite"), "backup", tmp_path / "nowhere" / "backup.sqlite")

    assert code == 1
    assert output.splitlines()[-1].startswith("Error: This cannot be used:")


@pytest.mark.parametrize("target", ENGINES)
def test_a_place_that_is_not_empty_is_left_alone(lived_in, file, target):
    run(lived_in("sqlite"), "backup", file)
    new = lived_in(target)
    before = held_by(new)

    code, output = run(new, "restore", file)

    assert (code, "not empty" in output) == (1, True)
    assert held_by(new) == before


DAMAGE = {
    "it is no database": lambda file: file.write_text("something else entirely " * 100),
    "it is not there": lambda file: file.unlink(),
    "it was cut off": lambda file: file.write_bytes(file.read_bytes()[:-8192]),
    "it has no guard": lambda file: _change(file, "DROP TRIGGER occupancy_no_overlap_insert"),
    "it is newer": lambda file: _change(file, "UPDATE alembic_version SET version_num = '9999'"),
    "a row lost its house": lambda file: _change(file, "DELETE FROM venue"),
}


def _change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_no_good_is_refused_and_nothing_is_restored(empty, lived_in, file, damage):
    run(lived_in("sqlite"), "backup", file)
    DAMAGE[damage](file)
    new = empty("sqlite")

    code, output = run(new, "restore", file)

    assert code == 1
    assert output.splitlines()[-1].startswith("Error: This file is no good backup:")
    with new.app_context():
        assert inspect(db.engine).get_table_names() == []
