"""Whatever happens to a booking, the calendar of who booked it ends with what the feed says."""

import random

import pytest

from buurthuis.accounts.models import Membership
from buurthuis.bookings import actions, changes, second_thoughts
from buurthuis.bookings.bundles.actions import approve_bundle, book_together, cancel_bundle
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import Wanted
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series import actions as series
from buurthuis.bookings.series import answering, deciding
from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.queries import bookings_of
from buurthuis.bookings.waiting import actions as waiting
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.letters import render
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.closing import Fate, close_over
from buurthuis.imports.house import HouseClosure
from buurthuis.rules.answers import AT_ONCE, TIME_TO_THINK
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.builders import (
    FRIDAY,
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_membership,
    a_person,
    a_room,
    a_series,
    a_venue,
    a_waiting_wish,
    a_wish,
    an_initiative,
    friday,
)
from tests.calendar_app import CalendarApp, insist_it_says_what_the_feed_says


@pytest.fixture
def house(app):
    return a_venue(
        "meevaart", name="De Meevaart", email="meevaart@buurthuis.example", street="Straat 1"
    )


@pytest.fixture
def hall(house):
    """A room for which the house is asked."""
    return a_room(house, slug="zaal", name="Zaal", approval=Approval.ASK)


@pytest.fixture
def studio(house):
    """A room that says yes by itself."""
    return a_room(house, slug="atelier", name="Atelier", approval=Approval.ALWAYS)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram, name="Repair café")


@pytest.fixture
def amina(house):
    return a_manager(house, "Amina")


@pytest.fixture
def calendar(bram):
    return CalendarApp(bram)


def hears(calendar, *methods):
    """What came by mail, and that it says what the feed says."""
    assert tuple(calendar.reads_mail()) == methods
    insist_it_says_what_the_feed_says(calendar)


def test_a_booking_comes_moves_gets_a_name_and_goes(hall, studio, bram, cafe, amina, calendar):
    booking = a_booking(hall, friday(10, 12), by=bram, for_=cafe)
    hears(calendar)
    actions.approve(booking.id, by=amina)
    hears(calendar, "REQUEST")
    changes.move(booking.id, hall, friday(10, 11), by=bram)
    hears(calendar, "REQUEST")
    changes.edit(booking.id, by=bram, title="Fietsen maken")
    changes.edit(booking.id, by=bram, title="Fietsen maken; en lampen")
    hears(calendar, "REQUEST")
    changes.edit(booking.id, by=bram, remark="Graag koffie")
    hears(calendar)
    actions.cancel(booking.id, by=bram)
    hears(calendar, "CANCEL")
    assert calendar.standing == set()


def test_a_name_that_is_gone_by_then_is_not_told(studio, bram, cafe, calendar):
    booking = a_booking(studio, friday(10, 12), by=bram, for_=cafe)
    hears(calendar, "REQUEST")
    changes.edit(booking.id, by=bram, title="Fietsen maken")
    actions.cancel(booking.id, by=bram)
    hears(calendar, "CANCEL")


def test_what_was_never_certain_is_in_no_calendar(hall, bram, cafe, amina, calendar):
    one, other = (a_booking(hall, friday(at, at + 1), by=bram, for_=cafe) for at in (10, 14))
    changes.edit(one.id, by=bram, title="Anders")
    actions.refuse(one.id, by=amina, reason="Vol")
    actions.cancel(other.id, by=bram)
    hears(calendar)


def test_a_yes_that_is_taken_back_never_was(hall, bram, cafe, amina, calendar):
    booking = a_booking(hall, friday(10, 12), by=bram, for_=cafe)
    actions.approve(booking.id, by=amina, lies_for=TIME_TO_THINK)
    second_thoughts.undo(booking.id, by=amina)
    hears(calendar)
    actions.approve(booking.id, by=amina)
    hears(calendar, "REQUEST")


def test_a_change_that_is_asked_for_comes_with_the_yes(hall, studio, bram, cafe, amina, calendar):
    booking = a_confirmed_booking(hall, friday(10, 12), by=bram, for_=cafe)
    calendar.reads_mail()
    wanted = Wanted(hall, friday(14, 16), {"title": "Later"})
    asked = changes.send(booking.id, wanted, by=bram).change
    hears(calendar)
    changes.approve(asked.id, by=amina, lies_for=TIME_TO_THINK)
    changes.take_back(asked.id, by=amina)
    hears(calendar)
    changes.approve(asked.id, by=amina)
    hears(calendar, "REQUEST")
    asked = changes.send(booking.id, Wanted(hall, friday(18, 20)), by=bram).change
    changes.refuse(asked.id, by=amina, reason="Nee")
    hears(calendar)


