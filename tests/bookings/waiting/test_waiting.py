"""The waiting list: a place that comes free is kept for the first in line, and nobody is lost."""

from datetime import timedelta

import pytest
import time_machine

from buurthuis.bookings import actions
from buurthuis.bookings.changes import move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotBookable, SpeaksForNobody
from buurthuis.bookings.waiting import offering, queries
from buurthuis.bookings.waiting.actions import accept, join, join_again, leave, pass_on
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.refusals import (
    AlreadyYours,
    NothingOffered,
    OfferOver,
    PlaceIsFree,
    TooLateToWait,
    TooManyWishes,
)
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules import waiting
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import Turn
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_closure,
    a_manager,
    a_membership,
    a_person,
    a_room,
    a_venue,
    a_wish,
    an_initiative,
    friday,
)

EVENING = friday(19, 21)


class Group:
    """A group that wants a place, with the person who speaks for it."""

    def __init__(self, name):
        self.person = a_person(name)
        self.initiative = an_initiative(self.person, name=f"Group of {name}")

    def waits_for(self, room, period=EVENING, **facts):
        return join(room.venue, room, a_wish(period, **facts), by=self.person, for_=self.initiative)

    def waits_in(self, venue, period=EVENING, **facts):
        return join(venue, None, a_wish(period, **facts), by=self.person, for_=self.initiative)

    def books(self, room, period=EVENING):
        return a_booking(room, period, by=self.person, for_=self.initiative)

    def offers(self):
        return (
            db.session.query(Booking)
            .filter_by(initiative_id=self.initiative.id, status=Status.HELD)
            .all()
        )

    def offer(self):
        [offer] = self.offers()
        return offer

    def turns(self):
        db.session.expire_all()
        return [each.turn for each in queries.of_person(self.person, clock.now())]


@pytest.fixture
def hall(app):
    return a_room(slug="hall", approval=Approval.ALWAYS)


@pytest.fixture
def groups(app):
    return [Group("Amina"), Group("Bram"), Group("Chandra")]


@pytest.fixture
def taken(hall):
    """A hall that somebody has on Friday evening, and who has it."""
    return Group("Dirk").books(hall)


def letters(template):
    sent = (
        db.session.query(OutboxLetter)
        .filter_by(template=template)
        .order_by(OutboxLetter.created_at)
    )
    return [each.recipient for each in sent]


def all_is_well():
    return doctor.overlaps() == doctor.claims_and_bookings() == []


def test_a_place_that_is_cancelled_is_kept_for_the_first_in_line(hall, taken, groups):
    amina, bram, _ = groups
    amina.waits_for(hall)
    bram.waits_for(hall)

    actions.cancel(taken.id, by=taken.booked_by)

    offer = amina.offer()
    assert (offer.room_id, offer.period) == (hall.id, EVENING)
    assert offer.expires_at == clock.now() + timedelta(hours=24)
    assert offer.total_cents == 2000
    assert bram.offers() == []
    assert (amina.turns(), bram.turns()) == ([Turn.OFFERED], [Turn.WAITING])
    assert letters("waiting_offer") == [amina.person.email]
    assert all_is_well()


def test_a_passer_by_does_not_get_what_is_kept_for_the_list(hall, taken, groups):
    amina, bram, _ = groups
    amina.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)

    with pytest.raises(RoomTaken):
        bram.books(hall)


def test_a_yes_makes_it_certain_at_the_price_that_was_offered(hall, taken, groups):
    amina = groups[0]
    amina.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)
    offer = amina.offer()

    accept(offer.id, by=amina.person)
    accept(offer.id, by=amina.person)

    assert offer.status == Status.CONFIRMED
    assert offer.expires_at is None
    assert letters("booking_confirmed").count(amina.person.email) == 1
    assert amina.turns() == []
    assert all_is_well()


def test_where_the_house_has_to_answer_a_yes_makes_a_request_that_keeps_the_place(app, groups):
    amina, bram, _ = groups
    room = a_room(a_venue(requests_occupy=False))
    manager = a_manager(room.venue)
    first = actions.approve(bram.books(room).id, by=manager)
    amina.waits_for(room)
    actions.cancel(first.id, by=bram.person)

    offer = accept(amina.offer().id, by=amina.person)

    assert offer.status == Status.REQUESTED
    assert manager.email in letters("request_arrived")
    with pytest.raises(RoomTaken):
        Group("Dirk").books(room)
    assert actions.approve(offer.id, by=manager).status == Status.CONFIRMED
    assert all_is_well()


