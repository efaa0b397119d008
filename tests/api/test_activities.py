"""What is on, for other programs: the public agenda, and nobody's name."""

import pytest

from buurthuis.activities.models import ForWhom, Spoken
from tests.api.conftest import statements
from tests.builders import (
    a_confirmed_booking,
    a_fresh_picture,
    a_room,
    a_seat,
    a_venue,
    an_activity,
    friday,
)


@pytest.fixture
def hall(app):
    return a_room(a_venue("blue"), slug="hall")


@pytest.fixture
def soup(hall):
    booking = a_confirmed_booking(hall, friday(17, 19), title="Members")
    facts = {"languages": (Spoken.TR, Spoken.NL), "is_free": True, "seats": 20}
    picture = {"picture": a_fresh_picture(), "picture_alt": "A pan"}
    return an_activity(booking, title="Soup", text="Bring a spoon.", **facts, **picture)


def test_an_activity_tells_what_everybody_may_know(anybody, soup):
    a_seat(soup, 3, name="Truus")
    group, booking = soup.booking.initiative.name, soup.booking

    answer = anybody.get("/activities")
    [told] = answer.items

    assert (told["title"], told["text"], told["room"]) == ("Soup", "Bring a spoon.", "hall")
    assert (told["seats"], told["seats_left"], told["entry"]) == (20, 17, "seats")
    assert (told["languages"], told["free"]) == (["nl", "tr"], True)
    assert told["from"] == "2026-03-13T17:00:00+01:00"
    assert told["url"].endswith(f"/activities/{soup.id}")
    assert told["picture"]["alt"] == "A pan"
    assert anybody.get(f"/activities/{told['id']}").body == told
    for secret in ("Members", "Truus", group, booking.booked_by.name):
        assert secret not in str(answer.body)


def test_the_list_can_be_narrowed_as_on_the_page(anybody, hall, soup):
    a_confirmed_booking(a_room(a_venue("red")), friday(9, 11), title="Choir", is_public=True)
    reading = a_confirmed_booking(hall, friday(13, 14, weeks=1))
    an_activity(reading, title="Reading", for_whom=ForWhom.CHILDREN, seats=1)
    a_seat(an_activity(reading, title="Reading", for_whom=ForWhom.CHILDREN, seats=1))

    def titles(**query):
        return [each["title"] for each in anybody.get("/activities", **query).items]

    assert titles() == ["Choir", "Soup", "Reading"]
    assert titles(venue="blue") == ["Soup", "Reading"]
    assert titles(for_whom="children") == ["Reading"]
    assert titles(language="tr") == ["Soup"]
    assert titles(entry="seats") == ["Soup"]
    assert titles(entry="open") == ["Choir"]
    assert titles(free="true") == ["Soup"]
    assert titles(from_="2026-03-14T00:00:00+01:00") == ["Reading"]
    assert titles(to="2026-03-13T12:00:00+01:00") == ["Choir"]
    first = anybody.get("/activities", limit=2)
    assert [each["title"] for each in anybody.get(first.body["next"]).items] == ["Reading"]


def test_what_is_not_public_is_not_there(anybody, hall):
    hidden = a_confirmed_booking(hall, friday(9, 11))

    assert anybody.get("/activities").items == []
    for address in (str(hidden.id), "0", "x", "9" * 30):
        assert anybody.get(f"/activities/{address}").status == 404
    odd = {"language": "klingon", "free": "1", "entry": "", "venue": "nowhere"}
    assert [anybody.get("/activities", **{name: value}).status for name, value in odd.items()] == [
        *(422, 422, 200, 404)
    ]


def test_a_long_list_asks_no_more_of_the_database(anybody, hall):
    def asked(limit):
        with statements() as sent:
            anybody.get("/activities", limit=limit)
        return len(sent)

    for number in range(12):
        an_activity(a_confirmed_booking(hall, friday(9, 11, weeks=number)), seats=2)
    asked(1)

    assert asked(2) == asked(11)
