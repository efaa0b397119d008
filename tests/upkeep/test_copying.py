"""Everything goes from one engine to the other, and both are proven to hold the same."""

import pytest
from flask import Flask
from sqlalchemy import Executable, Table, insert, select, text

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings import actions
from buurthuis.foundation.db import db
from buurthuis.imports.versions import versions_of
from buurthuis.upkeep import copying
from buurthuis.upkeep.copying import Sum, sums
from buurthuis.upkeep.doctor import examine
from buurthuis.venues.pictures import name_of
from buurthuis.venues.queries import bookable_rooms, photos_of, shown_picture, venue_by_slug
from tests.builders import a_wish, friday

BOTH_WAYS = [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite")]


def address_of(program: Flask) -> str:
    return program.config["BUURTHUIS"].database_url


def copy(source: Flask, url: str) -> tuple[int, str]:
    answer = source.test_cli_runner().invoke(args=["database", "copy", url])
    return answer.exit_code, answer.output


def held_by(program: Flask) -> dict[str, Sum]:
    with program.app_context(), db.engine.connect() as connection:
        return sums(connection, lambda rows: None)


@pytest.mark.parametrize(("source", "target"), BOTH_WAYS)
def test_a_copy_holds_the_same_and_is_well(empty, lived_in, source, target):
    old, new = lived_in(source), empty(target)

    code, output = copy(old, address_of(new))

    assert (code, "Both hold the same." in output) == (0, True)
    assert held_by(new) == held_by(old)
    assert held_by(new)["booking"].rows == 4
    with new.app_context():
        findings = list(examine(new.config["MIGRATIONS"]))
        assert [finding.complaints for finding in findings] == [[]] * len(findings)


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_photos_and_versions_of_a_house_go_along(empty, lived_in, target):
    old, new = lived_in("sqlite"), empty(target)
    copy(old, address_of(new))

    with new.app_context():
        venue = venue_by_slug("de-proef")
        (name,) = {photo.name for photo in photos_of(venue)}
        assert name_of(shown_picture(name, "large")) == name
        assert [each.number for each in versions_of(venue)] == [2, 1]


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_one_can_go_on_booking_in_the_copy(empty, lived_in, target):
    old, new = lived_in("sqlite"), empty(target)
    copy(old, address_of(new))

    with new.app_context():
        bram = db.session.scalars(select(Person).where(Person.name == "Bram")).one()
        cafe = db.session.scalars(select(Initiative).where(Initiative.name == "Zebra café")).one()
        room = bookable_rooms()[0]
        booking = actions.book(room, a_wish(friday(10, 12, weeks=1)), by=bram, for_=cafe)
        assert booking.id == 5


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_place_that_is_not_empty_is_refused(lived_in, target):
    old, new = lived_in("sqlite"), lived_in(target)
    before = held_by(new)

    code, output = copy(old, address_of(new))

    assert (code, "not empty" in output) == (1, True)
    assert held_by(new) == before


def test_a_copy_waits_for_nobody(empty, lived_in):
    old, new = lived_in("sqlite"), empty("sqlite")

    with old.app_context(), db.engine.begin() as busy:
        busy.exec_driver_sql("UPDATE booking SET title = 'half done'")
        assert copy(old, address_of(new))[0] == 0


def test_a_database_is_not_copied_onto_itself(lived_in):
    old = lived_in("sqlite")

    code, output = copy(old, address_of(old))

    assert (code, "not empty" in output) == (1, True)


def test_old_tables_are_refused(empty):
    code, output = copy(empty("sqlite"), address_of(empty("sqlite")))

    assert (code, "First: db upgrade" in output) == (1, True)


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:1/nobody", "sqlite:////nowhere/at/all.db"])
def test_a_database_that_cannot_be_reached_is_told_in_one_line(lived_in, url):
    code, output = copy(lived_in("sqlite"), url)

    assert code == 1
    assert output.splitlines()[-1].startswith("Error: This cannot be used:")


def test_an_address_that_makes_no_sense_is_refused(lived_in):
    code, output = copy(lived_in("sqlite"), "mysql://house")

    assert (code, "write sqlite:///file" in output) == (1, True)


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_copy_that_differs_is_not_kept(empty, lived_in, target, monkeypatch):
    old, new = lived_in("sqlite"), empty(target)
    monkeypatch.setattr(copying, "insert", _insert_without_capitals)

    code, output = copy(old, address_of(new))

    assert (code, "differs from the original" in output) == (1, True)
    assert {held.rows for held in held_by(new).values()} == {0}


def _insert_without_capitals(table: Table) -> Executable:
    """An engine that loses something on the way."""
    if table.name != "initiative":
        return insert(table)
    return text(
        "INSERT INTO initiative (id, name, kind, created_at) VALUES (:id, lower(:name), :kind, 0)"
    )


def test_a_checksum_sees_one_changed_picture(lived_in):
    program = lived_in("sqlite")
    before = held_by(program)

    with program.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE picture SET small = x'00'"))

    after = held_by(program)
    assert [name for name in before if before[name] != after[name]] == ["picture"]


def test_a_checksum_sees_one_changed_value(lived_in):
    program = lived_in("sqlite")
    before = held_by(program)

    with program.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE room SET area_m2 = 37.51 WHERE area_m2 = 37.50"))

    after = held_by(program)
    assert after["room"].rows == before["room"].rows
    assert [name for name in before if before[name] != after[name]] == ["room"]