def test_who_passes_it_on_leaves_it_to_the_next(hall, taken, groups):
    amina, bram, _ = groups
    amina.waits_for(hall)
    bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)

    pass_on(amina.offer().id, by=amina.person)

    assert (amina.offers(), len(bram.offers())) == ([], 1)
    assert all_is_well()


def test_who_does_not_answer_leaves_it_to_the_next_and_stays_known(hall, taken, groups):
    amina, bram, _ = groups
    amina.waits_for(hall)
    bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)
    offer = amina.offer()

    with time_machine.travel(offer.expires_at, tick=False):
        assert actions.expire_holds() == 1
        assert actions.expire_holds() == 0

        assert offer.status == Status.EXPIRED
        assert len(bram.offers()) == 1
        assert amina.turns() == [Turn.MISSED]
        assert letters("booking_expired") == [amina.person.email]
        with pytest.raises(OfferOver):
            accept(offer.id, by=amina.person)
        with pytest.raises(OfferOver):
            pass_on(offer.id, by=amina.person)
        again = join_again(queries.of_offer(offer), by=amina.person)
        assert queries.standing_of(again, clock.now()).turn is Turn.WAITING
    assert all_is_well()


def test_a_late_yes_gets_no_place_even_while_nobody_has_let_it_go(hall, taken, groups):
    amina = groups[0]
    amina.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)
    offer = amina.offer()

    with time_machine.travel(offer.expires_at, tick=False), pytest.raises(OfferOver):
        accept(offer.id, by=amina.person)


def test_a_hold_that_is_over_goes_to_the_list_before_a_passer_by(hall, taken, groups):
    """The passer-by is refused, and the list gets the place without waiting for the worker."""
    amina, bram, chandra = groups
    amina.waits_for(hall)
    bram.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)

    with time_machine.travel(amina.offer().expires_at, tick=False):
        with pytest.raises(RoomTaken):
            chandra.books(hall)
        assert len(bram.offers()) == 1


def test_when_nobody_waits_any_more_a_passer_by_gets_what_was_kept_too_long(hall, taken, groups):
    amina, _, chandra = groups
    amina.waits_for(hall)
    actions.cancel(taken.id, by=taken.booked_by)

    with time_machine.travel(amina.offer().expires_at, tick=False):
        assert chandra.books(hall).status == Status.CONFIRMED
    assert all_is_well()


def test_a_refusal_and_a_move_free_a_place_for_the_list_too(app, groups):
    amina, bram, chandra = groups
    room = a_room()
    manager = a_manager(room.venue)
    refused, moved = bram.books(room), bram.books(room, friday(14, 16))
    amina.waits_for(room)
    chandra.waits_for(room, friday(14, 15))

    actions.refuse(refused.id, by=manager, reason="We need it ourselves")
    move(moved.id, room, friday(15, 16), by=bram.person)

    assert amina.offer().period == EVENING
    assert chandra.offer().period == friday(14, 15)
    assert all_is_well()


def test_a_closure_that_is_lifted_frees_a_place_for_the_list(app, groups):
    amina = groups[0]
    room = a_room(approval=Approval.ALWAYS)
    other = Group("Dirk").books(room)
    amina.waits_for(room)
    actions.cancel(other.id, by=other.booked_by)
    pass_on(amina.offer().id, by=amina.person)
    closure = a_closure(room.venue, friday(8, 23), room)
    wish = WaitingWish(
        venue=room.venue,
        room=room,
        initiative=amina.initiative,
        asked_by=amina.person,
        joined_at=clock.now(),
        from_at=EVENING.start,
        to_at=EVENING.end,
        title="Singing",
    )
    db.session.add(wish)
    db.session.commit()

    @action
    def lift():
        claims.release_closure(closure)
        db.session.delete(closure)

    lift()

    assert amina.offer().room_id == room.id


def test_one_place_that_fits_several_goes_to_the_first_alone_and_the_rest_to_the_others(
    hall, groups
):
    amina, bram, chandra = groups
    taken = Group("Dirk").books(hall, friday(18, 22))
    amina.waits_for(hall, friday(19, 20))
    bram.waits_for(hall, friday(18, 20))
    chandra.waits_for(hall, friday(20, 22))

    actions.cancel(taken.id, by=taken.booked_by)

    assert len(amina.offers()) == len(chandra.offers()) == 1
    assert bram.offers() == []
    assert all_is_well()


