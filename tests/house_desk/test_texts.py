"""Managers tell about their house: name, way in, contact, rules, and what they ask of bookings."""

import pytest

from buurthuis.foundation.db import db

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering", "reference": ""}


def test_every_subject_stands_on_one_page(house):
    page = house.get().text

    for words in ("About the house", "Contact", "Rooms", "Opening hours", "Prices"):
        assert words in page


def test_a_manager_changes_what_the_house_tells(house, venue):
    page = house.fill_in("/about", name="Ons Huis", who_opens="Amina doet open.")

    assert "Saved" in page.text
    assert (venue.name, venue.who_opens, venue.street) == (
        "Ons Huis",
        "Amina doet open.",
        "Plein 1",
    )


def test_a_change_can_be_undone(house, venue):
    page = house.fill_in("/about", name="Ons Huis")
    number = page.text.split('name="number" value="')[1].split('"')[0]

    house.post("/undo", number=number)

    assert venue.name == "De Meevaart"


@pytest.mark.parametrize(
    ("page", "typed", "sentence"),
    [
        ("/about", {"name": " "}, "Write the name of the house."),
        ("/about", {"about": "x" * 4001}, "This text is too long."),
        ("/contact", {"phone": "call me"}, "Write a telephone number"),
        ("/contact", {"email": "a@b, c@d"}, "Write one e-mail address"),
        ("/contact", {"website": "https://a b"}, "Write a web address"),
        (
            "/rules",
            {"house_rules": "Geen muziek", **DECIDED, "decided_on": ""},
            "day of the decision",
        ),
        ("/rules", {"house_rules": "x", **DECIDED, "decided_on": "2026-02-31"}, "does not exist"),
        ("/bookings", {**DECIDED, "min_minutes": "1e9"}, "Write a number from 1 to 1440."),
        ("/bookings", {**DECIDED, "min_minutes": "90", "max_minutes": "60"}, "shorter than"),
        ("/bookings", {**DECIDED, "step_minutes": "7"}, "Choose one from the list."),
    ],
)
def test_what_makes_no_sense_is_explained_and_stays(house, venue, page, typed, sentence):
    before = venue.changed_at

    answer = house.fill_in(page, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    db.session.refresh(venue)
    assert venue.changed_at == before


def test_a_website_may_be_typed_without_its_beginning(house, venue):
    house.fill_in("/contact", website="www.onshuis.example")

    assert venue.website == "https://www.onshuis.example"


def test_rules_are_kept_with_the_decision_behind_them(house, venue):
    house.fill_in("/rules", house_rules="Geen muziek na 22 uur.\nRuim op.", **DECIDED)

    assert venue.house_rules == "Geen muziek na 22 uur.\nRuim op."


def test_what_is_asked_of_bookings_can_change(house, venue):
    house.fill_in("/bookings", max_minutes="240", notice_hours="24", requests_occupy="y", **DECIDED)

    assert (venue.max_minutes, venue.notice_minutes, venue.min_minutes) == (240, 1440, 30)
