"""Whoever has no e-mail waits as others do: the desk puts them on the list, calls, and answers for them."""

import re
from datetime import timedelta

import pytest
import time_machine

from buurthuis import worker
from buurthuis.bookings import actions
from buurthuis.bookings.changes import move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips.actions import Caller
from buurthuis.bookings.slips.calls import calls_to_make
from buurthuis.bookings.slips.models import News
from buurthuis.bookings.slips.refusals import HasMail
from buurthuis.bookings.waiting import desk_actions, queries
from buurthuis.bookings.waiting.actions import accept
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.refusals import NothingOffered, OfferOver, PlaceIsFree
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.pages.desk_queries import deeds_in
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import Turn
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_session,
    a_venue,
    a_waiting_wish,
    a_wish,
    an_initiative,
    friday,
)

DORA = Caller("Dora", "06 1234 5678")
HOUSE = "/houses/de-meevaart"


@pytest.fixture
def room(app):
    return a_room(a_venue("de-meevaart", name="De Meevaart"), name="Hall", slug="hall")


@pytest.fixture
def amina(room):
    return a_manager(room.venue, "Amina")


@pytest.fixture
def taken(room):
    return a_confirmed_booking(room, friday(19, 22))


def put_on_list(room, amina, whom=DORA, mark=None):
    wish = a_wish(friday(19, 22), title="Darts")
    return desk_actions.join_for(room.venue, room, wish, whom, by=amina, mark=mark)


def gives_back(taken):
    return actions.cancel(taken.id, by=taken.booked_by)


def calls(room):
    return [(each.person.name, each.news) for each in calls_to_make(room.venue)]


def holders(room):
    asked = db.session.query(Booking).filter_by(room_id=room.id)
    return [each for each in asked if each.is_live]


def test_an_offer_to_who_has_no_mail_is_timed_and_stands_on_the_list_of_calls(room, amina, taken):
    wish = put_on_list(room, amina)

    gives_back(taken)

    offer = wish.offer
    assert (offer.status, offer.booked_by.name) == (Status.HELD, "Dora")
    assert offer.expires_at == clock.now() + timedelta(days=1)
    assert calls(room) == [("Dora", News.OFFERED)]
    assert holders(room) == [offer]


def test_a_manager_says_yes_for_them_and_the_log_names_both(room, amina, taken):
    wish = put_on_list(room, amina)
    gives_back(taken)

    for _twice in range(2):
        booking = desk_actions.accept_for(wish.offer_id, by=amina)

    assert (booking.status, booking.booked_by.name, booking.expires_at) == (
        "confirmed",
        "Dora",
        None,
    )
    assert calls(room) == []
    deeds = {each.entry.verb: each for each in deeds_in(room.venue, before=None, count=20)}
    for verb in ("waiting.joined", "waiting.accepted"):
        assert (deeds[verb].name, deeds[verb].whom) == ("Amina", "Dora")
    assert db.session.query(LogEntry).filter_by(verb="waiting.accepted").count() == 1


def test_a_yes_that_is_sent_again_later_leaves_newer_news_to_tell(room, amina, taken):
    wish = put_on_list(room, amina)
    gives_back(taken)
    booking = desk_actions.accept_for(wish.offer_id, by=amina)
    move(booking.id, room, friday(14, 17), by=a_manager(room.venue))

    desk_actions.accept_for(booking.id, by=amina)

    assert calls(room) == [("Dora", News.MOVED)]


def test_a_no_for_them_passes_the_place_on(room, amina, taken):
    wish, eva = put_on_list(room, amina), a_person("Eva")
    next_one = a_waiting_wish(room, friday(19, 22), by=eva, for_=an_initiative(eva))
    gives_back(taken)

    desk_actions.pass_on_for(wish.offer_id, by=amina)

    assert holders(room) == [next_one.offer]
    assert calls(room) == []
    with pytest.raises(NothingOffered):
        desk_actions.accept_for(wish.offer_id, by=amina)


def test_when_nobody_answers_the_place_goes_on_and_the_desk_still_knows(room, amina, taken):
    wish, eva = put_on_list(room, amina), a_person("Eva")
    next_one = a_waiting_wish(room, friday(19, 22), by=eva, for_=an_initiative(eva))
    gives_back(taken)

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        with pytest.raises(OfferOver):
            desk_actions.accept_for(wish.offer_id, by=amina)
        worker.work()
        db.session.expire_all()
        assert holders(room) == [next_one.offer]
        assert calls(room) == [("Dora", News.MISSED)]
        turns = {each.wish.id: each.turn for each in queries.of_house(room.venue, clock.now())}
        assert turns == {wish.id: Turn.MISSED, next_one.id: Turn.OFFERED}

        again = [desk_actions.again_for(wish, by=amina) for _twice in range(2)]

        assert len({each.id for each in again}) == 1
        left = {each.wish.id for each in queries.of_house(room.venue, clock.now())}
        assert left == {next_one.id, again[0].id}


def test_who_has_mail_or_no_business_here_is_left_alone(room, amina, taken):
    eva, dirk = a_person("Eva"), a_person("Dirk")
    hers = a_waiting_wish(room, friday(19, 22), by=eva, for_=an_initiative(eva))
    with pytest.raises(HasMail):
        desk_actions.leave_for(hers.id, by=amina)
    with pytest.raises((NotAllowed, NotFound)):
        put_on_list(room, dirk)
    gives_back(taken)
    for deed in (desk_actions.accept_for, desk_actions.pass_on_for):
        with pytest.raises(HasMail):
            deed(hers.offer_id, by=amina)
    with pytest.raises((NotAllowed, NotFound)):
        desk_actions.accept_for(hers.offer_id, by=dirk)
    accept(hers.offer_id, by=eva)


def test_sent_twice_is_once_and_what_is_free_needs_no_list(room, amina, taken):
    first, second = (put_on_list(room, amina, mark="m" * 20) for _twice in range(2))
    assert first.id == second.id
    assert db.session.query(WaitingWish).count() == 1

    desk_actions.leave_for(first.id, by=amina)
    gives_back(taken)
    with pytest.raises(PlaceIsFree):
        put_on_list(room, amina)
    assert db.session.query(OutboxLetter).filter_by(template="waiting_offer").count() == 0


def test_from_the_telephone_to_a_certain_booking(client, room, amina, taken):
    a_session(amina, client)
    call = {
        "day": "2026-03-13",
        "from": "19:00",
        "to": "22:00",
        "people": "10",
        "title": "Darts",
        "purpose": "meeting",
        "whom": "new",
        "name": "Dora",
        "phone": "06 1234 5678",
        "kind": "private",
        "room": "hall",
    }
    page = client.post(f"{HOUSE}/phone", data=call)
    assert "Put them on the waiting list" in page.text

    [mark] = re.findall(r'name="submission" value="([^"]{16,})"', page.text)
    marked = {**call, "submission": mark}
    for _twice in range(2):
        listed = client.post(f"{HOUSE}/phone/wait", data=marked, follow_redirects=True).text
    assert "Dora is on the waiting list." in listed
    assert "Number 1 in line" in listed
    gives_back(taken)

    assert "Say yes or no for them" in client.get(HOUSE + "/").text
    offer = db.session.query(WaitingWish).one().offer_id
    waiting = client.get(f"{HOUSE}/waiting").text
    assert f"{HOUSE}/bookings/{offer}/offer/accept" in waiting
    done = client.post(f"{HOUSE}/bookings/{offer}/offer/accept", follow_redirects=True).text
    assert "Yes for Dora. The booking is certain." in done
    assert "Print a paper" in done
