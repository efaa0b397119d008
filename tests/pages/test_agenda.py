"""The agenda: what is on, for everybody; nothing that was not made public."""

import pytest

from buurthuis.activities.models import ForWhom, Spoken
from buurthuis.bookings import actions
from tests.api.conftest import statements
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_fresh_picture,
    a_manager,
    a_room,
    a_seat,
    a_venue,
    an_activity,
    friday,
)
from tests.forgetting import forget_pages
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
    for number in range(42):
        a_confirmed_booking(
            room,
            friday(8 + number / 6, 8 + (number + 1) / 6),
            title=f"Talk {number:02}",
            is_public=True,
        )

    first, second = client.get("/agenda"), client.get("/agenda?page=2")

    assert "Talk 39" in first.text
    assert "Talk 40" not in first.text
    assert "Talk 40" in second.text
    for odd in ("0", "-1", "999999999999", "x", "²"):
        assert client.get("/agenda?page=" + odd).status_code == 200


def test_a_hostile_title_is_shown_as_text(client, app):
    a_confirmed_booking(a_room(), friday(10, 12), title="<img src=x>", is_public=True)

    assert "<img src=x>" not in client.get("/agenda").text


def told(room, title, when, **facts):
    return an_activity(a_confirmed_booking(room, when), title=title, **facts)


@pytest.fixture
def three(app):
    hall = a_room(a_venue("garden"))
    told(hall, "Soup", friday(17, 19), languages=(Spoken.TR,), is_free=True)
    full = told(hall, "Reading", friday(9, 11, weeks=1), for_whom=ForWhom.CHILDREN, seats=1)
    a_seat(full)
    told(hall, "Lecture", friday(13, 14, weeks=1), seats=3)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("for=children", {"Reading"}),
        ("language=tr", {"Soup"}),
        ("entry=seats", {"Lecture"}),
        ("entry=open", {"Soup"}),
        ("free=1", {"Soup"}),
        ("day=2026-03-13", {"Soup"}),
        ("week=2026-W12", {"Reading", "Lecture"}),
        ("week=2026-W12&entry=seats&for=children", set()),
        ("house=garden&day=2026-03-14", set()),
        (
            "for=nobody&language=%3Cb%3E&day=2026-02-31&week=1e999&free=x",
            {"Soup", "Reading", "Lecture"},
        ),
    ],
)
def test_one_looks_for_what_fits(client, three, asked, found):
    page = client.get("/agenda?" + asked)

    assert {each for each in ("Soup", "Reading", "Lecture") if f">{each}</a>" in page.text} == found
    assert ("We found nothing" in page.text) is (not found)


def test_only_what_is_there_can_be_looked_for(client, three):
    page = client.get("/agenda?for=children")

    assert "/agenda?for=children&language=tr" in links(page)
    assert "/agenda?for=children&week=2026-W11" in links(page)
    assert "/agenda?for=older" not in page.text
    assert "Polish" not in page.text
    assert "Turkish" in page.text


def test_a_long_agenda_asks_no_more_of_the_database(client, app):
    def asked():
        forget_pages(app)
        with statements() as sent:
            client.get("/agenda")
        return len(sent)

    hall = a_room(a_venue("garden"))
    told(hall, "Soup", friday(9, 11), seats=3)
    client.get("/agenda")
    before = asked()
    for number in range(1, 6):
        facts = {"picture": a_fresh_picture("blue"), "picture_alt": "A pan"}
        told(hall, "Soup", friday(9, 11, weeks=number), seats=number, **facts)
    client.get("/agenda")

    assert asked() <= before
