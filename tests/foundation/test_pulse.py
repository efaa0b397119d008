"""Every change is noticed, whoever made it, and nothing that was read outlives it."""

from datetime import timedelta

import pytest
import time_machine
from flask import g
from sqlalchemy import insert, text, update

from buurthuis import create_app
from buurthuis.bookings.refusals import NotBookable
from buurthuis.foundation import logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db
from buurthuis.foundation.keeping import NotForWriting, worked_out
from buurthuis.foundation.pulse import BESIDE, BOOKINGS, PEOPLE, Beat, Listener, Pulse, beat
from buurthuis.foundation.remembered import Answer, Shelf
from buurthuis.rules.calendar import moment
from buurthuis.venues import known
from buurthuis.venues.models import Approval, Room, Venue
from tests.api.conftest import statements
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.conftest import settings_for

HOUSE = "/venues/garden"


def marks():
    db.session.commit()
    return db.session.execute(db.select(Pulse.houses, Pulse.bookings, Pulse.people)).one()


def changes(deed):
    """Which marks a deed changes."""
    before = marks()
    deed()
    db.session.commit()
    after = marks()
    return {
        name for name, old, new in zip(Beat._fields[:3], before, after, strict=True) if old != new
    }


@pytest.fixture
def garden(app):
    return a_venue("garden")


def test_a_change_of_a_house_is_felt(garden):
    def rename():
        garden.name = "The Garden"

    assert changes(rename) == {"houses"}


def test_a_booking_is_felt_and_the_houses_stay_known(garden):
    room, bram = a_room(garden), a_person("Bram")
    group = an_initiative(bram)

    assert changes(lambda: a_booking(room, friday(10, 12), by=bram, for_=group)) == {"bookings"}


def test_what_is_written_in_bulk_or_in_plain_sql_is_felt_as_well(garden):
    row = {"venue_id": garden.id, "slug": "shed", "name": "Shed", "capacity": 4}

    assert changes(lambda: db.session.execute(insert(Room), [row])) == {"houses"}
    assert changes(lambda: db.session.execute(update(Room).values(capacity=5))) == {"houses"}
    assert changes(lambda: db.session.execute(text("DELETE FROM room"))) == {"houses"}


def test_what_is_taken_back_is_not_felt(garden):
    def nearly():
        garden.name = "Nearly"
        db.session.flush()
        db.session.rollback()

    assert changes(nearly) == set()


def test_letters_sessions_and_the_logbook_change_no_page(garden):
    person = a_person()

    assert changes(lambda: logbook.note("house.seen", garden, by=person)) == set()


def test_a_change_of_somebody_is_felt_and_the_houses_stay_known(garden):
    def rename():
        bram.name = "Bram Bakker"

    bram = a_person("Bram")
    assert changes(rename) == {"people"}


def test_every_table_that_is_named_is_there(app):
    assert {*Model.metadata.tables, "alembic_version"} >= BESIDE | BOOKINGS | PEOPLE


def test_a_change_is_seen_on_the_next_request(client, garden):
    assert "The Orchard" not in client.get(HOUSE).text
    assert "The Orchard" not in client.get(HOUSE).text

    garden.name = "The Orchard"

    assert "The Orchard" in client.get(HOUSE).text


def test_a_change_by_another_process_is_seen_on_the_next_request(client, app, garden, tmp_path):
    assert "The Orchard" not in client.get(HOUSE).text
    url = db.engine.url.render_as_string(hide_password=False)
    other = create_app(settings_for(tmp_path, url))

    with other.app_context():
        db.session.execute(update(Venue).values(name="The Orchard"))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()

    assert "The Orchard" in client.get(HOUSE).text


def test_a_booking_is_seen_on_the_next_request(client, garden):
    room = a_room(garden, slug="hall")
    week = "/venues/garden/week/2026-W11"
    before = client.get(week).text

    a_confirmed_booking(room, friday(10, 12), is_public=True, title="Repair café")

    assert "Repair café" not in before
    assert "Repair café" in client.get(week).text


