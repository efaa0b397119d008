"""A place is paid for while others want it: whoever has it in the end, one group has it, and knows."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings import actions, paying
from buurthuis.bookings.bundles.actions import cancel_bundle
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import WrongState
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy import claims
from buurthuis.rules.paying.checkout import Place
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval, Room
from tests.bookings.paying.offering import kept_together, offers
from tests.builders import a_person, a_room, a_venue, a_wish, an_initiative
from tests.race.test_waiting_race import all_at_once, evening

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("online")]

PASSERS_BY, PAYERS = 4, 6


@pytest.fixture
def online(monkeypatch):
    monkeypatch.setattr(paying, "_online", [lambda _slug: True])


@pytest.fixture
def both(real):
    """Two rooms of one bundle, kept until they are paid for."""
    house = a_venue("de-meevaart")
    offers(house, Way.ONLINE, Way.INVOICE)
    rooms = [a_room(house, approval=Approval.ALWAYS) for _ in range(2)]
    bram = a_person("Bram")
    return kept_together(rooms, evening(), an_initiative(bram))


@action
def arrives(booking_id):
    """The money is there: what follows from it, without a provider."""
    booking = paying.locked_together(booking_id)[0]
    now = clock.now()
    place = paying.place_of(booking, now)
    if place is Place.KEPT:
        paying.confirm_paid(booking, now)
    elif place is Place.FREE:
        paying.take_again(booking, now)


def arriving(booking_id):
    return lambda: arrives(booking_id)


def race(app, deeds):
    """All at once; we let go of the database before, or they would wait for us."""
    db.session.remove()
    all_at_once(app, deeds)


def wants(room_id, person_id, group_id):
    def deed():
        room, person = db.session.get_one(Room, room_id), db.session.get_one(Person, person_id)
        group = db.session.get_one(Initiative, group_id)
        actions.book(room, a_wish(evening()), by=person, for_=group, pays_by=Way.INVOICE)

    return deed


def cancels(bundle_id, person_id):
    def deed():
        with suppress(WrongState):  # Somebody was a moment earlier.
            cancel_bundle(bundle_id, by=db.session.get_one(Person, person_id))

    return deed


def states(bookings):
    db.session.expire_all()
    return {db.session.get_one(Booking, each.id).status for each in bookings}


def let_its_time_be_over(bookings):
    over = datetime.now().astimezone() - timedelta(minutes=1)
    ids = [each.id for each in bookings]
    db.session.execute(update(Booking).where(Booking.id.in_(ids)).values(expires_at=over))
    db.session.commit()


def test_a_late_payment_and_others_who_want_the_place(real, both):
    let_its_time_be_over(both)
    crowd = [a_person(f"Neighbour{number}") for number in range(PASSERS_BY)]
    deeds = [
        wants(both[number % 2].room_id, each.id, an_initiative(each, name=each.name).id)
        for number, each in enumerate(crowd)
    ]
    deeds += [arriving(both[0].id), arriving(both[1].id), actions.expire_holds]

    race(real, deeds)

    found = states(both)
    assert found in ({Status.CONFIRMED}, {Status.EXPIRED})
    held = {claims.is_held(each.id) for each in both}
    assert held == {found == {Status.CONFIRMED}}
    others = db.session.query(Booking).filter(Booking.bundle_id.is_(None)).all()
    if found == {Status.CONFIRMED}:
        assert others == []
    else:
        assert 1 <= len(others) <= 2
    assert doctor.overlaps() == []
    assert doctor.claims_and_bookings() == []


def test_paying_many_times_at_once_is_paying_once(real, both):
    race(real, [arriving(both[number % 2].id) for number in range(PAYERS)])

    assert states(both) == {Status.CONFIRMED}
    assert [each.template for each in db.session.query(OutboxLetter)] == ["booking_confirmed"]


def test_paying_while_somebody_cancels_has_one_end(real, both):
    bundle, bram = both[0].bundle_id, both[0].booked_by_id

    race(real, [arriving(both[0].id), cancels(bundle, bram)])

    assert states(both) in ({Status.CONFIRMED}, {Status.CANCELLED})
