"""A place that is kept until it is paid for: paid, not paid, paid too late, paid otherwise, called off."""

import pytest
from sqlalchemy import select

from buurthuis.bookings import actions, paying
from buurthuis.bookings.changes.actions import move
from buurthuis.bookings.paying_actions import choose_way
from buurthuis.bookings.refusals import NotThatWay, PayFirst, WrongState
from buurthuis.bookings.things.actions import change_extras
from buurthuis.bookings.waiting.actions import accept, join
from buurthuis.bookings.waiting.refusals import NothingOffered
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.paying.checkout import Place
from buurthuis.rules.paying.ways import HOLD, Way
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.bookings.paying.offering import after_the_hold, kept, letters
from tests.builders import (
    a_booking,
    a_closure,
    a_person,
    a_room,
    a_wish,
    an_extra,
    an_initiative,
    friday,
)

pytestmark = pytest.mark.usefixtures("online")


@action
def confirm_paid(booking_id):
    booking = paying.locked_together(booking_id)[0]
    return list(paying.confirm_paid(booking, clock.now()))


@action
def take_again(booking_id):
    booking = paying.locked_together(booking_id)[0]
    return list(paying.take_again(booking, clock.now()))


@action
def let_go(booking_id):
    booking = paying.locked_together(booking_id)[0]
    return list(paying.let_go(booking, clock.now()))


@action
def place_now(booking_id):
    return paying.place_of(paying.locked_together(booking_id)[0], clock.now())


