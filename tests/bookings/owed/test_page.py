"""The page of what groups owe: one decides there, and may decide again."""

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.bookings.owed.models import State
from buurthuis.bookings.owed.queries import owed_for
from buurthuis.foundation.db import db
from buurthuis.pages import desk_owed
from buurthuis.rules.cancellation import NoticeUnit
from buurthuis.tariffs.models import RateCard
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_policy,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    an_owed,
    friday,
)

PAGE = "/houses/de-meevaart/owed"


@pytest.fixture
def room(app):
    return a_room(a_venue("de-meevaart"))


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram)


@pytest.fixture
def noor(room, sign_in):
    """The treasurer, at the page."""
    person = a_person("Noor")
    a_role(person, RoleName.TREASURER, room.venue)
    return sign_in(person)


@pytest.fixture
def late(room, bram, cafe):
    booking = a_booking(room, friday(10, 12), by=bram, for_=cafe)
    an_owed(booking)
    return booking


def decide(desk, booking, **typed):
    return desk.post(f"/houses/de-meevaart/bookings/{booking.id}/owed", data=typed)


def test_an_empty_amount_is_no_decision_and_nothing_has_a_button(late, noor):
    answer = decide(noor, late, cents="", reason="They were ill.")

    assert answer.status_code == 422
    assert "Write the amount, or press" in answer.text
    assert "late more often this year" not in answer.text
    assert owed_for(late).state == State.DUE
    assert decide(noor, late, cents="x", reason="They were ill.", nothing="y").status_code == 303
    assert owed_for(late).state == State.WAIVED


def test_what_was_let_go_is_decided_again(late, noor):
    decide(noor, late, reason="They were ill.", nothing="y")
    page = noor.get(PAGE).text

    assert "Lately let go" in page
    assert "They pay nothing for it." in page
    assert f"/houses/de-meevaart/bookings/{late.id}/owed" in page
    decide(noor, late, cents="10", reason="One of them was ill.")
    assert (owed_for(late).state, owed_for(late).cents) == (State.DUE, 1000)


def test_who_has_no_mail_is_called(room, cafe, bram, late, noor):
    bram.email, bram.phone = None, "06 1234 5678"
    db.session.commit()
    decide(noor, late, reason="They were ill.", nothing="y")

    assert "Bram has no e-mail. Call 06 1234 5678." in noor.get(PAGE).text


def test_the_page_says_how_many_more_wait(room, cafe, bram, noor, monkeypatch):
    monkeypatch.setattr(desk_owed, "PER_PAGE", 1)
    for hour in (10, 12, 14):
        an_owed(a_booking(room, friday(hour, hour + 2), by=bram, for_=cafe), state=State.TO_DECIDE)

    assert "2 more wait for you." in noor.get(PAGE).text


def test_the_desk_says_who_cancels_and_what_it_costs_the_group(room, bram, cafe, sign_in):
    a_policy(db.session.scalars(select(RateCard)).one(), (30, NoticeUnit.DAYS, 0))
    heating, flu = (
        a_confirmed_booking(room, friday(at, at + 2), by=bram, for_=cafe) for at in (9, 14)
    )
    amina = sign_in(a_manager(room.venue))

    page = amina.get(f"/me/bookings/{flu.id}/cancel").text
    amina.post(f"/me/bookings/{heating.id}/cancel")
    amina.post(f"/me/bookings/{flu.id}/cancel", data={"for_group": "yes"})

    assert "It is late. The group pays" in page
    assert owed_for(heating) is None
    assert owed_for(flu).cents == flu.total_cents > 0
