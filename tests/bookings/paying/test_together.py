"""Rooms that are booked together are kept, paid for, let go and taken again as one."""

import pytest

from buurthuis.bookings import actions, paying
from buurthuis.bookings.bundles.actions import cancel_bundle
from buurthuis.bookings.paying_actions import choose_way
from buurthuis.bookings.refusals import PayFirst
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.paying.checkout import Place
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.bookings.paying.offering import after_the_hold, kept_together, letters
from tests.bookings.paying.test_holds import confirm_paid, let_go, place_now, take_again
from tests.builders import a_booking, a_room, friday

pytestmark = pytest.mark.usefixtures("online")


@pytest.fixture
def kitchen(venue):
    return a_room(venue, slug="kitchen", name="Kitchen", approval=Approval.ALWAYS)


@pytest.fixture
def both(room, kitchen, repair_cafe):
    """The room and the kitchen, kept until they are paid for."""
    return kept_together([room, kitchen], friday(19, 21), repair_cafe)


def states(bookings):
    return {each.status for each in bookings}


def rooms_in(letter: OutboxLetter) -> str:
    return str(letter.facts["room_name"])


def test_all_rooms_are_kept_and_paid_in_one_go(both):
    assert states(both) == {Status.HELD}
    assert len({each.expires_at for each in both}) == 1
    assert paying.asked_for(both[1]) == (4000, 0)
    assert [each.id for each in paying.paid_together(both[0])] == [each.id for each in both]

    confirm_paid(both[1].id)

    assert states(both) == {Status.CONFIRMED}
    (letter,) = letters()
    assert (letter.template, letter.facts["total_cents"]) == ("booking_confirmed", 4000)
    assert rooms_in(letter) == f"{both[0].room.name}, Kitchen"


def test_a_room_that_costs_nothing_is_kept_with_the_others(room, repair_cafe):
    hall = a_room(room.venue, slug="garden", hourly_cents=0, approval=Approval.ALWAYS)

    both = kept_together([room, hall], friday(19, 21), repair_cafe)

    assert [each.total_cents for each in both] == [2000, 0]
    assert states(both) == {Status.HELD}
    assert paying.asked_for(both[0]) == (2000, 0)


def test_where_the_house_must_answer_for_one_nothing_is_kept(room, repair_cafe):
    study = a_room(room.venue, slug="study", approval=Approval.ASK)

    both = kept_together([room, study], friday(19, 21), repair_cafe)

    assert states(both) == {Status.REQUESTED}
    assert {each.expires_at for each in both} == {None}
    assert {each.pays_by for each in both} == {Way.ONLINE}


def test_who_wants_one_of_the_rooms_after_the_hour_makes_all_go(both, kitchen):
    with after_the_hold():
        theirs = a_booking(kitchen, friday(20, 22))

        assert theirs.status == Status.CONFIRMED
        assert states(both) == {Status.EXPIRED}
        assert not any(claims.is_held(each.id) for each in both)
        (told,) = letters("booking_not_paid")
        assert "Kitchen" in rooms_in(told)
        assert place_now(both[0].id) is Place.TAKEN
        with pytest.raises(RoomTaken):
            take_again(both[0].id)
        assert states(both) == {Status.EXPIRED}


def test_all_rooms_are_taken_again_with_one_letter(both):
    let_go(both[0].id)

    take_again(both[1].id)

    assert states(both) == {Status.CONFIRMED}
    assert len(letters("booking_confirmed")) == len(letters("booking_not_paid")) == 1


def test_one_room_cannot_be_called_off_while_all_are_paid_for(both, bram):
    with pytest.raises(PayFirst):
        actions.cancel(both[0].id, by=bram)
    assert states(both) == {Status.HELD}

    cancel_bundle(both[0].bundle_id, by=bram)
    assert states(both) == {Status.CANCELLED}
    assert place_now(both[1].id) is Place.CALLED_OFF


def test_another_way_to_pay_holds_for_all_rooms(both, bram):
    choose_way(both[0].id, Way.INVOICE, by=bram)

    assert {(each.status, each.pays_by) for each in both} == {(Status.CONFIRMED, Way.INVOICE)}
    assert len(letters("booking_confirmed")) == 1


def test_what_is_left_of_a_paid_bundle_is_certain(both, bram):
    confirm_paid(both[0].id)
    actions.cancel(both[0].id, by=bram)

    assert place_now(both[0].id) is Place.CERTAIN


def test_the_worker_lets_all_rooms_go_at_once(both):
    with after_the_hold(30):
        actions.expire_holds()

    assert states(both) == {Status.EXPIRED}
    assert len(letters("booking_not_paid")) == 1