def test_another_house_invites_once_the_first_has_called_it_off(hall, bram, cafe, amina, calendar):
    other = a_room(a_venue("werkplaats", email="werkplaats@buurthuis.example"))
    booking = a_confirmed_booking(hall, friday(10, 12), by=bram, for_=cafe)
    hears(calendar, "REQUEST")
    asked = changes.send(booking.id, Wanted(other, friday(14, 16)), by=bram).change
    chandra = a_manager(other.venue, "Chandra")
    changes.approve(asked.id, by=chandra, lies_for=TIME_TO_THINK)
    changes.take_back(asked.id, by=chandra)
    hears(calendar)
    changes.approve(asked.id, by=chandra, lies_for=TIME_TO_THINK)
    hears(calendar, "CANCEL", "REQUEST")
    [entry] = calendar.entries.values()
    assert entry.organiser == "mailto:werkplaats@buurthuis.example"
    actions.cancel(booking.id, by=bram)
    hears(calendar, "CANCEL")


def test_days_of_a_series_come_in_one_file_and_each_changes_by_itself(
    hall, bram, cafe, amina, calendar
):
    choir = a_series(hall, by=bram, for_=cafe)
    hears(calendar)
    deciding.approve_series(choir.id, by=amina)
    hears(calendar, "PUBLISH")
    second, third = bookings_of(choir)[1:3]
    changes.move(second.id, hall, friday(19, 20, weeks=1), by=bram)
    hears(calendar, "REQUEST")
    actions.cancel(third.id, by=bram)
    hears(calendar, "CANCEL")
    change_series(choir.id, FRIDAY, by=bram, title="Groot koor")
    hears(calendar, "PUBLISH")
    change_series(choir.id, FRIDAY, by=bram, starts_minute=20 * 60, ends_minute=22 * 60)
    hears(calendar)
    answering.approve_change(choir.id, by=amina)
    hears(calendar, "PUBLISH")
    deciding.cancel_all(choir.id, FRIDAY, by=bram)
    hears(calendar, "PUBLISH")
    assert calendar.standing == set()


def test_days_that_change_at_once_beside_days_that_are_asked_for(
    hall, studio, bram, cafe, amina, calendar
):
    choir = a_series(studio, "FREQ=WEEKLY;COUNT=3", by=bram, for_=cafe)
    hears(calendar, "PUBLISH")
    series.extend_series(choir.id, FRIDAY.replace(month=4, day=3), by=bram)
    hears(calendar, "REQUEST")
    actions.cancel(bookings_of(choir)[0].id, by=bram)
    series.add_day(choir.id, FRIDAY, by=bram)
    hears(calendar, "CANCEL", "REQUEST")


def test_rooms_together_come_and_go_together(hall, studio, bram, cafe, amina, calendar):
    rooms = book_together([hall, studio], a_wish(friday(10, 12)), by=bram, for_=cafe)
    hears(calendar)
    approve_bundle(rooms[0].bundle_id, by=amina)
    hears(calendar, "PUBLISH")
    actions.cancel(rooms[1].id, by=bram)
    hears(calendar, "CANCEL")
    cancel_bundle(rooms[0].bundle_id, by=amina)
    hears(calendar, "CANCEL")


def test_a_file_says_that_it_is_opened_by_hand(house, studio, bram, cafe):
    other = a_room(house, approval=Approval.ALWAYS)
    rooms = book_together([studio, other], a_wish(friday(10, 12)), by=bram, for_=cafe)
    cancel_bundle(rooms[0].bundle_id, by=bram)
    asked = db.session.query(OutboxLetter).filter_by(template="booking_cancelled")
    letter = asked.filter_by(recipient=bram.email).one()
    assert "Open the file with this mail." in render(letter.template, "en", letter.facts).body


def test_a_closure_moves_one_and_calls_another_off(
    house, hall, studio, bram, cafe, amina, calendar
):
    hall.approval = Approval.ALWAYS
    booked = [a_booking(hall, friday(at, at + 1), by=bram, for_=cafe) for at in (10, 14, 18)]
    hears(calendar, "REQUEST", "REQUEST", "REQUEST")
    closed = friday(9, 16)
    closure = HouseClosure(closed.start, closed.end, ("zaal",), "Lekkage")
    fates = [
        Fate(booked[0].id, booked[0].sequence, "atelier"),
        Fate(booked[1].id, booked[1].sequence),
    ]
    close_over("meevaart", closure, fates, by=amina, reason="Lekkage")
    hears(calendar, "PUBLISH")
    closed = friday(17, 22)
    closure = HouseClosure(closed.start, closed.end, ("zaal",), "Lekkage")
    close_over("meevaart", closure, [Fate(booked[2].id, booked[2].sequence)], by=amina, reason="x")
    hears(calendar, "CANCEL")


