"""Everybody reads what changed and who decided it; managers put an older version back."""

import pytest

from buurthuis.foundation.db import db
from tests.builders import a_confirmed_booking, a_manager, friday
from tests.pages.reading import filled_in

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering"}
HISTORY = "/venues/de-meevaart/history"


def test_everybody_reads_what_changed_and_who_decided_it(house, client):
    minutes = "https://meevaart.example/notulen"
    house.fill_in("/rules", house_rules="Ruim op.", **DECIDED, reference=minutes)

    page = client.get(HISTORY).text

    assert "New rule: “Ruim op.”" in page
    assert "Decided by Bewonersvergadering on Friday 20 February 2026." in page
    assert minutes in page
    assert "by a manager" in page
    assert "Amina" not in page
    assert "Put this back" not in page


def test_managers_read_who_made_a_change(house):
    house.fill_in("/about", name="Ons Huis")

    page = house.desk.get(HISTORY).text

    assert "Name of the house: was De Meevaart, now Ons Huis." in page
    assert "by Amina" in page


def test_a_house_that_never_changed_says_so(client, room):
    assert "Nothing changed yet" in client.get(HISTORY).text


def test_the_history_comes_ten_to_a_page(house, client):
    for number in range(12):
        house.fill_in("/about", name=f"Huis {number}")

    first = client.get(HISTORY).text
    second = client.get(f"{HISTORY}?before=4").text

    assert "now Huis 11." in first
    assert "now Huis 0." not in first
    assert "now Huis 0." in second
    assert "So the history begins." in second


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 40])
def test_a_page_of_the_history_that_is_not_there_is_the_first(house, client, before):
    house.fill_in("/about", name="Ons Huis")

    assert "now Ons Huis." in client.get(f"{HISTORY}?before={before}").text


def test_an_older_version_comes_back_after_a_look(house, venue):
    house.fill_in("/about", name="Ons Huis")
    house.fill_in("/contact", phone="020-555 9999")

    look = house.get("/versions/1")
    assert "Name of the house: was Ons Huis, now De Meevaart." in look.text
    assert venue.name == "Ons Huis"
    house.desk.post(f"{house.address}/versions/1", data=filled_in(look))

    db.session.refresh(venue)
    assert (venue.name, venue.phone) == ("De Meevaart", "020-555 0101")


def test_a_version_does_not_come_back_over_what_nobody_saw(house, venue, sign_in):
    house.fill_in("/about", name="Ons Huis")
    look = house.get("/versions/1")
    other = type(house)(sign_in(a_manager(venue, "Chandra")))
    other.fill_in("/contact", phone="020-555 9999")

    answer = house.desk.post(f"{house.address}/versions/1", data=filled_in(look))

    assert answer.status_code == 409
    assert venue.name == "Ons Huis"


def test_bookings_that_stand_in_the_way_of_an_older_version_are_listed(house, room):
    house.fill_in("/closures/new", from_day="2026-03-13", to_day="2026-03-13")
    house.fill_in("/about", about="Gesloten op vrijdag.")
    (closure,) = room.venue.closures
    house.post("/closures/end", closure=closure.id)
    a_confirmed_booking(room, friday(10, 12), title="Naaiclub")

    answer = house.desk.post(
        f"{house.address}/versions/2", data=filled_in(house.get("/versions/2"))
    )

    assert answer.status_code == 409
    assert "Naaiclub" in answer.text


def test_an_undo_undoes_only_what_was_seen(house, venue, sign_in):
    page = house.fill_in("/about", name="Ons Huis").text
    number = page.split('name="number" value="')[1].split('"')[0]
    type(house)(sign_in(a_manager(venue, "Chandra"))).fill_in("/contact", phone="020-555 9999")

    house.post("/undo", number=number)

    assert venue.name == "Ons Huis"
    assert "Undo" not in house.get().text


@pytest.mark.parametrize("number", ["", "0", "1", "x", "99", "9" * 60, "٣"])
def test_an_undo_of_nothing_changes_nothing(house, venue, number):
    house.fill_in("/about", name="Ons Huis")

    assert house.post("/undo", number=number).status_code in {303, 404}
    assert venue.name == "Ons Huis"


def test_two_managers_who_change_the_same_see_both_answers(house, venue, sign_in):
    form = filled_in(house.get("/about"), name="Ons Huis")
    other = type(house)(sign_in(a_manager(venue, "Chandra")))
    other.fill_in("/about", name="Buurthuis")

    answer = house.desk.post(f"{house.address}/about", data=form)

    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile" in answer.text
    assert "Buurthuis" in answer.text
    assert venue.name == "Buurthuis"
    again = house.desk.post(f"{house.address}/about", data=filled_in(answer))
    assert again.status_code == 303
    db.session.refresh(venue)
    assert venue.name == "Ons Huis"
