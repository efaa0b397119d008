"""Initiatives, as programs start and read them."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.tariffs.applications import actions as applications
from buurthuis.tariffs.queries import cards_of
from tests.builders import a_manager, a_person, a_room, a_venue, an_initiative


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


CLAIMS = {
    **dict.fromkeys(("social_aim", "open_to_all", "no_profit", "from_neighbourhood"), True),
    "no_paid_worker": False,
    "words": "We repair bicycles.",
}


def test_an_initiative_asks_to_be_recognised_and_reads_the_answer(program):
    bram, house = a_person("Bram"), a_venue("meevaart")
    cafe = an_initiative(bram, name="Repair Café Oost")
    (card,) = cards_of(a_room(house).venue)
    card.standings[0].asks = ["social_aim", "no_profit"]
    db.session.commit()
    asking, address = program(bram), f"/initiatives/{cafe.id}/applications"

    made = asking.post(address, {"venue": "meevaart", **CLAIMS})
    twice = asking.post(address, {"venue": "meevaart", **CLAIMS})
    everywhere = asking.post(address, {**CLAIMS, "purpose": "course", "evidence": "Ask Amina"})
    applications.refuse(int(made.body["id"]), "Not here", by=a_manager(house))

    assert (made.status, twice.status, everywhere.status) == (201, 409, 201)
    assert twice.body["type"].endswith("already-asked")
    assert (made.body["state"], made.body["standing"]) == ("asked", "resident_initiative")
    assert (everywhere.body["venue"], everywhere.body["purpose"]) == (None, "course")
    seen = {each["id"]: (each["state"], each["reason"]) for each in asking.get(address).items}
    assert seen == {
        made.body["id"]: ("refused", "Not here"),
        everywhere.body["id"]: ("asked", None),
    }
    assert program(a_person("Dirk")).get(address).status == 404


@pytest.mark.parametrize("wrong", [{"words": " "}, {"no_profit": "yes"}, {"purpose": "war"}])
def test_an_application_that_makes_no_sense_is_told_by_its_field(program, wrong):
    bram = a_person("Bram")
    address = f"/initiatives/{an_initiative(bram).id}/applications"

    answer = program(bram).post(address, {**CLAIMS, **wrong})

    assert (answer.status, list(answer.body["errors"])) == (422, list(wrong))