def test_a_place_of_the_waiting_list_comes_with_the_yes(studio, bram, cafe, calendar):
    taken = a_booking(studio, friday(10, 12), by=a_person("Dirk"))
    a_waiting_wish(studio, friday(10, 12), by=bram, for_=cafe)
    actions.cancel(taken.id, by=taken.booked_by)
    hears(calendar)
    offer = db.session.query(Booking).filter_by(status=Status.HELD).one()
    waiting.accept(offer.id, by=bram)
    hears(calendar, "REQUEST")


def test_each_of_the_group_who_is_told_has_an_own_invitation(studio, bram, cafe):
    chandra = a_person("Chandra")
    a_membership(chandra, cafe)
    theirs = db.session.get_one(Membership, (chandra.id, cafe.id))
    theirs.is_contact = True
    db.session.commit()
    a_booking(studio, friday(10, 12), by=bram, for_=cafe)
    for person in (bram, chandra):
        calendar = CalendarApp(person)
        hears(calendar, "REQUEST")


def test_who_wants_none_gets_the_letter_alone(studio, bram, cafe, calendar):
    bram.invite_to_bookings = False
    db.session.commit()
    booking = a_booking(studio, friday(10, 12), by=bram, for_=cafe)
    changes.edit(booking.id, by=bram, title="Fietsen maken")
    actions.cancel(booking.id, by=bram)
    assert calendar.reads_mail() == []
    mine = db.session.query(OutboxLetter).filter_by(recipient=bram.email)
    told = {each.template: each for each in mine}
    assert told.keys() == {"booking_cancelled", "booking_confirmed"}
    sure = told["booking_confirmed"]
    assert "own calendar" not in render(sure.template, "en", sure.facts).body


def test_a_house_without_an_address_tells_what_it_can(studio, bram, cafe, house, calendar):
    house.email = ""
    db.session.commit()
    booking = a_booking(studio, friday(10, 12), by=bram, for_=cafe)
    hears(calendar, "PUBLISH")
    actions.cancel(booking.id, by=bram)
    hears(calendar, "PUBLISH")


TIMES = [friday(start, start + 2) for start in (9, 12, 15, 18)]


class Walk:
    """Whatever chance lets Bram and Amina do, with two rooms and three bookings to begin with."""

    def __init__(self, seed, rooms, bram, cafe, amina):
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.rooms, self.bram, self.cafe, self.amina = rooms, bram, cafe, amina
        self.verbs = (self.books, self.says_yes, self.moves, self.renames, self.asks, self.agrees)
        self.verbs += (self.thinks_again, self.cancels)
        for period in TIMES[:3]:
            a_booking(self.chance.choice(rooms), period, by=bram, for_=cafe)

    def takes_a_step(self):
        try:
            self.chance.choice(self.verbs)()
        except Refusal:
            db.session.rollback()

    def one_of(self, table):
        return self.chance.choice(db.session.query(table).order_by(table.id).all())

    def books(self):
        room, period = self.chance.choice(self.rooms), self.chance.choice(TIMES)
        a_booking(room, period, by=self.bram, for_=self.cafe)

    def says_yes(self):
        lies_for = self.chance.choice([AT_ONCE, TIME_TO_THINK])
        actions.approve(self.one_of(Booking).id, by=self.amina, lies_for=lies_for)

    def moves(self):
        room, period = self.chance.choice(self.rooms), self.chance.choice(TIMES)
        changes.move(self.one_of(Booking).id, room, period, by=self.chance.choice(self.both))

    def renames(self):
        title = self.chance.choice(["Koor", "Soep", "Naaien"])
        changes.edit(self.one_of(Booking).id, by=self.chance.choice(self.both), title=title)

    def asks(self):
        wanted = Wanted(self.rooms[0], self.chance.choice(TIMES), {"title": "Anders"})
        changes.send(self.one_of(Booking).id, wanted, by=self.bram)

    def agrees(self):
        lies_for = self.chance.choice([AT_ONCE, TIME_TO_THINK])
        for change in db.session.query(ChangeRequest).filter_by(status="asked"):
            changes.approve(change.id, by=self.amina, lies_for=lies_for)

    def thinks_again(self):
        for change in db.session.query(ChangeRequest).filter_by(status="approved"):
            changes.take_back(change.id, by=self.amina)
        second_thoughts.undo(self.one_of(Booking).id, by=self.amina)

    def cancels(self):
        actions.cancel(self.one_of(Booking).id, by=self.chance.choice(self.both))

    @property
    def both(self):
        return self.bram, self.amina


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_in_whatever_order(seed, hall, studio, bram, cafe, amina, calendar):
    walk = Walk(seed, (hall, studio), bram, cafe, amina)
    for _step in range(14):
        walk.takes_a_step()
        if walk.chance.random() < 0.4:
            calendar.reads_mail()
            insist_it_says_what_the_feed_says(calendar)
    calendar.reads_mail()
    insist_it_says_what_the_feed_says(calendar)
    assert "REQUEST" in calendar.methods
