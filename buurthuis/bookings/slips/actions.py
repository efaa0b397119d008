"""The verbs of the desk: book for somebody who calls, give them a paper, and open it with its PIN.

A wrong try has to be counted, and a refusal that is raised leaves nothing behind; so
`open_with_pin` returns its refusals.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from buurthuis.accounts.actions import clean_name, new_person, speak_for
from buurthuis.accounts.hashes import equal
from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import contact_of, speakers_of
from buurthuis.bookings import letters
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place
from buurthuis.bookings.slips.models import Slip, SlipTry
from buurthuis.bookings.slips.pins import (
    NO_PIN,
    new_pin,
    new_reference,
    pin_hash,
    reference_hash,
)
from buurthuis.bookings.slips.queries import slip_of, still_stands
from buurthuis.bookings.slips.refusals import HasMail, TooManyTries, WrongPin
from buurthuis.bookings.steps import release_expired
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

MOST_TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody new on the telephone or at the desk: a name, perhaps a number, perhaps a group."""

    name: str
    phone: str = ""
    group: str = ""
    kind: Kind = Kind.PRIVATE


@dataclass(frozen=True, slots=True)
class Sending:
    """A mark that makes sending twice harmless, and the total that was read out, in cents.

    With an `exception` a manager says why fair use is set aside.
    """

    mark: str | None = None
    seen_total: int | None = None
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A booking with the PIN of its paper, which is shown this once; "" when there is none."""

    booking: Booking
    pin: str = ""


@lets_the_line_move
@action
def book_for(
    room: Room, wish: Wish, whom: Initiative | Caller, *, by: Person, sending: Sending
) -> Printed:
    """Book for a group of the house or for somebody new, by the rules and at the price of everybody.

    What a manager types is confirmed at once. The logbook names who typed it, and the booking for
    whom; whoever has no e-mail gets a paper. Sending the same mark again makes nothing new.

    Raises:
        NotFound, NotAllowed: the person does not book at this desk.
        Invalid: the name of somebody new is empty or too long.
        RoomTaken, NotBookable, PriceChanged, NoPrice
    """
    demand(by, "desk.book", room.venue)
    spaces = claims.lock_rooms([room, *room.only_with])
    earlier = _typed_before(room, wish, sending.mark)
    if earlier is not None:
        return Printed(earlier)
    now = clock.now()
    release_expired(spaces[room.id], now)
    group, booker = who_books(whom, by, room.venue)
    order = Order(
        room,
        wish,
        group,
        submission=sending.mark,
        seen_total=sending.seen_total,
        booker=booker,
        exception=sending.exception,
    )
    [booking] = place([order], by=by, now=now, spaces=spaces)
    facts = {"person": booker.id, "at_desk": True}
    note("booking." + booking.status, booking, by=by, venue_id=booking.venue_id, **facts)
    if booking.status != Status.CONFIRMED:
        letters.requested(booking)
    elif booker.email:
        letters.confirmed(booking)
    return Printed(booking) if booker.email else Printed(booking, _print(booking, by, now))


@action
def print_anew(booking_id: int, *, by: Person) -> Printed:
    """Give a booking a paper with a new PIN; what the one before it had opened is closed.

    Raises:
        HasMail: the booker needs no paper.
        NotFound, NotAllowed
    """
    booking = db.session.get_one(Booking, booking_id, with_for_update={"of": Booking})
    demand(by, "desk.give_slip", booking)
    if booking.booked_by.email:
        raise HasMail
    return Printed(booking, _print(booking, by, clock.now()))


@action
def open_with_pin(reference: str, pin: str) -> Slip | WrongPin | TooManyTries:
    """Open a slip for whoever knows its reference and PIN.

    What is wrong is not told, nor by how long it takes: an unknown reference is looked up, hashed,
    compared and counted as a known one. After five wrong tries a reference rests for a quarter of
    an hour, known or not.
    """
    now = clock.now()
    db.session.execute(delete(SlipTry).where(SlipTry.at <= now - TRIES_WITHIN))
    slip = db.session.scalar(
        select(Slip).where(Slip.reference == reference).with_for_update(of=Slip)
    )
    hashed = reference_hash(reference)
    tries = select(func.count()).where(SlipTry.reference_hash == hashed)
    if (db.session.scalar(tries) or 0) >= MOST_TRIES:
        return TooManyTries()
    is_right = equal(pin_hash(reference, pin), slip.pin_hash if slip is not None else NO_PIN)
    if slip is None or not is_right or not still_stands(slip, now=now):
        db.session.add(SlipTry(reference_hash=hashed, at=now))
        return WrongPin()
    booking = slip.booking
    note("slip.used", booking, by=booking.booked_by, venue_id=booking.venue_id)
    return slip


def _typed_before(room: Room, wish: Wish, mark: str | None) -> Booking | None:
    """What was typed under the same mark, which nobody else can know."""
    if mark is None:
        return None
    return db.session.scalar(
        select(Booking).where(
            Booking.room_id == room.id,
            Booking.from_at == wish.period.start,
            Booking.submission == mark,
        )
    )


def who_books(whom: Initiative | Caller, by: Person, venue: Venue) -> tuple[Initiative, Person]:
    """For which group it is, and who of them booked: the contact, else whoever speaks for it longest."""
    if isinstance(whom, Initiative):
        booker = contact_of(whom) or next(iter(speakers_of(whom)), by)
        return whom, booker
    person = new_person(clean_name(whom.name), None, by.language, by=by, venue_id=venue.id)
    person.phone = whom.phone
    name = clean_name(whom.group) if whom.group else person.name
    group = Initiative(name=name, kind=whom.kind, created_at=clock.now())
    db.session.add(group)
    db.session.flush()
    note("initiative.made", group, by=by, venue_id=venue.id, kind=group.kind)
    speak_for(group, person, by=by)
    return group, person


def _print(booking: Booking, by: Person, now: datetime) -> str:
    """Make the paper, or give it another PIN; the PIN is returned and forgotten."""
    pin, slip = new_pin(), slip_of(booking)
    if slip is None:
        slip = Slip(booking_id=booking.id, reference=_unused_reference(), edition=0)
        db.session.add(slip)
    slip.pin_hash = pin_hash(slip.reference, pin)
    slip.edition += 1
    slip.made_by_id, slip.made_at = by.id, now
    note("slip.made", booking, by=by, venue_id=booking.venue_id)
    db.session.flush()
    return pin


def _unused_reference() -> str:
    while True:
        reference = new_reference()
        if db.session.scalar(select(Slip.id).where(Slip.reference == reference)) is None:
            return reference