def test_any_room_of_the_house_means_the_smallest_that_fits(app, groups):
    amina, bram, _ = groups
    venue = a_venue()
    large = a_room(venue, capacity=60, approval=Approval.ALWAYS)
    fits = a_room(venue, capacity=15, approval=Approval.ALWAYS)
    a_room(venue, capacity=5, approval=Approval.ALWAYS)
    taken = [bram.books(room) for room in (large, fits)]
    amina.waits_in(venue)

    @action
    def both_go():
        for each in taken:
            claims.release(each.id)
            each.status = Status.CANCELLED

    both_go()

    assert amina.offer().room_id == fits.id


def test_a_hall_is_offered_when_the_last_of_its_parts_comes_free(app, groups):
    amina, bram, _ = groups
    venue = a_venue()
    parts = [a_room(venue, approval=Approval.ALWAYS) for _ in range(2)]
    hall = a_room(venue, parts=parts, capacity=40, approval=Approval.ALWAYS)
    left, right = (bram.books(part) for part in parts)
    amina.waits_for(hall)

    actions.cancel(left.id, by=bram.person)
    assert amina.offers() == []
    actions.cancel(right.id, by=bram.person)

    assert amina.offer().room_id == hall.id
    assert all_is_well()


def test_nobody_waits_for_what_is_free_or_theirs_or_impossible(hall, groups):
    amina = groups[0]
    with pytest.raises(PlaceIsFree):
        amina.waits_for(hall)
    amina.books(hall)
    with pytest.raises(AlreadyYours):
        amina.waits_for(hall)
    with pytest.raises(NotBookable):
        amina.waits_for(hall, friday(3, 5))
    with pytest.raises(NotBookable):
        amina.waits_in(hall.venue, people=500)
    with pytest.raises(SpeaksForNobody):
        join(hall.venue, hall, a_wish(EVENING), by=a_person("Dirk"), for_=amina.initiative)


def test_joining_twice_is_waiting_once(hall, taken, groups):
    amina = groups[0]

    assert amina.waits_for(hall).id == amina.waits_for(hall).id
    assert amina.waits_in(hall.venue).id == amina.waits_in(hall.venue).id


def test_a_group_waits_for_so_many_places_and_no_more(hall, groups, monkeypatch):
    amina, other = groups[:2]
    monkeypatch.setattr(waiting, "MOST_WISHES", 1)
    for number in range(2):
        other.books(hall, friday(19, 21, weeks=number))
    amina.waits_for(hall)

    with pytest.raises(TooManyWishes):
        amina.waits_for(hall, friday(19, 21, weeks=1))


def test_who_leaves_the_line_gets_nothing_and_the_others_move_up(hall, taken, groups):
    amina, bram, _ = groups
    first, second = amina.waits_for(hall), bram.waits_for(hall)
    assert queries.standing_of(second, clock.now()).place == 2

    leave(first.id, by=amina.person)
    leave(first.id, by=amina.person)

    assert queries.standing_of(second, clock.now()).place == 1
    actions.cancel(taken.id, by=taken.booked_by)
    assert amina.offers() == []
    with pytest.raises(NothingOffered):
        leave(second.id, by=bram.person)


def test_just_before_the_start_nobody_is_asked_and_nobody_can_join(hall, taken, groups):
    amina, bram, _ = groups
    amina.waits_for(hall)

    with time_machine.travel(EVENING.start - timedelta(minutes=80), tick=False):
        with pytest.raises(TooLateToWait):
            bram.waits_for(hall)
        actions.cancel(taken.id, by=taken.booked_by)
        assert amina.offers() == []
        assert amina.turns() == []
        assert bram.books(hall).status == Status.CONFIRMED


def test_the_worker_offers_what_came_free_in_silence(hall, taken, groups):
    amina = groups[0]
    amina.waits_for(hall)
    assert offering.offer_places() == 0
    claims.release(taken.id)
    taken.status = Status.CANCELLED
    db.session.commit()

    assert offering.offer_places() == 1
    assert offering.offer_places() == 0

    assert amina.offer().room_id == hall.id


def test_an_offer_goes_to_who_speaks_for_the_group_now(hall, taken, groups):
    amina = groups[0]
    amina.waits_for(hall)
    amina.person.left_at = clock.now()
    successor = a_person("Noor")
    a_membership(successor, amina.initiative)
    db.session.commit()

    actions.cancel(taken.id, by=taken.booked_by)

    assert amina.offer().booked_by_id == successor.id
