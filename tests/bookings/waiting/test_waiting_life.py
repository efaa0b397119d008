"""A random life of the waiting list: nobody is forgotten, nobody slips in, no place has two holders."""

import os
import random
from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions, changes
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import check
from buurthuis.bookings.waiting import queries
from buurthuis.bookings.waiting.actions import accept, join, leave, pass_on
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.wishes import Order
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Refusal
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import Turn
from buurthuis.upkeep import doctor
from buurthuis.venues.known import bookable_rooms
from buurthuis.venues.models import Approval
from tests.builders import a_person, a_room, a_venue, a_wish, an_initiative, friday

GROUPS, STEPS = 4, 32
TIMES = [friday(18, 20), friday(19, 20), friday(19, 21), friday(20, 21)]


class Life:
    """A hall of two parts and a kitchen, four groups, and whatever chance lets them do."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.venue = a_venue()
        parts = [
            a_room(self.venue, capacity=capacity, approval=approval)
            for capacity, approval in ((12, Approval.ALWAYS), (15, Approval.ASK))
        ]
        hall = a_room(self.venue, parts=parts, capacity=30, approval=Approval.ALWAYS)
        kitchen = a_room(self.venue, turnover_minutes=30, approval=Approval.ALWAYS)
        self.rooms = [*parts, hall, kitchen]
        people = [a_person(f"Neighbour{number}") for number in range(GROUPS)]
        self.groups = [(each, an_initiative(each, name=each.name)) for each in people]
        self.certain = set()
        for room in (*parts, kitchen):  # A full evening, or nobody would have to wait.
            person, group = self.chance.choice(self.groups)
            actions.book(room, a_wish(friday(18, 21)), by=person, for_=group)

    def books(self):
        person, group = self.chance.choice(self.groups)
        wish = a_wish(self.chance.choice(TIMES))
        actions.book(self.chance.choice(self.rooms), wish, by=person, for_=group)

    def waits(self):
        person, group = self.chance.choice(self.groups)
        room = self.chance.choice([None, *self.rooms])
        join(self.venue, room, a_wish(self.chance.choice(TIMES)), by=person, for_=group)

    def leaves(self):
        wish = self.any_of(WaitingWish)
        leave(wish.id, by=wish.asked_by)

    def cancels(self):
        booking = self.any_of(Booking)
        actions.cancel(booking.id, by=booking.booked_by)
        self.certain.discard(booking.id)

    def moves(self):
        booking = self.any_of(Booking)
        changes.move(booking.id, booking.room, self.chance.choice(TIMES), by=booking.booked_by)

    def says_yes(self):
        offer = self.any_of(Booking, status=Status.HELD)
        accept(offer.id, by=offer.booked_by)

    def says_no(self):
        offer = self.any_of(Booking, status=Status.HELD)
        pass_on(offer.id, by=offer.booked_by)

    def says_nothing(self):
        offer = self.any_of(Booking, status=Status.HELD)
        offer.expires_at = clock.now() - timedelta(seconds=1)
        db.session.commit()
        self.chance.choice([actions.expire_holds, self.books])()
        actions.expire_holds()

    def any_of(self, table, **facts):
        rows = db.session.query(table).filter_by(**facts).order_by(table.id).all()
        if not rows:
            raise Refusal
        return self.chance.choice(rows)

    def step(self):
        often = (self.waits, self.waits, self.waits, self.cancels, self.cancels)
        seldom = (self.books, self.leaves, self.moves)
        answers = (self.says_yes, self.says_no, self.says_nothing)
        try:
            self.chance.choice([*often, *seldom, *answers])()
        except Refusal:
            db.session.rollback()

    def is_well(self):
        db.session.expire_all()
        assert doctor.overlaps() == doctor.claims_and_bookings() == []
        self.nobody_is_forgotten()
        self.nobody_lost_what_was_certain()

    def nobody_is_forgotten(self):
        """Whoever still waits has nothing to get: each place that fits is held by somebody."""
        now, rooms = clock.now(), bookable_rooms(self.venue)
        for wish in db.session.query(WaitingWish):
            if queries.turn(wish, now) is Turn.WAITING:
                for room in queries.rooms_for(wish, rooms):
                    assert check([Order(room, wish.wish, wish.initiative)], now=now) != [[]]

    def nobody_lost_what_was_certain(self):
        now_certain = {
            each.id for each in db.session.query(Booking).filter_by(status=Status.CONFIRMED)
        }
        assert self.certain <= now_certain
        self.certain = now_certain


LIVES = int(os.environ.get("LIVES", "1"))
"""One life each time; `LIVES=50` for a night."""


@pytest.mark.parametrize("seed", range(1, 1 + LIVES))
def test_a_random_life_of_the_list(app, seed):
    life = Life(seed)
    with time_machine.travel(clock.now(), tick=False):
        for number in range(STEPS):
            life.step()
            if number % 4 == 3:
                life.is_well()

    offered = db.session.query(WaitingWish).filter(WaitingWish.offer_id.is_not(None))
    assert offered.count() > 0
