"""Steps of changing a booking, inside the transaction of whichever verb takes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters, pricing
from buurthuis.bookings.bundles.company import has_company, insist_on_company, left_alone_if
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import change_letters
from buurthuis.bookings.changes.meaning import Meaning, Wanted
from buurthuis.bookings.changes.together import close_each, open_changes
from buurthuis.bookings.in_calendar import called_off
from buurthuis.bookings.models import Booking
from buurthuis.bookings.pricing import Frozen
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.refusals import (
    AlreadyOver,
    LeavesAlone,
    NotBookable,
    PayFirst,
    TakenOut,
    WrongState,
)
from buurthuis.bookings.rights import edits
from buurthuis.bookings.steps import insist, locked, own_minutes, permit, touch, use_of
from buurthuis.extras import stock
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room


def open_for_change(booking_id: int, by: Person, *others: Room) -> Booking:
    """The booking, locked, when this person may change it and it can still change.

    Raises:
        NotFound, NotAllowed, WrongState, AlreadyOver
    """
    booking = locked(booking_id, *others)
    permit(edits(by, booking), booking, by)
    if not booking.is_live:
        raise WrongState(Status(booking.status))
    if booking.to_at <= clock.now():
        raise AlreadyOver
    return booking


def locked_change(change_id: int) -> ChangeRequest:
    """The change and its booking, locked in the order in which everybody locks.

    The room that the booking had before a yes is locked along.

    Raises:
        NotFound
    """
    together = (joinedload(ChangeRequest.booking), joinedload(ChangeRequest.room))
    asked = db.session.get(ChangeRequest, change_id, options=together)
    if asked is None:
        raise NotFound
    locked(asked.booking_id, asked.room, *room_before(asked))
    db.session.refresh(asked, with_for_update={"of": ChangeRequest})
    return asked


def room_before(asked: ChangeRequest) -> list[Room]:
    """The room from which a yes that can be taken back moved the booking, if one did."""
    before = asked.before
    return [] if before is None else [db.session.get_one(Room, before["room"])]


def insist_possible(booking: Booking, wanted: Wanted, *, now: datetime, spaces: Spaces) -> None:
    """Refuse what no answer of the house could make possible.

    Raises:
        NotBookable, RoomTaken, TakenOut, WrongState, PayFirst
        NotInThisRoom, OutOfStock, ExtraTooLate, LeavesAlone: what goes along cannot.
    """
    room, ask = wanted.room, wanted.ask(booking)
    if booking.is_pay_hold:  # What is asked of whoever pays now is not to change meanwhile.
        raise PayFirst
    if wanted.words.get("is_public") and booking.kept_out_at is not None:
        raise TakenOut
    if not wanted.moves(booking):
        if ask.people is not None and ask.people > room.capacity:
            raise NotBookable([Problem.TOO_MANY_PEOPLE], room, ask)
        return
    if booking.status == Status.HELD:
        raise WrongState(Status.HELD)
    if room.retired_at is not None and not wanted.is_shorter(booking):
        raise NotBookable([Problem.CLOSED], room, ask)
    insist(
        room,
        ask,
        initiative_id=booking.initiative_id,
        now=now,
        ignoring=booking.id,
        spaces={room.id: spaces[room.id]},
    )
    insist_along(booking, wanted, now)


def insist_along(booking: Booking, wanted: Wanted, now: datetime | None = None) -> None:
    """Refuse a place to which not everything can come along: extras, and rooms that go with it.

    With `now` it is asked for: coming sooner may be too soon then to get an extra ready.

    Raises:
        NotInThisRoom, OutOfStock, ExtraTooLate, LeavesAlone
    """
    room, period = wanted.room, wanted.period
    noticed_at = now if period.start < booking.from_at else None
    stock.insist_along(booking.id, room, period, noticed_at=noticed_at)
    alone = left_alone_if(booking, room, period)
    if alone:
        raise LeavesAlone([each.room for each in alone])


def insist_on_own_company(booking: Booking) -> None:
    """Refuse a place in a room that goes only with one that the group does not have then.

    Raises:
        NotBookable
    """
    if not has_company(booking):
        ask = Ask(booking.period, booking.people)
        raise NotBookable([Problem.ALONE], booking.room, ask)


def carry_out(
    booking: Booking, wanted: Wanted, meaning: Meaning, *, by: Person, now: datetime
) -> None:
    """Do all of a change at once: words, price, time and room; tell whoever should hear of it."""
    changed = wanted.changed_words(booking)
    if not (changed or meaning.moves):
        return
    for name, value in changed.items():
        setattr(booking, name, value)
    touch(booking, now)
    if changed:
        note("booking.edited", booking, by=by, venue_id=booking.venue_id, fields=sorted(changed))
    if meaning.moves:
        close_open(booking.id, ChangeStatus.WITHDRAWN, by=by)
        relocate(booking, wanted, meaning.quote, by=by)
    else:
        pricing.freeze_as(booking, meaning.quote)
        requote_open(booking)
        if "title" in changed and booking.status == Status.CONFIRMED:
            letters.renamed(booking, by=by, now=now)


def requote_open(booking: Booking) -> None:
    """Let a change that waits know what goes with its booking by now, and for how many people."""
    requote_open_of([booking])


def requote_open_of(bookings: Sequence[Booking]) -> None:
    """The same for many bookings at once."""
    known = {each.id: each for each in bookings}
    for change in open_changes(known.keys()):
        booking = known[change.booking_id]
        people = pricing.everybody(booking, change.words.get("people", booking.people))
        taken = pricing.taken_by(booking)
        change.quote = pricing.with_extras(change.quote, change.period, taken, people)


def relocate(
    booking: Booking,
    wanted: Wanted,
    quote: Frozen,
    *,
    by: Person,
    leaves_at: datetime | None = None,
) -> None:
    """Put it at its new place, and tell both sides; both houses when it goes to another one.

    The letters leave at once, or at `leaves_at`.
    """
    letters.let_answer_go(booking)  # Or what is written below would leave with it.
    old_venue, off = booking.venue, called_off(booking)
    before = resettle(booking, wanted, quote, by=by)
    if old_venue.id != booking.venue_id:
        facts = {**before, "leaves_at": leaves_at}
        change_letters.left(booking, old_venue, before=facts, by=by)
        change_letters.other_house(booking, old_venue, off, before=facts)
    letters.moved(booking, before=before, by=by, leaves_at=leaves_at)


def resettle(booking: Booking, wanted: Wanted, quote: Frozen, *, by: Person) -> dict[str, Any]:
    """Put it at its new place; nobody is told yet. Returns where and when it was."""
    before, old_venue, had = before_moving(booking, wanted.room), booking.venue, booking.period
    stock.lock_those_of(booking.id)
    stock.insist_along(booking.id, wanted.room, wanted.period)
    put(booking, wanted, quote)
    insist_on_company(booking, had)
    note("booking.moved", booking, by=by, venue_id=booking.venue_id, **before)
    if old_venue.id != booking.venue_id:
        note("booking.left", booking, by=by, venue_id=old_venue.id, **before)
    return before


def before_moving(booking: Booking, room: Room) -> dict[str, Any]:
    """Where and when it was, as logbook and letters tell it; the house too when it is another one."""
    name = booking.room.name
    if room.venue_id != booking.venue_id:
        name = f"{name}, {booking.venue.name}"
    return {
        "old_room_name": name,
        "old_from_iso": rfc3339(booking.from_at),
        "old_to_iso": rfc3339(booking.to_at),
        "old_total_cents": booking.total_cents,
    }


def put(booking: Booking, wanted: Wanted, quote: Frozen) -> None:
    """Let go of the old place before claiming the new one, or the booking would clash with itself."""
    claims.release(booking.id)
    write_down(booking, wanted, quote)
    db.session.flush()
    if booking.status == Status.CONFIRMED or wanted.room.venue.requests_occupy:
        claims.claim(use_of(booking), claims.lock_rooms([wanted.room])[wanted.room.id])


def write_down(booking: Booking, wanted: Wanted, quote: Frozen) -> None:
    """Its new time, room and price, on the booking alone."""
    room = wanted.room
    booking.room, booking.venue = room, room.venue
    booking.from_at, booking.to_at = wanted.period.start, wanted.period.end
    setup, teardown = own_minutes(booking, room)
    booking.own_setup_minutes, booking.own_teardown_minutes = setup, teardown
    booking.setup_minutes = room.setup_minutes + setup
    booking.teardown_minutes = room.teardown_minutes + teardown
    booking.turnover_minutes = room.turnover_minutes
    pricing.freeze_as(booking, quote)


def open_change(booking_id: int) -> ChangeRequest | None:
    """The change that waits for an answer, locked; there is one at most."""
    return next(iter(open_changes([booking_id])), None)


def close_open(
    booking_id: int, status: ChangeStatus, *, by: Person | None = None, reason: str = ""
) -> ChangeRequest | None:
    """End the change that waits, if there is one, and give back what it held."""
    change = open_change(booking_id)
    if change is not None:
        close_each([change], status, by=by, reason=reason)
    return change
