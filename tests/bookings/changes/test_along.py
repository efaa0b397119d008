"""What goes along with a booking is looked at when a change is asked for, and again at the yes."""

import pytest

from buurthuis.bookings import actions, changes, queries
from buurthuis.bookings.refusals import LeavesAlone, NotBookable
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.rules.availability import Problem
from buurthuis.rules.states import Status
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_session,
    a_venue,
    an_extra,
    an_initiative,
    friday,
)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def group(bram):
    return an_initiative(bram)


@pytest.fixture
def room(app):
    return a_room(a_venue(), name="Hall", own_buffer_minutes=60)


@pytest.fixture
def amina(room):
    return a_manager(room.venue, "Amina")


@pytest.fixture
def beamer(room):
    return an_extra(room.venue, notice_hours=10 * 24)


@pytest.fixture
def talk(room, bram, group, beamer):
    with_beamer = (Wanted(beamer.id, 1),)
    facts = {"extras": with_beamer, "setup_minutes": 30}
    return a_confirmed_booking(room, friday(10, 12), by=bram, for_=group, **facts)


def others_have_it(room, beamer, period):
    a_confirmed_booking(a_room(room.venue), period, extras=(Wanted(beamer.id, 1),))


def ask(booking, by, period, room=None):
    return changes.send(booking.id, changes.Wanted(room or booking.room, period), by=by).change


def test_a_beamer_that_is_gone_then_is_told_at_once(talk, room, bram, beamer):
    others_have_it(room, beamer, friday(14, 16))

    with pytest.raises(OutOfStock):
        ask(talk, bram, friday(15, 17))
    assert ask(talk, bram, friday(11, 13)) is not None


def test_a_beamer_that_went_since_stops_the_yes(talk, room, bram, amina, beamer):
    change = ask(talk, bram, friday(15, 17))
    others_have_it(room, beamer, friday(14, 16))

    with pytest.raises(OutOfStock):
        changes.approve(change.id, by=amina)

    db.session.refresh(talk)
    assert (talk.period, change.is_open) == (friday(10, 12), True)


def test_a_thing_of_one_room_stays_in_that_room(talk, room, bram, beamer):
    beamer.rooms.append(room)
    db.session.commit()

    with pytest.raises(NotInThisRoom):
        ask(talk, bram, friday(10, 12), a_room(room.venue))


def test_sooner_may_be_too_soon_to_get_a_thing_ready(talk, bram):
    with pytest.raises(ExtraTooLate):
        ask(talk, bram, friday(-38, -36))
    assert ask(talk, bram, friday(13, 15)) is not None


def test_a_garden_asks_for_its_hall_both_when_asked_and_at_the_yes(room, bram, group, amina):
    garden = a_room(room.venue, name="Garden", only_with=[room])
    hall = a_confirmed_booking(room, friday(10, 18), by=bram, for_=group)
    flowers = a_confirmed_booking(garden, friday(10, 12), by=bram, for_=group)

    with pytest.raises(NotBookable) as refusal:
        ask(flowers, bram, friday(19, 21))
    assert Problem.ALONE in refusal.value.problems
    with pytest.raises(LeavesAlone):
        ask(hall, bram, friday(11, 19))
    assert ask(hall, bram, friday(9, 18)) is not None

    change = ask(flowers, bram, friday(14, 16))
    hall = queries.booking(hall.id)
    hall.status = Status.CANCELLED
    db.session.commit()
    with pytest.raises(NotBookable):
        changes.approve(change.id, by=amina)
    actions.cancel(flowers.id, by=bram)


def test_the_page_says_what_is_in_the_way_and_what_gets_shorter(client, talk, room, bram, beamer):
    others_have_it(room, beamer, friday(14, 16))
    elsewhere = a_room(room.venue, slug="attic", own_buffer_minutes=0)
    a_session(bram, client)
    form = {
        "room": room.slug,
        "day": "2026-03-13",
        "from": "15:00",
        "to": "17:00",
        "people": "10",
        "title": talk.title,
        "purpose": talk.purpose.value,
    }

    gone = client.post(f"/me/bookings/{talk.id}/change", data=form)
    shorter = {**form, "room": elsewhere.slug, "from": "10:00", "to": "12:00"}
    review = client.post(f"/me/bookings/{talk.id}/change", data=shorter)

    assert gone.status_code == 422
    assert "beamer: none left then." in gone.text
    assert "Time to prepare" in review.text
    assert "None in this room" in review.text
