"""Public feeds: what the street may know, and no more."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from buurthuis.accounts.models import Person
from buurthuis.activities.actions import Story, show, take_out
from buurthuis.bookings import actions
from buurthuis.feeds.actions import Scope, make
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room
from tests.builders import (
    a_booking,
    a_closure,
    a_confirmed_booking,
    a_fresh_picture,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_activity,
    an_initiative,
    friday,
)
from tests.forgetting import forget_pages
from tests.foundation.ics_reader import ReadEvent, read

AGENDA = "/ical/agenda.ics"


def events_at(client: FlaskClient, address: str) -> list[ReadEvent]:
    answer = client.get(address)
    assert answer.status_code == 200
    return read(answer.data)


def summaries(client: FlaskClient, address: str) -> list[str]:
    return [event.properties["SUMMARY"] for event in events_at(client, address)]


@pytest.fixture
def room(app: Flask) -> Room:
    venue = a_venue("de-meevaart", name="De Meevaart", street="Voorbeeldstraat 1")
    return a_room(venue, slug="lesruimte-1", name="Lesruimte 1")


@pytest.fixture
def bram(app: Flask) -> Person:
    return a_person("Bram", "bram@people.example", phone="06-555 01 99")


HOUSE = "/ical/venues/de-meevaart.ics"
ROOM = "/ical/rooms/lesruimte-1.ics"


def test_the_agenda_shows_what_was_made_public(client: FlaskClient, room: Room) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), title="Repair café", is_public=True)
    a_confirmed_booking(room, friday(10, 12), title="Board meeting")
    uid, period = booking.uid, booking.period

    [shown] = events_at(client, AGENDA)

    assert shown.properties["SUMMARY"] == "Repair café"
    assert shown.properties["LOCATION"] == "Lesruimte 1, De Meevaart, Voorbeeldstraat 1"
    assert shown.properties["UID"] == uid
    assert (shown.starts_at, shown.ends_at) == (period.start, period.end)
    assert shown.properties["CLASS"] == "PUBLIC"


@pytest.mark.parametrize("address", [HOUSE, ROOM])
def test_a_private_booking_is_only_taken(client: FlaskClient, room: Room, address: str) -> None:
    booking = a_confirmed_booking(room, friday(10, 12), title="Board meeting")
    uid = booking.uid

    [shown] = events_at(client, address)

    assert shown.properties["SUMMARY"] == "Bezet"
    assert shown.properties["UID"] != uid
    assert (shown.starts_at, shown.ends_at) == (friday(10, 12).start, friday(10, 12).end)
    assert "DESCRIPTION" not in shown.properties


def test_the_agenda_says_nothing_of_closures(client: FlaskClient, room: Room) -> None:
    a_closure(room.venue, friday(8, 23), reason="Schoonmaak")

    assert events_at(client, AGENDA) == []


@pytest.mark.parametrize("address", [HOUSE, ROOM])
def test_a_closure_says_why(client: FlaskClient, room: Room, address: str) -> None:
    a_closure(room.venue, friday(8, 23), reason="Schoonmaak")
    a_closure(room.venue, friday(8, 23, weeks=1))

    assert summaries(client, address) == ["Gesloten: Schoonmaak", "Gesloten"]


def test_a_closure_of_another_room_is_not_in_the_feed_of_this_one(
    client: FlaskClient, room: Room
) -> None:
    other = a_room(room.venue, name="Keuken")
    a_closure(room.venue, friday(8, 23), other, reason="Nieuwe vloer")

    assert summaries(client, ROOM) == []
    [shown] = events_at(client, HOUSE)
    assert shown.properties["LOCATION"] == "Keuken, De Meevaart, Voorbeeldstraat 1"


def test_a_booking_of_the_hall_takes_its_parts(client: FlaskClient, room: Room) -> None:
    hall = a_room(room.venue, parts=[room], slug="grote-zaal", name="Grote zaal")
    a_confirmed_booking(hall, friday(19, 22), title="Feest", is_public=True)
    a_confirmed_booking(room, friday(10, 12))

    assert summaries(client, ROOM) == ["Bezet", "Feest"]
    assert summaries(client, "/ical/rooms/grote-zaal.ics") == ["Bezet", "Feest"]


def test_what_waits_for_the_house_is_taken_but_not_announced(
    client: FlaskClient, room: Room
) -> None:
    a_booking(room, friday(19, 22), title="Feest", is_public=True)

    assert summaries(client, HOUSE) == ["Bezet"]
    assert summaries(client, AGENDA) == []


@pytest.mark.parametrize("address", [AGENDA, HOUSE, ROOM])
def test_a_cancelled_booking_leaves_the_public_feeds(
    client: FlaskClient, room: Room, bram: Person, address: str
) -> None:
    initiative = an_initiative(bram)
    booking = a_confirmed_booking(
        room, friday(19, 22), for_=initiative, by=bram, title="Feest", is_public=True
    )
    assert summaries(client, address) == ["Feest"]

    actions.cancel(booking.id, by=bram)

    assert summaries(client, address) == []


@pytest.mark.parametrize("address", [AGENDA, HOUSE, ROOM])
def test_no_public_feed_names_a_person_or_an_initiative(
    client: FlaskClient, room: Room, bram: Person, address: str
) -> None:
    initiative = an_initiative(bram, name="Geheim genootschap")
    for hour, is_public in ((9, True), (14, False)):
        a_confirmed_booking(
            room,
            friday(hour, hour + 2),
            for_=initiative,
            by=bram,
            title="Bijeenkomst" if is_public else "Schuldhulp",
            remark="Bel mij op 06-555 01 99",
            is_public=is_public,
        )

    text = client.get(address).text.replace("\r\n ", "")

    assert "Bijeenkomst" in text
    for secret in ("Bram", "people.example", "555 01", "Geheim", "Schuldhulp", "Bel mij"):
        assert secret not in text
    for name in ("ORGANIZER", "ATTENDEE", "DESCRIPTION", "CONTACT", "mailto:", "/me/"):
        assert name not in text


def test_feeds_reach_far_ahead_and_a_little_back(client: FlaskClient, room: Room) -> None:
    room.venue.horizon_days = 700
    near, far = friday(10, 12), friday(10, 12, weeks=60)
    a_confirmed_booking(room, near, is_public=True)
    a_confirmed_booking(room, far, is_public=True)

    for address in (AGENDA, HOUSE, ROOM):
        assert [event.starts_at for event in events_at(client, address)] == [near.start, far.start]


@pytest.mark.parametrize("address", ["/ical/venues/nowhere.ics", "/ical/rooms/nowhere.ics"])
def test_a_feed_of_nothing_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_move_raises_the_sequence_and_keeps_the_uid(client: FlaskClient, room: Room) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), is_public=True)
    [before] = events_at(client, AGENDA)
    booking.from_at -= timedelta(hours=1)
    booking.sequence += 1
    db.session.commit()

    [after] = events_at(client, AGENDA)

    assert after.properties["UID"] == before.properties["UID"]
    assert int(after.properties["SEQUENCE"]) == int(before.properties["SEQUENCE"]) + 1


def test_a_house_that_gets_another_name_changes_its_events(client: FlaskClient, room: Room) -> None:
    a_confirmed_booking(room, friday(19, 22), is_public=True)
    [before] = events_at(client, AGENDA)
    room.venue.name = "Het Blauwe Huis"
    room.venue.named_at = clock.now() + timedelta(minutes=5)
    db.session.commit()

    [after] = events_at(client, AGENDA)

    assert "Het Blauwe Huis" in after.properties["LOCATION"]
    assert after.properties["LAST-MODIFIED"] > before.properties["LAST-MODIFIED"]
    assert after.properties["UID"] == before.properties["UID"]


def test_a_feed_asks_as_often_for_many_bookings_as_for_one(
    app: Flask, client: FlaskClient, room: Room
) -> None:
    manager, person = a_manager(room.venue), a_person()
    initiative = an_initiative(person)
    asked: dict[str, list[int]] = {AGENDA: [], HOUSE: [], ROOM: []}
    for weeks in (0, 1, 2, 3):
        booking = a_booking(
            room, friday(10, 12, weeks=weeks), by=person, for_=initiative, is_public=True
        )
        actions.approve(booking.id, by=manager)
        for address, counts in asked.items():
            client.get(ROOM)  # Now the houses are known, and only the feed itself is counted.
            forget_pages(app)
            counts.append(_statements(client, address))

    assert all(len(set(counts)) == 1 for counts in asked.values()), asked
    assert max(max(counts) for counts in asked.values()) <= 7


def _statements(client: FlaskClient, address: str) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_seven_in_the_evening_is_seven_on_both_sides_of_the_clock_change(
    client: FlaskClient, room: Room
) -> None:
    wanted: list[Period] = [friday(19, 22, weeks=weeks) for weeks in (1, 2, 32, 33)]
    for period in wanted:
        a_confirmed_booking(room, period, is_public=True)

    text = client.get(AGENDA).text

    for day in ("20260320", "20260327", "20261023", "20261030"):
        assert f"DTSTART;TZID=Europe/Amsterdam:{day}T190000" in text
    assert [event.starts_at for event in read(text.encode())] == [each.start for each in wanted]


@pytest.mark.parametrize("address", [AGENDA, HOUSE, ROOM])
def test_an_activity_is_told_in_its_own_words(
    client: FlaskClient, room: Room, address: str
) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), title="Members")
    group = booking.booked_by
    told = an_activity(booking, title="Soup, for all", text="Bring a spoon.\nAnd a bowl.")
    uid, page = booking.uid, f"/activities/{told.id}"

    before = client.get(address)
    [shown] = read(before.data)

    assert shown.properties["SUMMARY"] == "Soup, for all"
    assert shown.properties["DESCRIPTION"] == "Bring a spoon.\nAnd a bowl."
    assert shown.properties["URL"].endswith(page)
    assert (shown.properties["UID"], "IMAGE" in shown.properties) == (uid, False)

    story = Story("Soup, for all", picture=a_fresh_picture(), picture_alt="A pan")
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        show(booking.id, story, by=group)
    after = client.get(address)
    [changed] = read(after.data)

    assert after.headers["ETag"] != before.headers["ETag"]
    assert int(changed.properties["SEQUENCE"]) > int(shown.properties["SEQUENCE"])
    assert changed.properties["LAST-MODIFIED"] > shown.properties["LAST-MODIFIED"]
    picture = changed.properties["IMAGE"].removeprefix("http://localhost")
    assert client.get("/photos/" + picture.split("/photos/")[1]).mimetype == "image/jpeg"

    take_out(booking.id, by=group)
    assert "Soup" not in client.get(address).text


def test_its_own_people_see_the_title_of_the_booking(client: FlaskClient, room: Room) -> None:
    booking = a_confirmed_booking(room, friday(19, 22), title="Members")
    an_activity(booking, title="Soup")
    token = make(Scope(FeedKind.MINE), name="Mine", by=booking.booked_by)

    assert summaries(client, f"/ical/p/{token}.ics") == ["Members"]
