"""A shift on the phone when its booking moved, when the phone is wrong, and where hosts look after a house."""

from datetime import timedelta

import pytest

from buurthuis.foundation.db import db
from buurthuis.roster.models import Part, RosterRules, ShiftKind
from buurthuis.roster.tonight import actions, queries
from buurthuis.roster.tonight.asking import ask_whether_closed
from buurthuis.roster.tonight.models import Moment
from buurthuis.venues.models import Approval
from tests.builders import a_booking, a_room, a_venue, friday
from tests.roster.evening import a_coordinator, an_evening, at
from tests.roster.key_people import a_duty, a_key_holder
from tests.roster.shifts import shifts_of, templates


@pytest.fixture
def evening(app):
    found = an_evening()
    found.nadia = a_coordinator(found.house)
    return found


def test_a_booking_that_moved_far_takes_the_page_of_its_shift_along(evening, sign_in):
    evening.booking.from_at += timedelta(days=5)
    evening.booking.to_at += timedelta(days=5)
    db.session.commit()

    page = sign_in(evening.amina).get(f"/me/tonight/{evening.opening.id}").text
    assert "not needed any more" not in page
    assert "Wednesday 18 March, 18:45 to 19:00" in page
    assert "Grote zaal" in page


def test_who_falls_ill_finds_the_way_out_on_the_page_of_the_shift_until_it_begins(evening, sign_in):
    way_out = f'href="/me/duties/{evening.closing.id}"'
    for minutes, is_there in ((0, True), (59, True), (60, False)):
        with at(20, minutes=minutes):
            page = sign_in(evening.amina).get(f"/me/tonight/{evening.closing.id}").text
            assert (way_out in page) is is_there, minutes
            assert (
                way_out not in sign_in(evening.nadia).get(f"/me/tonight/{evening.closing.id}").text
            )


def test_what_a_phone_kept_too_long_is_refused_and_the_page_says_why_once(evening, sign_in):
    actions.write_checklist(evening.house, Moment.CLOSING, ["Ramen dicht"], by=evening.nadia)
    line = queries.checklist_of(evening.house, Moment.CLOSING)[0]
    browser, address = sign_in(evening.amina), f"/me/tonight/{evening.closing.id}"
    with at(23):
        kept = [
            browser.post(f"{address}/tick?item={line.id}", data={"quiet": "yes"}) for _ in range(2)
        ]
        page = browser.get(address).text

    assert [answer.status_code for answer in kept] == [409, 409]
    assert page.count("This shift is over. Call the coordinator.") == 1


@pytest.fixture
def hosts(app):
    """A house open from nine to nine, where two hosts take over from each other and nobody closes."""
    house = a_venue("meevaart", name="De Meevaart")
    facts = {"openers": 0, "closers": 0, "hosts": 1, "longest_minutes": 540}
    db.session.add(RosterRules(venue_id=house.id, **facts))
    booking = a_booking(a_room(house, approval=Approval.ALWAYS), friday(9, 21))
    people = [a_key_holder(house, name) for name in ("Amina", "Bram")]
    shifts = shifts_of(house)
    return [
        a_duty(person, house, booking.id, shift.period, kind=ShiftKind.HOST, watch=shift.watch)
        for person, shift in zip(people, shifts, strict=True)
    ]


def test_where_nobody_closes_the_last_host_does_and_is_asked_about_it(hosts, sign_in):
    morning, evening = hosts
    with at(12):
        assert "Closed and armed" not in sign_in(morning.person).get("/me/tonight").text
    with at(15):
        assert ask_whether_closed() == 0, "the other one is there"
        page = sign_in(evening.person).get("/me/tonight").text
        assert "Closed and armed" in page
        assert "action-bar" not in page, "nobody closes by mistake in the afternoon"
    with at(20, minutes=30):
        assert "action-bar" in sign_in(evening.person).get("/me/tonight").text
    with at(21, minutes=45):
        assert (ask_whether_closed(), ask_whether_closed()) == (1, 0)
    assert templates(evening.person) == ["house_not_closed"]
    assert templates(morning.person) == []


def test_of_two_who_close_each_back_up_finds_their_own_shift(evening, sign_in):
    db.session.add(RosterRules(venue_id=evening.house.id, closers=2))
    db.session.commit()
    together = a_key_holder(evening.house, "Carla"), a_key_holder(evening.house, "Bram")
    for person, part in zip(together, (Part.HOLDER, Part.BACKUP), strict=True):
        closing = friday(21, 21.25)
        second = a_duty(
            person, evening.house, evening.booking.id, closing,
            kind=ShiftKind.CLOSE, part=part, place=1,
        )  # fmt: skip

    page = sign_in(together[1]).get(f"/me/tonight/{second.id}").text
    assert "not needed any more" not in page
    assert "You are the back-up" in page
