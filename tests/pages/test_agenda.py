"""The agenda: what is on, for everybody; nothing that was not made public."""

import pytest

from buurthuis.bookings import actions
from tests.builders import a_booking, a_confirmed_booking, a_manager, a_room, a_venue, friday
from tests.pages.reading import in_english, links


@pytest.fixture
def client(client):
    return in_english(client)


def test_public_activities_of_all_houses_stand_by_day(client, app):
    garden, harbour = a_venue("garden"), a_venue("harbour")
    a_confirmed_booking(a_room(garden), friday(10, 12), title="Open choir", is_public=True)
    a_confirmed_booking(a_room(harbour), friday(9, 12, weeks=1), title="Soup", is_public=True)
    a_confirmed_booking(a_room(garden), friday(10, 12), title="Closed circle")

    text = client.get("/agenda").text

    assert text.index("Friday 13 March") < text.index("Open choir")
    assert text.index("Open choir") < text.index("Friday 20 March") < text.index("Soup")
    assert "Closed circle" not in text


def test_one_house_at_a_time(client, app):
    garden, harbour = a_venue("garden"), a_venue("harbour")
    a_confirmed_booking(a_room(garden), friday(10, 12), title="Open choir", is_public=True)
    a_confirmed_booking(a_room(harbour), friday(9, 12), title="Soup", is_public=True)

    page = client.get("/agenda?house=harbour")

    assert "Soup" in page.text
    assert "Open choir" not in page.text
    assert "/ical/venues/harbour.ics" in links(page)
    assert client.get("/agenda?house=nowhere").status_code == 404


def test_neither_requests_nor_what_was_cancelled_is_on(client, app):
    room = a_room()
    a_booking(room, friday(10, 12), title="Only asked", is_public=True)
    gone = a_confirmed_booking(room, friday(13, 14), title="Called off", is_public=True)
    actions.cancel(gone.id, by=a_manager(room.venue))

    page = client.get("/agenda").text

    assert "Only asked" not in page
    assert "Called off" not in page
    assert "Nothing is in the agenda now" in page


def test_a_long_agenda_comes_in_pages(client, app):
    room = a_room(a_venue("garden", min_minutes=5, step_minutes=5))
    for number in range(62):
        a_confirmed_booking(
            room,
            friday(8 + number / 6, 8 + (number + 1) / 6),
            title=f"Talk {number:02}",
            is_public=True,
        )

    first, second = client.get("/agenda"), client.get("/agenda?page=2")

    assert "Talk 59" in first.text
    assert "Talk 60" not in first.text
    assert "Talk 60" in second.text
    for odd in ("0", "-1", "999999999999", "x", "²"):
        assert client.get("/agenda?page=" + odd).status_code == 200


def test_a_hostile_title_is_shown_as_text(client, app):
    a_confirmed_booking(a_room(), friday(10, 12), title="<img src=x>", is_public=True)

    assert "<img src=x>" not in client.get("/agenda").text
