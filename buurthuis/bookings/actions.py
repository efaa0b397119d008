"""The verbs of the booking desk: book, approve, refuse, cancel, ask and answer; one transaction each."""

from datetime import timedelta

from sqlalchemy import bindparam, select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings import letters
from buurthuis.bookings.bundles.company import left_alone_by
from buurthuis.bookings.bundles.queries import beside
from buurthuis.bookings.calling_off import call_off
from buurthuis.bookings.holds import expire_holds as expire_holds
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.bookings.placing import place
from buurthuis.bookings.refusals import (
    AlreadyOver,
    PayFirst,
    ReasonMissing,
    SpeaksForNobody,
)
from buurthuis.bookings.rights import answers, decides, edits
from buurthuis.bookings.steps import (
    decided,
    go,
    insist_unchanged,
    locked,
    permit,
    release_expired,
    said,
    take_place,
)
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.answers import AT_ONCE
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status, Verb
from buurthuis.venues.models import Room


@lets_the_line_move
@action
def book(
    room: Room,
    wish: Wish,
    *,
    by: Person,
    for_: Initiative,
    submission: str | None = None,
    seen_total: int | None = None,
    exception: str = "",
    pays_by: Way | None = None,
) -> Booking:
    """Book a room for a wish: confirmed at once or requested, as the house has decided.

    Who `pays_by` online and needs no answer of the house has the place kept until it is paid.

    Sending the same `submission` again returns the booking that it made. `seen_total` is the
    total that was shown, in cents. With an `exception` a manager says why fair use is set aside.

    Raises:
        SpeaksForNobody: the person speaks for another initiative.
        RoomTaken: the period overlaps a live booking, also one stored a moment ago by someone else.
        NotBookable: the wish breaks a rule of the house.
        PriceChanged: the price is no longer the one that was seen.
        NotThatWay: the house does not offer this group the way to pay that was chosen.
    """
    if not speaks_for(by, for_.id):
        raise SpeaksForNobody
    spaces = claims.lock_rooms([room, *room.only_with])
    earlier = _sent_before(by, submission)
    if earlier is not None:
        return earlier
    now = clock.now()
    release_expired(spaces[room.id], now)
    order = Order(*(room, wish, for_, submission, seen_total), exception=exception, pays_by=pays_by)
    [booking] = place([order], by=by, now=now, spaces=spaces)
    with db.session.no_autoflush:  # What is written from here on goes in one message.
        note("booking." + booking.status, booking, by=by, venue_id=booking.venue_id)
        if booking.status == Status.CONFIRMED:
            letters.confirmed(booking)
        elif booking.status == Status.REQUESTED:
            letters.requested(booking)
    return booking


@action
def approve(
    booking_id: int, *, by: Person, seen: int | None = None, lies_for: timedelta = AT_ONCE
) -> Booking:
    """Say yes to a request; the place is checked again in the same transaction.

    `seen` is the sequence of the booking that was looked at. As long as the answer lies
    (`lies_for`), it can be taken back.

    Raises:
        ChangedMeanwhile: the booker changed it after it was seen.
        WrongState: it has been answered or cancelled already.
        RoomTaken: somebody else has the place (a house whose requests hold no place).
        AlreadyOver: its time has passed.
    """
    booking = locked(booking_id)
    permit(decides(by, booking), booking, by)
    go(booking, Verb.APPROVE)
    insist_unchanged(booking, seen)
    now = clock.now()
    if booking.to_at <= now:
        raise AlreadyOver
    if not claims.is_held(booking.id):
        take_place(booking, now)
    decided(booking, by, now, lies_for)
    note("booking.approved", booking, by=by, venue_id=booking.venue_id)
    letters.confirmed(booking)
    return booking


@action
def refuse(
    booking_id: int,
    *,
    by: Person,
    reason: str,
    kind: str = "",
    seen: int | None = None,
    lies_for: timedelta = AT_ONCE,
) -> Booking:
    """Say no to a request, with the reason that the booker will read; else as `approve`.

    `kind` is the code of a common reason, so that refusals can be counted.

    Raises:
        ReasonMissing, WrongState, ChangedMeanwhile
    """
    if not reason.strip():
        raise ReasonMissing
    booking = locked(booking_id)
    permit(decides(by, booking), booking, by)
    go(booking, Verb.REFUSE)
    insist_unchanged(booking, seen)
    booking.refusal_reason, booking.refusal_kind = reason, kind or None
    decided(booking, by, clock.now(), lies_for)
    claims.release(booking.id)
    note("booking.refused", booking, by=by, venue_id=booking.venue_id)
    letters.refused(booking)
    for alone in left_alone_by(booking):
        call_off(alone, by=by, now=clock.now(), reason=reason)
    return booking


@action
def cancel(booking_id: int, *, by: Person, reason: str = "", for_group: bool = False) -> Booking:
    """Give the place back. Whether that was late is written down; the house decides what follows.

    A request that was never answered is never late, and neither is what a manager calls off,
    unless that is `for_group`, which asked for it.

    Raises:
        WrongState: it has been cancelled or refused already.
        AlreadyOver: it has ended.
        PayFirst: it is one of several rooms that are being paid for.
    """
    booking = locked(booking_id)
    permit(edits(by, booking), booking, by)
    if booking.is_pay_hold and beside(booking):
        raise PayFirst
    call_off(booking, by=by, now=clock.now(), reason=reason, for_group=for_group)
    return booking


@action
def ask(booking_id: int, *, by: Person, text: str) -> BookingMessage:
    """Ask the booker something before deciding; the request keeps waiting.

    Raises:
        ReasonMissing: there is no question in the text.
    """
    booking = locked(booking_id)
    permit(decides(by, booking), booking, by)
    message = said(booking, by, text, is_from_house=True)
    note("booking.asked", booking, by=by, venue_id=booking.venue_id)
    letters.asked(booking, text)
    return message


@action
def answer(booking_id: int, *, by: Person, text: str) -> BookingMessage:
    """Answer a question of the house.

    Raises:
        ReasonMissing: the answer is empty.
    """
    booking = locked(booking_id)
    permit(answers(by, booking), booking, by)
    message = said(booking, by, text, is_from_house=False)
    note("booking.answered", booking, by=by, venue_id=booking.venue_id)
    letters.answered(booking, text)
    return message


def _sent_before(by: Person, submission: str | None) -> Booking | None:
    if submission is None:
        return None
    return db.session.scalar(_SENT_BEFORE, {"by": by.id, "submission": submission})


_SENT_BEFORE = select(Booking).where(
    Booking.booked_by_id == bindparam("by"), Booking.submission == bindparam("submission")
)
