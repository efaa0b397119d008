"""Several rooms at once are booked, answered and cancelled together."""

import pytest

from buurthuis.bookings import actions
from buurthuis.bookings.bundles.actions import (
    approve_bundle,
    book_together,
    cancel_bundle,
    refuse_bundle,
)
from buurthuis.bookings.bundles.queries import beside
from buurthuis.bookings.refusals import (
    OneHouseOnly,
    PriceChanged,
    SomeNotBookable,
    SomeTaken,
    WrongState,
)
from buurthuis.extras.queries import extras_with
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation import ical
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy.claims import is_held
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    a_wish,
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


def a_hall_and_kitchen(**facts):
    venue = a_venue(email="house@people.example", **facts)
    hall = a_room(venue, name="Hall", capacity=30, approval=Approval.ALWAYS)
    return hall, a_room(venue, name="Kitchen", capacity=8, approval=Approval.ALWAYS)


def letters_sent():
    return list(db.session.query(OutboxLetter).order_by(OutboxLetter.created_at))


def test_several_rooms_are_booked_in_one_go(bram, group):
    hall, kitchen = a_hall_and_kitchen()
    beamer = an_extra(hall.venue)
    wish = a_wish(friday(10, 12), people=33, extras=(Wanted(beamer.id, 1),))

    bookings = book_together([hall, kitchen], wish, by=bram, for_=group, seen_total=4000)

    assert [(each.room.name, each.people, each.status) for each in bookings] == [
        ("Hall", 30, Status.CONFIRMED),
        ("Kitchen", 3, Status.CONFIRMED),
    ]
    assert len({each.bundle_id for each in bookings}) == 1
    assert beside(bookings[0]) == [bookings[1]]
    assert list(extras_with([each.id for each in bookings])) == [bookings[0].id]


def test_one_letter_tells_of_all_rooms(bram, group):
    hall, kitchen = a_hall_and_kitchen()

    book_together([hall, kitchen], a_wish(friday(10, 12)), by=bram, for_=group)

    [letter] = letters_sent()
    assert letter.template == "booking_confirmed"
    assert letter.facts["room_name"] == "Hall, Kitchen"
    assert letter.facts["total_cents"] == 4000
    assert ical.as_written(letter.calendar).count("BEGIN:VEVENT") == 2


def test_all_rooms_or_none(bram, group):
    hall, kitchen = a_hall_and_kitchen()
    a_booking(kitchen, friday(11, 13), people=5)

    with pytest.raises(SomeTaken):
        book_together([hall, kitchen], a_wish(friday(10, 12)), by=bram, for_=group)

    a_booking(hall, friday(10, 12))


def test_people_must_fit_in_all_rooms_together(bram, group):
    with pytest.raises(SomeNotBookable):
        book_together(a_hall_and_kitchen(), a_wish(friday(10, 12), people=39), by=bram, for_=group)


def test_a_hall_and_its_own_part_are_no_bundle(bram, group):
    venue = a_venue()
    part = a_room(venue)
    hall = a_room(venue, parts=[part, a_room(venue)])

    with pytest.raises(SomeTaken):
        book_together([hall, part], a_wish(friday(10, 12)), by=bram, for_=group)


def test_rooms_of_two_houses_are_no_bundle(bram, group):
    with pytest.raises(OneHouseOnly) as refusal:
        book_together([a_room(), a_room()], a_wish(friday(10, 12)), by=bram, for_=group)
    assert sentence_of(refusal.value)


def test_sending_twice_books_once(bram, group):
    rooms, wish = a_hall_and_kitchen(), a_wish(friday(10, 12))
    once, twice = (
        book_together(rooms, wish, by=bram, for_=group, submission="a" * 20) for _ in range(2)
    )

    assert [each.id for each in once] == [each.id for each in twice]


def test_the_price_of_all_rooms_is_what_was_seen(bram, group):
    with pytest.raises(PriceChanged) as refusal:
        book_together(
            a_hall_and_kitchen(), a_wish(friday(10, 12)), by=bram, for_=group, seen_total=2000
        )
    assert refusal.value.total_cents == 4000


@pytest.mark.parametrize("occupies", [True, False])
def test_when_one_room_needs_an_answer_all_wait_for_it(bram, group, occupies):
    hall, _ = a_hall_and_kitchen(requests_occupy=occupies)
    rooms = [hall, a_room(hall.venue)]
    bookings = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)
    assert {each.status for each in bookings} == {Status.REQUESTED}
    assert [is_held(each.id) for each in bookings] == [occupies, occupies]

    approve_bundle(bookings[0].bundle_id, by=a_manager(hall.venue, "Amina"))

    assert {each.status for each in bookings} == {Status.CONFIRMED}
    assert all(is_held(each.id) for each in bookings)


def test_a_no_is_for_all_rooms(bram, group):
    hall, _ = a_hall_and_kitchen()
    rooms = [hall, a_room(hall.venue)]
    bookings = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)
    amina = a_manager(hall.venue, "Amina")

    refuse_bundle(bookings[0].bundle_id, by=amina, reason="There is a party")

    assert {each.refusal_reason for each in bookings} == {"There is a party"}
    assert letters_sent()[-1].facts["room_name"].startswith("Hall, ")
    with pytest.raises(WrongState):
        approve_bundle(bookings[0].bundle_id, by=amina)


def test_a_bundle_is_cancelled_at_once_or_one_by_one(bram, group):
    rooms = a_hall_and_kitchen()
    bookings = book_together(rooms, a_wish(friday(10, 12)), by=bram, for_=group)

    actions.cancel(bookings[1].id, by=bram)
    assert bookings[0].status == Status.CONFIRMED
    cancel_bundle(bookings[0].bundle_id, by=bram)

    assert bookings[0].status == Status.CANCELLED
    with pytest.raises(WrongState):
        cancel_bundle(bookings[0].bundle_id, by=bram)


def test_dirk_has_no_business_with_a_bundle(bram, group):
    bookings = book_together(a_hall_and_kitchen(), a_wish(friday(10, 12)), by=bram, for_=group)
    dirk = a_person("Dirk")

    for verb in (cancel_bundle, approve_bundle):
        with pytest.raises(NotFound):
            verb(bookings[0].bundle_id, by=dirk)
    with pytest.raises(NotFound):
        cancel_bundle(10**6, by=dirk)
