"""Pages of calendars of others: look first, then follow; what is wrong stands on the desk."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.imports.outside.models import OutsideCalendar
from tests.builders import FRIDAY, a_confirmed_booking, a_manager, a_room, a_venue, friday
from tests.imports.outside.calendars import follows_a_calendar, ics
from tests.outside import a_school, trusted


@pytest.fixture
def gym(app):
    """The gym of a house."""
    return a_room(a_venue(), name="Gym")


@pytest.fixture
def nadia(gym, sign_in):
    """The browser of a manager."""
    return sign_in(a_manager(gym.venue, name="Nadia"))


@pytest.fixture
def school(tmp_path, monkeypatch, app):
    """A school in our own network whose certificate we trust."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted(tmp_path)))
    with a_school(tmp_path) as school:
        own = frozenset({("localhost", school.port)})
        monkeypatch.setitem(
            app.config, "BUURTHUIS", replace(app.config["BUURTHUIS"], own_calendars=own)
        )
        yield school


def test_a_manager_looks_first_and_then_follows(nadia, gym, school):
    school.gives(ics(friday(9, 10), friday(12, 13)))
    address = f"/houses/{gym.venue.slug}/house/outside/new"
    typed = {"name": "De Ark", "address": school.address, "rooms": gym.slug}

    looked = nadia.post(address, data=typed).text
    assert "We found 2 times that are still to come." in looked
    assert "Gym class" not in looked
    assert db.session.scalars(select(OutsideCalendar)).all() == []
    answer = nadia.post(address, data={**typed, "sure": "yes"}, follow_redirects=True)

    assert "You follow this calendar now." in answer.text
    [calendar] = db.session.scalars(select(OutsideCalendar))
    assert (calendar.address, calendar.takes_whole_days) == (school.address, False)
    assert school.address not in answer.text
    edit = f"/houses/{gym.venue.slug}/house/outside/{calendar.id}/change"
    assert school.address not in nadia.get(edit).text
    nadia.post(edit, data={"name": "Ark", "address": "", "rooms": gym.slug, "titles": "y"})
    assert (calendar.name, calendar.address, calendar.keeps_titles) == ("Ark", school.address, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"address": "http://ark.example/a.ics"}, "Copy one that starts with https://."),
        ({"address": "https://127.0.0.1/a.ics"}, "This address is not on the open internet."),
        ({"address": "https://localhost/ical/agenda.ics"}, "This is a calendar of this website."),
        ({"address": "https://ark.example/\0" + "x" * 9000}, "This text is too long."),
        ({"address": ""}, "Type or paste the address of the calendar."),
        ({"rooms": "not-here"}, "Choose one from the list."),
        ({"name": ""}, "Write whose calendar it is."),
    ],
)
def test_what_cannot_be_followed_is_said_in_place_and_what_was_typed_stays(nadia, gym, typed, said):
    facts = {"name": "De Ark", "address": "https://ark.example/a.ics", "rooms": gym.slug, **typed}

    answer = nadia.post(f"/houses/{gym.venue.slug}/house/outside/new", data=facts)

    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(OutsideCalendar)).all() == []


def test_a_calendar_that_is_none_is_said(nadia, gym, school):
    school.gives(b"<html>Sign in first</html>")
    typed = {"name": "De Ark", "address": school.address, "rooms": gym.slug}

    answer = nadia.post(f"/houses/{gym.venue.slug}/house/outside/new", data=typed)

    assert "There is no whole calendar at this address." in answer.text
    assert school.address in answer.text


def test_the_desk_tells_what_clashes_and_what_stopped_until_it_is_solved(nadia, gym):
    venue = gym.venue
    a_confirmed_booking(gym, friday(9, 10), title="Judo")
    calendar = follows_a_calendar(gym, friday(9, 12))
    desk = nadia.get(f"/houses/{venue.slug}/").text
    assert "1 booking stands in the way" in desk
    assert "School De Ark wants 09:00 to 12:00." in desk
    assert "does not come any more" not in desk

    calendar.trouble, calendar.failures = "suddenly-less", 5
    calendar.trouble_facts, calendar.told_stopped_at = {"before": 9, "after": 0}, friday(1, 2).start
    db.session.commit()
    assert (
        "The calendar of School De Ark does not come any more"
        in nadia.get(f"/houses/{venue.slug}/").text
    )
    page = f"/houses/{venue.slug}/house/outside/{calendar.id}"
    assert "This calendar holds less than before: 0 instead of 9." in nadia.get(page).text
    nadia.post(f"{page}/believe")
    assert calendar.is_believed

    listed = nadia.post(f"{page}/stop", follow_redirects=True).text
    assert "You no longer follow School De Ark." in listed
    assert nadia.get(page).status_code == 404
    assert "stands in the way" not in nadia.get(f"/houses/{venue.slug}/").text


def test_everybody_sees_whose_time_it_is_and_nobody_edits_it(nadia, client, gym):
    follows_a_calendar(gym, friday(9, 10), friday(11, 12), keeps_titles=True)
    week = f"/venues/{gym.venue.slug}/week/{FRIDAY:%G-W%V}"

    assert client.get(week).text.count("Gym is used by School De Ark") == 1
    day = nadia.get(f"/houses/{gym.venue.slug}/bookings?day={FRIDAY}").text
    assert "School De Ark uses Gym: 09:00–10:00, 11:00–12:00." in day
    assert "Gesloten: School De Ark" in client.get(f"/ical/rooms/{gym.slug}.ics").text
    closures = nadia.get(f"/houses/{gym.venue.slug}/house/closures").text
    assert "School De Ark" not in closures
    assert "School De Ark" in nadia.get(f"/houses/{gym.venue.slug}/house").text
