"""The verbs of the waiting list: join, leave, say yes to an offer, pass it on; one transaction each."""

from collections.abc import Sequence
from typing import Any

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings import letters
from buurthuis.bookings.models import Booking
from buurthuis.bookings.prospects import check
from buurthuis.bookings.refusals import NotBookable, SpeaksForNobody
from buurthuis.bookings.rights import answers
from buurthuis.bookings.steps import go, locked, permit, release_expired, touch
from buurthuis.bookings.waiting import queries
from buurthuis.bookings.waiting.models import WaitingWish
from buurthuis.bookings.waiting.offering import is_at_once
from buurthuis.bookings.waiting.refusals import (
    AlreadyYours,
    NothingOffered,
    OfferOver,
    PlaceIsFree,
    TooLateToWait,
    TooManyWishes,
)
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.pulse import trusting
from buurthuis.occupancy import claims
from buurthuis.occupancy.queries import held
from buurthuis.rules import waiting
from buurthuis.rules.availability import Problem
from buurthuis.rules.states import Status, Verb
from buurthuis.venues.known import as_known, bookable_rooms
from buurthuis.venues.models import Room, Venue


@action
def join(
    venue: Venue, room: Room | None, wish: Wish, *, by: Person, for_: Initiative
) -> WaitingWish:
    """Wait for a room that is taken, or without a room for any of the house that fits.

    Joining twice is harmless: it gives back the wish that waits already. The rooms are locked, so
    a place that comes free at this moment is either offered to this wish or found free here.

    Raises:
        PlaceIsFree: nobody has to wait, this can be booked now.
        AlreadyYours: the initiative has the room at that time.
        NotBookable: the wish breaks a rule of the house, also if the place were free.
        TooLateToWait, TooManyWishes, SpeaksForNobody
    """
    if not speaks_for(by, for_.id):
        raise SpeaksForNobody
    rooms, now = locked_rooms(venue, room, wish), clock.now()
    open_ones = queries.open_wishes_of(for_, now)
    earlier = same_among(open_ones, venue, room, wish)
    if earlier is not None:
        return earlier
    insist_on_waiting(rooms, wish, for_)
    if len(open_ones) >= waiting.MOST_WISHES:
        raise TooManyWishes
    joined = written_down(venue, room, wish, asker=by, for_=for_)
    note("waiting.joined", joined, by=by, venue_id=venue.id)
    return joined


def locked_rooms(venue: Venue, room: Room | None, wish: Wish) -> list[Room]:
    """The rooms that would do, locked; holds past their time in them are let go.

    Raises:
        NotBookable: no room of the house is large enough.
    """
    rooms = [room] if room is not None else _rooms_that_fit(venue, wish)
    spaces = claims.lock_rooms(rooms)
    release_expired(sorted({space for own in spaces.values() for space in own}), clock.now())
    return rooms


def written_down(
    venue: Venue, room: Room | None, wish: Wish, *, asker: Person, for_: Initiative
) -> WaitingWish:
    """A wish at the end of the line."""
    joined = WaitingWish(
        venue_id=venue.id,
        room_id=None if room is None else room.id,
        initiative_id=for_.id,
        asked_by_id=asker.id,
        joined_at=clock.now(),
        from_at=wish.period.start,
        to_at=wish.period.end,
        people=wish.people,
        title=wish.title,
        remark=wish.remark,
        purpose=wish.purpose,
        is_public=wish.is_public,
    )
    db.session.add(joined)
    db.session.flush()
    return joined


@action
def leave(wish_id: int, *, by: Person) -> WaitingWish:
    """Stop waiting. Leaving twice is harmless.

    Raises:
        NothingOffered: a place was offered meanwhile; say yes or no to that.
    """
    wish = queries.one(wish_id)
    permit_wish(by, wish)
    return take_off(wish, by=by)


def take_off(wish: WaitingWish, *, by: Person, **told: Any) -> WaitingWish:
    """Take a wish off the list; else as `leave`. The logbook keeps what is `told`."""
    db.session.refresh(wish, with_for_update={"of": WaitingWish})
    if wish.offer_id is not None:
        raise NothingOffered
    if wish.left_at is None:
        wish.left_at = clock.now()
        note("waiting.left", wish, by=by, venue_id=wish.venue_id, **told)
    return wish


@action
def accept(booking_id: int, *, by: Person) -> Booking:
    """Say yes to an offer: certain at once, or a request where the house still has to answer.

    The place is kept all the time, and the price is the one that was offered. Saying yes twice is
    harmless.

    Raises:
        OfferOver: it came too late.
        NothingOffered: no offer, or one that was answered with no.
    """
    return say_yes(_offered(booking_id, by), by=by)


