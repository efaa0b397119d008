"""Whatever neighbours, houses and the clock do in whatever order, beside a model that a child could keep.

The model knows who has which space when, and nothing else. `HYPOTHESIS_PROFILE=deep` looks further.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace

import hypothesis
import pytest
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.exc import IntegrityError

from buurthuis.bookings import actions, changes
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.meaning import Wanted
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotBookable
from buurthuis.bookings.series import actions as series_actions
from buurthuis.bookings.series import changing, deciding
from buurthuis.bookings.series.along import Along
from buurthuis.bookings.series.changing_along import change_along
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.series.refusals import NothingLeft
from buurthuis.bookings.waiting.actions import accept, join, pass_on
from buurthuis.extras.models import Extra
from buurthuis.extras.wishes import Wanted as ExtraWanted
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE, Status
from buurthuis.upkeep import doctor
from buurthuis.upkeep.doctor_of_houses import extras_promised_twice
from buurthuis.venues.models import Approval
from tests.builders import (
    a_closure,
    a_manager,
    a_person,
    a_room,
    a_series_wish,
    a_venue,
    a_wish,
    an_extra,
    an_initiative,
    friday,
)
from tests.occupancy.test_random_life import forget_bookings

rooms = st.sampled_from(["east", "west", "hall"])
groups = st.integers(0, 2)
starts = st.integers(36, 42)  # in half hours: from 18:00 to 21:00
lengths = st.integers(1, 3)
weeks = st.integers(0, 2)
any_of_them = st.integers(0, 30)
SPACES = {"east": {"east"}, "west": {"west"}, "hall": {"east", "west"}}


@dataclass(frozen=True)
class Held:
    """Somebody has a room at a time; a status for a booking, none for a change that is asked."""

    room: str
    period: Period
    status: Status | None

    def is_in_the_way(self, room, period):
        return bool(SPACES[self.room] & SPACES[room]) and self.period.overlaps(period)


class AnyYear(RuleBasedStateMachine):
    """Two halves of a hall, three groups, a manager and a clock."""

    place = None

    @initialize()
    def open_the_house(self):
        self.bookings, self.asked, self.closed = {}, {}, []
        self.travel = time_machine.travel(clock.now(), tick=False)
        self.clock = self.travel.start()

    def teardown(self):
        if hasattr(self, "travel"):
            self.travel.stop()
        forget_bookings()

    # What the model knows

    def chairs(self):
        """There are two sets of chairs; every year puts them in the books anew."""
        found = db.session.query(Extra).first() or an_extra(self.place.venue, "chairs", stock=2)
        return found.id

    def is_free(self, room, period, *, besides=()):
        others = [held for number, held in self.bookings.items() if number not in besides]
        asked = [held for number, held in self.asked.items() if number not in besides]
        return not any(each.is_in_the_way(room, period) for each in [*others, *asked, *self.closed])

    def learn(self, booking):
        assert self.is_free(booking.room.slug, booking.period, besides={booking.id})
        self.bookings[booking.id] = Held(booking.room.slug, booking.period, booking.status)

    def learn_offers(self):
        """Whoever is first in line is offered what came free, in the same moment."""
        for booking in db.session.query(Booking).filter_by(status=Status.HELD):
            if booking.id not in self.bookings:
                self.learn(booking)

    def one(self, number, *statuses):
        found = sorted(each for each, held in self.bookings.items() if held.status in statuses)
        return db.session.get_one(Booking, found[number % len(found)]) if found else None

    def becomes(self, booking, status):
        self.bookings[booking.id] = replace(self.bookings[booking.id], status=status)

    def goes(self, *numbers):
        for number in numbers:
            self.bookings.pop(number, None)
            self.asked.pop(number, None)

    # What people do

    @rule(room=rooms, group=groups, start=starts, length=lengths, week=weeks)
    def somebody_books(self, room, group, start, length, week):
        person, initiative = self.place.groups[group]
        period = friday(start / 2, (start + length) / 2, weeks=week)
        try:
            booking = actions.book(
                self.place.rooms[room], a_wish(period), by=person, for_=initiative
            )
        except (RoomTaken, NotBookable):
            assert not self.is_free(room, period)
        else:
            expected = Status.REQUESTED if room == "west" else Status.CONFIRMED
            assert booking.status == expected
            self.learn(booking)

    @rule(room=rooms, group=groups, start=starts, count=st.integers(2, 3))
    def a_group_wants_every_week(self, room, group, start, count):
        person, initiative = self.place.groups[group]
        wish = a_series_wish(f"FREQ=WEEKLY;COUNT={count}", start / 2, start / 2 + 1)
        periods = [friday(start / 2, start / 2 + 1, weeks=week) for week in range(count)]
        try:
            made = series_actions.book_series(
                self.place.rooms[room], wish, by=person, for_=initiative
            )
        except (RoomTaken, NotBookable):
            assert not all(self.is_free(room, period) for period in periods)
        else:
            for booking in db.session.query(Booking).filter_by(series_id=made.id):
                self.learn(booking)

    @rule(number=any_of_them, start=starts)
    def a_series_gets_another_time(self, number, start):
        found = db.session.query(Series).order_by(Series.id).all()
        if not found:
            return
        series = found[number % len(found)]
        minutes = {"starts_minute": start * 30, "ends_minute": start * 30 + 60}
        try:
            done = changing.change_series(
                series.id, series.first_on, by=self.place.amina, **minutes
            )
        except Refusal:
            db.session.rollback()
            return
        moved = {booking.id for booking in done.changed}
        for booking in done.changed:
            assert self.is_free(booking.room.slug, booking.period, besides=moved | set(self.asked))
            self.bookings[booking.id] = Held(booking.room.slug, booking.period, booking.status)
        self.forget_answered_changes()
        self.learn_offers()

    @rule(number=any_of_them, count=st.integers(0, 2))
    def a_series_takes_chairs_along(self, number, count):
        found = db.session.query(Series).order_by(Series.id).all()
        if not found:
            return
        series = found[number % len(found)]
        along = Along((ExtraWanted(self.chairs(), count),) if count else ())
        try:
            done = change_along(
                series.id, series.first_on, along, by=self.place.amina, without=None
            )
        except Refusal:
            db.session.rollback()
        else:
            assert {each.id for each in done.changed} <= self.bookings.keys()

    @rule(number=any_of_them)
    def a_series_ends(self, number):
        found = db.session.query(Series).order_by(Series.id).all()
        if not found:
            return
        series = found[number % len(found)]
        try:
            ended = deciding.cancel_all(series.id, series.first_on, by=self.place.amina)
        except NothingLeft:
            return
        self.goes(*(booking.id for booking in ended))
        self.forget_answered_changes()
        self.learn_offers()

    @rule(number=any_of_them, yes=st.booleans())
    def the_house_answers(self, number, yes):
        booking = self.one(number, Status.REQUESTED)
        if booking is None:
            return
        if yes:
            actions.approve(booking.id, by=self.place.amina)
            self.becomes(booking, Status.CONFIRMED)
        else:
            actions.refuse(booking.id, by=self.place.amina, reason="No.")
            self.goes(booking.id)
            self.learn_offers()

    @rule(number=any_of_them)
    def somebody_cancels(self, number):
        booking = self.one(number, *LIVE)
        if booking is None or booking.status == Status.HELD:
            return
        actions.cancel(booking.id, by=booking.booked_by)
        self.goes(booking.id)
        self.forget_answered_changes()
        self.learn_offers()

    @rule(number=any_of_them, room=rooms, start=starts, length=lengths)
    def somebody_wants_another_place(self, number, room, start, length):
        booking = self.one(number, Status.REQUESTED, Status.CONFIRMED)
        if booking is None:
            return
        week = (booking.from_at.date() - friday(12, 13).start.date()).days // 7
        period = friday(start / 2, (start + length) / 2, weeks=week)
        mine = {booking.id, *self.changes_of(booking)}
        before = self.bookings[booking.id]
        try:
            sent = changes.send(
                booking.id, Wanted(self.place.rooms[room], period), by=booking.booked_by
            )
        except (RoomTaken, NotBookable):
            assert not self.is_free(room, period, besides={booking.id})
            return
        except Refusal:
            db.session.rollback()
            return
        self.forget_answered_changes()
        if sent.change is None:
            assert self.is_free(room, period, besides=mine)
            self.bookings[booking.id] = Held(room, period, before.status)
        else:
            assert booking.status == Status.CONFIRMED
            assert self.is_free(room, period, besides=mine)
            self.asked[-sent.change.id] = Held(room, period, None)
        self.learn_offers()

    @rule(number=any_of_them, yes=st.booleans())
    def the_house_answers_a_change(self, number, yes):
        if not self.asked:
            return
        key = sorted(self.asked)[number % len(self.asked)]
        if yes:
            booking = changes.approve(-key, by=self.place.amina)
            asked = self.asked.pop(key)
            self.bookings[booking.id] = replace(asked, status=Status.CONFIRMED)
        else:
            changes.refuse(-key, by=self.place.amina, reason="No.")
            self.goes(key)
        self.learn_offers()

    @rule(room=rooms, group=groups, start=starts, length=lengths, week=weeks)
    def somebody_waits(self, room, group, start, length, week):
        person, initiative = self.place.groups[group]
        period = friday(start / 2, (start + length) / 2, weeks=week)
        try:
            join(
                self.place.venue,
                self.place.rooms[room],
                a_wish(period),
                by=person,
                for_=initiative,
            )
        except Refusal:
            db.session.rollback()
        else:
            assert not self.is_free(room, period)

    @rule(number=any_of_them, yes=st.booleans())
    def somebody_answers_an_offer(self, number, yes):
        booking = self.one(number, Status.HELD)
        if booking is None:
            return
        if yes:
            self.becomes(booking, accept(booking.id, by=booking.booked_by).status)
        else:
            pass_on(booking.id, by=booking.booked_by)
            self.goes(booking.id)
            self.learn_offers()

    @precondition(lambda self: len(self.closed) < 3)
    @rule(room=rooms, start=starts, week=weeks)
    def the_house_closes(self, room, start, week):
        period = friday(start / 2, start / 2 + 1, weeks=week)
        try:
            a_closure(self.place.venue, period, self.place.rooms[room])
        except IntegrityError:
            db.session.rollback()
            assert not self.is_free(room, period)
        else:
            assert self.is_free(room, period)
            self.closed.append(Held(room, period, None))

    @rule(hours=st.sampled_from([1, 7, 26]))
    def time_passes(self, hours):
        self.clock.shift(timedelta(hours=hours))
        actions.expire_holds()
        late = [
            booking.id
            for booking in db.session.query(Booking).filter_by(status=Status.EXPIRED)
            if booking.id in self.bookings
        ]
        assert {self.bookings[number].status for number in late} <= {Status.HELD}
        self.goes(*late)
        self.learn_offers()

    def changes_of(self, booking):
        found = db.session.query(ChangeRequest.id).filter_by(booking_id=booking.id)
        return {-number for (number,) in found}

    def forget_answered_changes(self):
        """A booking that goes or moves takes back what was asked about it."""
        for key in list(self.asked):
            if db.session.get_one(ChangeRequest, -key).status != ChangeStatus.ASKED:
                self.goes(key)

    # What is always true

    @invariant()
    def the_database_knows_the_same(self):
        if not hasattr(self, "bookings"):
            return
        db.session.expire_all()
        live = db.session.query(Booking).filter(Booking.status.in_(LIVE))
        known = {each.id: Held(each.room.slug, each.period, each.status) for each in live}
        assert known == self.bookings

    @invariant()
    def each_live_booking_holds_its_spaces(self):
        if not hasattr(self, "bookings"):
            return
        held = db.session.query(Occupancy).filter(Occupancy.change_id.is_(None))
        spaces = sorted((each.booking_id, each.space_id) for each in held if each.booking_id)
        names = {room.id: slug for slug, room in self.place.rooms.items()}
        expected = sorted(
            (number, self.place.rooms[slug].id)
            for number, each in self.bookings.items()
            for slug in SPACES[each.room]
        )
        assert [(n, names[s]) for n, s in spaces] == [(n, names[s]) for n, s in expected]

    @invariant()
    def the_doctor_finds_nothing(self):
        assert doctor.overlaps() == doctor.claims_and_bookings() == []
        assert doctor.shares() == doctor.sums() == extras_promised_twice() == []


@pytest.fixture
def place(app):
    venue = a_venue()
    east = a_room(venue, slug="east", approval=Approval.ALWAYS, capacity=40)
    west = a_room(venue, slug="west", approval=Approval.ASK, capacity=40)
    hall = a_room(venue, slug="hall", parts=[east, west], approval=Approval.ALWAYS, capacity=80)
    people = [a_person(f"Neighbour{number}") for number in range(3)]
    return SimpleNamespace(
        venue=venue,
        rooms={"east": east, "west": west, "hall": hall},
        groups=[(each, an_initiative(each, name=each.name)) for each in people],
        amina=a_manager(venue),
    )


def test_any_year(place):
    class Year(AnyYear):
        pass

    Year.place = place
    is_deep = hypothesis.settings.default.max_examples > 100
    settings = hypothesis.settings(
        max_examples=100 if is_deep else 6,
        stateful_step_count=40 if is_deep else 20,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    run_state_machine_as_test(Year, settings=settings)
