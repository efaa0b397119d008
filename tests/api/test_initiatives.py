"""Initiatives, as programs start and read them."""

import pytest

from tests.builders import a_person, an_initiative


def test_i_see_the_initiatives_i_speak_for_and_no_other(program):
    bram, dirk = a_person("Bram"), a_person("Dirk")
    cafe = an_initiative(bram, name="Repair Café Oost")
    an_initiative(dirk, name="Dirks band")

    (seen,) = program(bram).get("/initiatives").items

    assert seen == {"id": str(cafe.id), "name": "Repair Café Oost", "kind": "resident_initiative"}


def test_whoever_starts_an_initiative_speaks_for_it(program):
    bram = program(a_person("Bram"))

    made = bram.post("/initiatives", {"name": "  Sewing \u202eclub ", "kind": "social_enterprise"})

    assert made.status == 201
    assert made.body["name"] == "Sewing club"
    assert bram.get("/initiatives").items == [made.body]


def test_initiatives_come_in_pages_too(program):
    bram = a_person("Bram")
    for name in ("Choir", "Band", "Atelier"):
        an_initiative(bram, name=name)
    asking = program(bram)

    first = asking.get("/initiatives", limit=2)
    rest = asking.send("GET", first.body["next"])

    assert [each["name"] for each in first.items + rest.items] == ["Atelier", "Band", "Choir"]
    assert rest.body["next"] is None


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["name", "kind"]),
        ({"name": "\u200b", "kind": "private"}, ["name"]),
        ({"name": "x" * 121, "kind": "private"}, ["name"]),
        ({"name": "Club", "kind": "internal"}, ["kind"]),
        ({"name": "Club", "kind": ["private"]}, ["kind"]),
        ({"name": 7, "kind": None}, ["name", "kind"]),
    ],
)
def test_an_initiative_that_makes_no_sense_is_refused_by_its_fields(program, body, fields):
    refused = program(a_person()).post("/initiatives", body)

    assert (refused.status, refused.code, list(refused.errors)) == (422, "invalid", fields)