def test_who_pays_online_has_the_place_kept_until_it_is_paid(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    assert (booking.status, booking.expires_at) == (Status.HELD, clock.now() + HOLD)
    assert booking.is_pay_hold
    assert claims.is_held(booking.id)
    assert letters() == []
    assert paying.asked_for(booking) == (2000, 0)
    assert place_now(booking.id) is Place.KEPT
    deed = db.session.scalars(select(LogEntry).where(LogEntry.verb == "booking.held")).one()
    assert deed.actor_id == booking.booked_by_id


def test_others_cannot_have_a_place_that_is_being_paid_for(room, repair_cafe):
    kept(room, friday(19, 21), repair_cafe)

    with pytest.raises(RoomTaken):
        a_booking(room, friday(20, 22))


def test_what_was_paid_is_certain_once_with_one_letter(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    confirm_paid(booking.id)
    assert confirm_paid(booking.id) == []

    assert (booking.status, booking.expires_at) == (Status.CONFIRMED, None)
    (letter,) = letters()
    assert (letter.template, letter.facts["is_paid"]) == ("booking_confirmed", True)
    assert place_now(booking.id) is Place.CERTAIN


def test_a_payment_after_the_hour_counts_as_long_as_nobody_wanted_the_place(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    with after_the_hold():
        actions.expire_holds()
        assert place_now(booking.id) is Place.KEPT
        confirm_paid(booking.id)

    assert booking.status == Status.CONFIRMED


def test_the_worker_lets_go_by_itself_where_the_provider_stays_silent(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    with after_the_hold(29):
        assert actions.expire_holds() == 0
    with after_the_hold(30):
        assert actions.expire_holds() == 1

    assert booking.status == Status.EXPIRED
    assert not claims.is_held(booking.id)
    assert [each.template for each in letters()] == ["booking_not_paid"]


def test_who_wants_the_place_after_the_hour_gets_it_at_once(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    with after_the_hold():
        theirs = a_booking(room, friday(20, 22))

        assert theirs.status == Status.CONFIRMED
        assert booking.status == Status.EXPIRED
        assert place_now(booking.id) is Place.TAKEN
        with pytest.raises(RoomTaken):
            take_again(booking.id)


def test_who_waits_for_the_place_comes_before_who_just_wants_it(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    waiter = a_person("Amina")
    group = an_initiative(waiter, name="Koor")
    wish = join(room.venue, room, a_wish(friday(19, 21)), by=waiter, for_=group)

    with after_the_hold():
        with pytest.raises(RoomTaken):
            a_booking(room, friday(19, 21))

        assert booking.status == Status.EXPIRED
        offer = wish.offer
        assert (offer.status, offer.is_pay_hold) == (Status.HELD, False)
        assert offer.pays_by is None


def test_what_nobody_paid_is_let_go_with_one_letter(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    let_go(booking.id)
    assert let_go(booking.id) == []

    assert booking.status == Status.EXPIRED
    assert [each.template for each in letters()] == ["booking_not_paid"]
    assert place_now(booking.id) is Place.FREE


def test_who_paid_too_late_gets_the_place_again_if_it_is_free(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    let_go(booking.id)

    take_again(booking.id)
    assert take_again(booking.id) == []

    assert booking.status == Status.CONFIRMED
    assert claims.is_held(booking.id)
    assert [each.template for each in letters()] == ["booking_not_paid", "booking_confirmed"]


def test_a_place_is_gone_where_the_house_closed_or_the_time_has_begun(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    soon = kept(room, friday(10, 11), repair_cafe)
    let_go(booking.id)
    let_go(soon.id)
    a_closure(room.venue, friday(18, 23))

    assert place_now(booking.id) is Place.TAKEN
    assert paying.place_of(soon, friday(10.5, 11).start) is Place.TAKEN


def test_a_place_is_gone_where_what_goes_with_it_is_away(room, repair_cafe):
    beamer = an_extra(room.venue, stock=1)
    study = a_room(room.venue, approval=Approval.ALWAYS)
    booking = kept(room, friday(19, 21), repair_cafe, extras=(Wanted(beamer.id, 1),))
    let_go(booking.id)

    assert place_now(booking.id) is Place.FREE
    a_booking(study, friday(20, 22), extras=(Wanted(beamer.id, 1),))
    assert place_now(booking.id) is Place.TAKEN


def test_a_hold_of_others_that_is_over_is_no_hindrance_to_who_paid(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)
    let_go(booking.id)
    amina = a_person("Amina")
    theirs = kept(room, friday(19, 21), an_initiative(amina, name="Koor"))

    assert place_now(booking.id) is Place.TAKEN
    with after_the_hold():
        assert place_now(booking.id) is Place.FREE
    assert theirs.status == Status.EXPIRED


def test_giving_a_kept_place_back_costs_nothing(room, repair_cafe, bram):
    booking = kept(room, friday(19, 21), repair_cafe)

    actions.cancel(booking.id, by=bram)

    assert (booking.status, booking.cancelled_late) == (Status.CANCELLED, False)
    assert place_now(booking.id) is Place.CALLED_OFF
    assert confirm_paid(booking.id) == []
    with pytest.raises(WrongState):
        choose_way(booking.id, Way.INVOICE, by=bram)


def test_a_place_that_is_being_paid_for_stays_where_it_is(room, repair_cafe, bram):
    booking = kept(room, friday(19, 21), repair_cafe)

    with pytest.raises(PayFirst):
        move(booking.id, room, friday(18, 20), by=bram)


def test_a_payment_on_its_way_keeps_the_place_longer(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    @action
    def keep():
        together = paying.locked_together(booking.id)
        paying.keep_until(together[0], friday(12, 13).start, clock.now())

    keep()
    with after_the_hold(60):
        assert actions.expire_holds() == 0
    assert booking.expires_at == friday(12, 13).start


def test_another_way_makes_it_certain_at_once(room, repair_cafe, bram):
    booking = kept(room, friday(19, 21), repair_cafe)

    choose_way(booking.id, Way.DESK, by=bram)
    choose_way(booking.id, Way.DESK, by=bram)

    assert (booking.status, booking.pays_by) == (Status.CONFIRMED, Way.DESK)
    (letter,) = letters()
    assert (letter.template, letter.facts["pays_by"]) == ("booking_confirmed", "desk")
    assert "is_paid" not in letter.facts


@pytest.mark.parametrize("way", [Way.ONLINE, Way.NONE])
def test_no_way_that_the_house_does_not_offer(room, repair_cafe, bram, way):
    booking = kept(room, friday(19, 21), repair_cafe)

    with pytest.raises(NotThatWay):
        choose_way(booking.id, way, by=bram)


def test_only_the_group_itself_chooses_how_it_pays(room, repair_cafe):
    booking = kept(room, friday(19, 21), repair_cafe)

    with pytest.raises((NotAllowed, NotFound)):
        choose_way(booking.id, Way.DESK, by=a_person("Dirk"))


def test_a_kept_place_is_no_offer_to_say_yes_to(room, repair_cafe, bram):
    booking = kept(room, friday(19, 21), repair_cafe)

    with pytest.raises(NothingOffered):
        accept(booking.id, by=bram)


def test_what_goes_with_a_kept_place_stays_until_it_is_paid(room, repair_cafe, bram):
    beamer = an_extra(room.venue, stock=1)
    booking = kept(room, friday(19, 21), repair_cafe)

    with pytest.raises(PayFirst):
        change_extras(booking.id, [Wanted(beamer.id, 1)], by=bram)

    confirm_paid(booking.id)
    change_extras(booking.id, [Wanted(beamer.id, 1)], by=bram)
    assert len(booking.extras) == 1