def test_a_page_is_not_remembered_for_longer_than_its_minute(client, garden):
    room = a_room(garden, slug="hall")
    a_confirmed_booking(room, friday(10, 12), is_public=True, title="Repair café")
    assert "Repair café" in client.get("/agenda").text

    with time_machine.travel(moment(FRIDAY, 12 * 60), tick=False):
        assert "Repair café" not in client.get("/agenda").text


def test_each_language_has_its_own_page(client, garden):
    assert 'lang="en"' in client.get(HOUSE).text
    assert 'lang="nl"' in client.get(HOUSE, headers={"Accept-Language": "nl"}).text
    assert 'lang="en"' in client.get(HOUSE).text


def test_who_signed_in_gets_a_page_of_their_own(client, garden, sign_in):
    client.get(HOUSE)
    mine = sign_in(a_person("Bram")).get(HOUSE).text

    assert "/sign-out" in mine
    assert "/sign-out" not in client.get(HOUSE).text


def test_a_remembered_page_says_the_same_in_the_same_way(client, garden):
    first, again = client.get(HOUSE), client.get(HOUSE)

    assert first.data == again.data
    assert dict(first.headers) == dict(again.headers)
    assert "Set-Cookie" not in again.headers
    assert again.headers["Vary"] == "Cookie"


def test_a_message_is_told_once_and_to_its_visitor_alone(app, client, garden):
    other = app.test_client()
    client.get("/me")  # Sends to the door, with a message on the next page.

    assert "Sign in first" in client.get("/agenda").text
    assert "Sign in first" not in other.get("/agenda").text


def test_what_is_kept_for_reading_cannot_be_stored(app, garden):
    a_room(garden, slug="hall")
    with app.test_request_context("/"):
        app.preprocess_request()
        room = known.room_by_slug("hall")

        with pytest.raises(NotForWriting):
            db.session.add(room)


def test_who_is_no_request_reads_rows(garden):
    assert known.venue_by_slug("garden") is garden


def test_the_shelf_holds_no_more_than_it_may():
    answer = Answer(b"x" * 9_000, "text/html", ())
    shelf = Shelf(most_bytes=25_000)
    for number in range(5):
        shelf.put(number, answer)

    assert shelf.find(4) is answer
    assert shelf.find(0) is None
    assert shelf.weight <= 25_000


def test_a_booking_keeps_the_hours_and_prices_of_this_moment(app, garden):
    """An action may lean on what is kept only while it is still true."""
    room, person = a_room(garden, slug="hall"), a_person()
    app.test_client().get("/rooms/hall")  # Now the process knows the houses.
    for hours in garden.opening_hours:
        hours.closes_minute = 11 * 60

    with pytest.raises(NotBookable):
        a_booking(room, friday(10, 12), by=person)


def test_marks_are_asked_anew_only_after_an_action_that_changed_what_pages_tell(app, garden):
    @action
    def noted():
        logbook.note("house.seen", garden)

    @action
    def renamed():
        db.session.get_one(Venue, garden.id).name = "The Orchard"

    with app.test_request_context():
        g.reading = True
        known_marks = beat()
        noted()
        with statements() as sent:
            assert beat() is known_marks
        assert sent == []
        renamed()
        assert beat().houses != known_marks.houses


def test_who_listens_hears_of_bookings_and_houses_once_and_of_letters_never(garden):
    listener = Listener()
    assert (listener.has_news(), listener.has_news()) == (True, False)

    booking = a_booking(a_room(garden, approval=Approval.ALWAYS), friday(10, 12))
    assert (listener.has_news(), listener.has_news()) == (True, False)
    a_person("Dirk")
    assert not listener.has_news()
    booking.to_at += timedelta(hours=1)
    db.session.commit()
    assert listener.has_news()


def test_a_memory_that_another_thread_clears_still_answers():
    class Cleared(dict):
        """As it looks when somebody clears it between two looks."""

        def __contains__(self, _key: object) -> bool:
            return True

    class Thing:
        pass

    thing = Thing()
    thing.__dict__["_memory"] = Cleared()

    assert worked_out(thing, "open", lambda: "nine") == "nine"
