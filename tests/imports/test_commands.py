"""The commands `house export`, `house import` and `seed`."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from buurthuis.accounts.models import Initiative, Person, Role, RoleName
from buurthuis.accounts.queries import has_role, person_with_address
from buurthuis.foundation.db import Model, db
from buurthuis.imports.commands import commands
from buurthuis.imports.demo_people import SIGN_IN_AS
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs.queries import price
from buurthuis.venues.models import Room, Venue
from buurthuis.venues.queries import all_venues, room_by_slug, venue_by_slug
from tests.builders import friday


@pytest.fixture
def run(app: Flask):
    """A function that runs a command and gives its exit code, output and complaints."""

    def running(*args: object) -> tuple[int, str, str]:
        runner = app.test_cli_runner()
        name, *rest = map(str, args)
        command = next(each for each in commands if each.name == name)
        done = runner.invoke(command, rest)
        db.session.expire_all()
        return done.exit_code, done.stdout, done.stderr

    return running


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Model.metadata.sorted_tables
    }


def test_seed_brings_in_six_houses_and_doing_it_twice_changes_nothing(run):
    assert run("seed")[0] == 0
    once = rows()

    code, said, _ = run("seed")

    assert (code, said) == (0, "")
    assert rows() == once
    assert len(all_venues()) == 6


def test_seed_never_changes_a_house_that_exists(run):
    run("seed")
    venue = venue_by_slug("de-meevaart")
    venue.name = "Ons huis"
    db.session.commit()

    run("seed")

    assert venue_by_slug("de-meevaart").name == "Ons huis"


def test_seed_makes_people_with_their_roles_and_standing(run):
    run("seed")

    def person(name: str) -> Person:
        return db.session.scalars(select(Person).where(Person.name == name)).one()

    meevaart = venue_by_slug("de-meevaart")
    assert has_role(person("Beheer De Meevaart"), RoleName.MANAGER, venue_id=meevaart.id)
    assert has_role(person("Amina"), RoleName.KEY_HOLDER, venue_id=meevaart.id)
    assert has_role(person("Chandra"), RoleName.BOARD, venue_id=venue_by_slug("het-drieluik").id)
    assert db.session.query(Role).filter_by(person_id=person("Dirk").id).count() == 0
    managers = db.session.query(Role).filter_by(name=RoleName.MANAGER)
    assert managers.count() == db.session.query(Venue).count()
    cafe = db.session.scalars(select(Initiative).where(Initiative.name.startswith("Repair"))).one()
    room = room_by_slug("meevaart-leslokaal-1")
    found = price(room, friday(18, 23), initiative=cafe, purpose=Purpose.MEETING)
    assert (found.standing, found.quote.total_cents) == (Kind.RESIDENT_INITIATIVE, 0)


def test_everybody_one_can_sign_in_as_exists(run):
    run("seed")

    for each in SIGN_IN_AS:
        found = person_with_address(each.email)
        assert found is not None
        assert found.name == each.name


def test_an_exported_house_imports_again_to_the_same_house(run, tmp_path):
    run("seed")
    first, second = tmp_path / "een.toml", tmp_path / "twee.toml"

    assert run("house", "export", "het-drieluik", first)[0] == 0
    once = rows()
    assert run("house", "import", first)[0] == 0
    run("house", "export", "het-drieluik", second)

    assert rows() == once
    assert first.read_bytes() == second.read_bytes()


def test_a_changed_file_changes_the_house(run, tmp_path):
    run("seed")
    file = tmp_path / "huis.toml"
    run("house", "export", "de-werkplaats", file)
    file.write_text(file.read_text().replace("Naaiatelier", "Naaikamer"))

    code, said, _ = run("house", "import", file)

    assert (code, said) == (0, "de-werkplaats: 5 rooms.\n")
    assert room_by_slug("werkplaats-naaiatelier").name == "Naaikamer"


def test_a_file_with_mistakes_changes_nothing(run, tmp_path):
    run("seed")
    file = tmp_path / "huis.toml"
    run("house", "export", "de-werkplaats", file)
    file.write_text(file.read_text().replace("capacity = 20", 'capacity = "vol"'))
    once = rows()

    code, _, complaint = run("house", "import", file)

    assert code == 1
    assert complaint.startswith("Error: The file has mistakes. Nothing was changed.\nline ")
    assert rows() == once


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("export", "nergens", "x.toml"), "Error: There is no house 'nergens'. There are: none yet.\n"),
        (("import", "/nergens.toml"), "Error: We cannot use the file /nergens.toml. Look at its name.\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_clear_line(run, args, complaint):
    code, _, said = run("house", *args)

    assert (code, said) == (1, complaint)


def test_a_house_that_cannot_be_written_is_one_clear_line(run, tmp_path):
    run("seed")

    code, _, complaint = run("house", "export", "de-meevaart", tmp_path / "geen" / "map.toml")

    assert code == 1
    assert complaint.count("\n") == 1
    assert db.session.query(Room).count() > 30