def say_yes(booking: Booking, *, by: Person, **told: Any) -> Booking:
    """Say yes to an offer that is locked; else as `accept`. The logbook keeps what is `told`."""
    if booking.status in {Status.CONFIRMED, Status.REQUESTED}:
        return booking
    _insist_in_time(booking)
    verb = Verb.CONFIRM if is_at_once(booking, by) else Verb.ACCEPT
    go(booking, verb)
    booking.expires_at = None
    touch(booking, clock.now())
    note("waiting.accepted", booking, by=by, venue_id=booking.venue_id, **told)
    if verb is Verb.CONFIRM:
        letters.confirmed(booking)
    else:
        letters.requested(booking)
    return booking


@action
def pass_on(booking_id: int, *, by: Person) -> Booking:
    """Say no to an offer, so that the next in line gets it. Saying no twice is harmless.

    Raises:
        OfferOver, NothingOffered
    """
    return say_no(_offered(booking_id, by), by=by)


def say_no(booking: Booking, *, by: Person, **told: Any) -> Booking:
    """Say no to an offer that is locked; else as `pass_on`. The logbook keeps what is `told`."""
    if booking.status == Status.CANCELLED:
        return booking
    _insist_in_time(booking)
    now = clock.now()
    go(booking, Verb.CANCEL)
    booking.expires_at = None
    booking.cancelled_at, booking.cancelled_by_id = now, by.id
    touch(booking, now)
    claims.release(booking.id)
    note("waiting.passed_on", booking, by=by, venue_id=booking.venue_id, **told)
    return booking


def join_again(wish: WaitingWish, *, by: Person) -> WaitingWish:
    """Wait once more for the same, at the end of the line; else as `join`."""
    return join(wish.venue, wish.room, wish.wish, by=by, for_=wish.initiative)


def permit_wish(by: Person, wish: WaitingWish) -> None:
    """Only who speaks for the initiative acts for it.

    Raises:
        SpeaksForNobody
    """
    if not speaks_for(by, wish.initiative_id):
        raise SpeaksForNobody


def _rooms_that_fit(venue: Venue, wish: Wish) -> list[Room]:
    with trusting():
        rooms = bookable_rooms(venue)
    sizes = ((room.id, room.capacity) for room in rooms)
    fitting = waiting.smallest_first(sizes, wish.people)
    by_id = {room.id: room for room in rooms}
    if not fitting and rooms:
        largest = max(rooms, key=lambda room: room.capacity)
        raise NotBookable([Problem.TOO_MANY_PEOPLE], largest, wish.ask)
    return [by_id[room_id] for room_id in fitting]


def same_among(
    open_ones: Sequence[WaitingWish], venue: Venue, room: Room | None, wish: Wish
) -> WaitingWish | None:
    """The wish among these that wants just that."""
    wanted = (venue.id, None if room is None else room.id, wish.period)
    for each in open_ones:
        if (each.venue_id, each.room_id, each.period) == wanted:
            return each
    return None


def insist_on_waiting(rooms: Sequence[Room], wish: Wish, initiative: Initiative) -> None:
    """Let somebody wait only for what could be offered once it comes free."""
    now = clock.now()
    with trusting():
        found = [check([Order(room, wish, initiative)], now=now)[0] for room in rooms]
    free = [room for room, problems in zip(rooms, found, strict=True) if not problems]
    if free:
        raise PlaceIsFree(free[0], wish.period)
    taken = [room for room, each in zip(rooms, found, strict=True) if each == [Problem.TAKEN]]
    if not taken:
        nearest, problems = min(zip(rooms, found, strict=True), key=lambda each: len(each[1]))
        raise NotBookable(problems, nearest, wish.ask)
    if not waiting.can_still_wait(now=now, starts_at=wish.period.start):
        raise TooLateToWait
    spaces = {space for room in taken for space in as_known(room).spaces}
    if len(taken) == 1 and any(
        each.initiative_id == initiative.id and each.use.overlaps(wish.period)
        for each in held(spaces, wish.period)
    ):
        raise AlreadyYours


def _offered(booking_id: int, by: Person) -> Booking:
    booking = locked(booking_id)
    permit(answers(by, booking), booking, by)
    if queries.of_offer(booking) is None:
        raise NothingOffered
    return booking


def _insist_in_time(booking: Booking) -> None:
    if booking.status == Status.EXPIRED:
        raise OfferOver
    if booking.status != Status.HELD or booking.expires_at is None:
        raise NothingOffered
    if booking.expires_at <= clock.now():
        raise OfferOver
