"""The verbs of the desk for who waits without e-mail: on the list, off it, yes and no for them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import SpeaksForNobody
from buurthuis.bookings.slips import calls
from buurthuis.bookings.slips.actions import Caller, who_books
from buurthuis.bookings.slips.refusals import HasMail
from buurthuis.bookings.steps import locked
from buurthuis.bookings.waiting import queries
from buurthuis.bookings.waiting.actions import (
    insist_on_waiting,
    locked_rooms,
    same_among,
    say_no,
    say_yes,
    take_off,
    written_down,
)
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.refusals import NothingOffered, TooManyWishes
from buurthuis.bookings.wishes import Wish
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.rules.states import Status
from buurthuis.rules.waiting import MOST_WISHES
from buurthuis.venues.models import Room, Venue


@action
def join_for(
    venue: Venue,
    room: Room | None,
    wish: Wish,
    whom: Initiative | Caller,
    *,
    by: Person,
    mark: str | None = None,
) -> WaitingWish:
    """Put a group of the house, or somebody new, at the end of the line; else as `join`.

    The logbook names who typed it, and for whom. Sending the same mark again makes nothing new.

    Raises:
        NotFound, NotAllowed: the person does not book at this desk.
        Invalid: the name of somebody new is empty or too long.
        SpeaksForNobody: nobody is left in the group who could say yes.
        PlaceIsFree, AlreadyYours, NotBookable, TooLateToWait, TooManyWishes
    """
    demand(by, "desk.book", venue)
    rooms = locked_rooms(venue, room, wish)
    earlier = _typed_before(venue, mark)
    if earlier is not None:
        return earlier
    group, asker = who_books(whom, by, venue)
    if not speaks_for(asker, group.id):
        raise SpeaksForNobody
    open_ones = queries.open_wishes_of(group, clock.now())
    waits_already = same_among(open_ones, venue, room, wish)
    if waits_already is not None:
        return waits_already
    insist_on_waiting(rooms, wish, group)
    if len(open_ones) >= MOST_WISHES:
        raise TooManyWishes
    joined = written_down(venue, room, wish, asker=asker, for_=group)
    joined.submission = mark
    note("waiting.joined", joined, by=by, venue_id=venue.id, **_for(asker))
    return joined


@action
def leave_for(wish_id: int, *, by: Person) -> WaitingWish:
    """Take somebody without e-mail off the list; else as `leave`.

    Raises:
        HasMail, NothingOffered, NotAllowed
    """
    wish = _to_serve(queries.one(wish_id), by)
    return take_off(wish, by=by, **_for(wish.asked_by))


@action
def accept_for(booking_id: int, *, by: Person) -> Booking:
    """Say yes for somebody without e-mail, who was called or came by; else as `accept`.

    Raises:
        HasMail, OfferOver, NothingOffered, NotAllowed
    """
    return _answered(booking_id, say_yes, by)


@action
def pass_on_for(booking_id: int, *, by: Person) -> Booking:
    """Say no for somebody without e-mail, so that the next in line gets it; else as `pass_on`.

    Raises:
        HasMail, OfferOver, NothingOffered, NotAllowed
    """
    return _answered(booking_id, say_no, by)


def again_for(missed: WaitingWish, *, by: Person) -> WaitingWish:
    """Put somebody who missed an offer at the end of the line once more; else as `join_for`.

    Raises:
        HasMail
    """
    _to_serve(missed, by)
    return join_for(missed.venue, missed.room, missed.wish, missed.initiative, by=by)


def _typed_before(venue: Venue, mark: str | None) -> WaitingWish | None:
    if mark is None:
        return None
    mine = select(WaitingWish).where(WaitingWish.submission == mark)
    return db.session.scalar(mine.where(WaitingWish.venue_id == venue.id))


def _to_serve(wish: WaitingWish, by: Person) -> WaitingWish:
    demand(by, "waiting.serve", wish)
    if wish.asked_by.email:
        raise HasMail
    return wish


def _answered(booking_id: int, say: Callable[..., Booking], by: Person) -> Booking:
    booking = _offered_to(booking_id, by)
    is_answer = booking.status == Status.HELD
    done = say(booking, by=by, **_for(booking.booked_by))
    if is_answer:  # Sent again, it says nothing about newer news.
        calls.settle(booking, by=by)
    return done


def _offered_to(booking_id: int, by: Person) -> Booking:
    booking = locked(booking_id)
    wish = queries.of_offer(booking)
    demand(by, "desk.give_slip", booking)
    if wish is None:
        raise NothingOffered
    if booking.booked_by.email:
        raise HasMail
    return booking


def _for(person: Person) -> dict[str, Any]:
    return {"person": person.id, "at_desk": True}
