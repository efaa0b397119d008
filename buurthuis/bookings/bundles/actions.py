"""The verbs of a bundle: book several rooms at once, and answer or cancel them together."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import speaks_for
from buurthuis.bookings.bundles import letters
from buurthuis.bookings.bundles.company import left_alone_by
from buurthuis.bookings.bundles.models import Bundle
from buurthuis.bookings.bundles.queries import bookings_of, sent_before
from buurthuis.bookings.bundles.wishes import wishes
from buurthuis.bookings.calling_off import call_off, give_back_many
from buurthuis.bookings.holds import lets_the_line_move
from buurthuis.bookings.models import Booking
from buurthuis.bookings.placing import place
from buurthuis.bookings.refusals import (
    AlreadyOver,
    OneHouseOnly,
    PriceChanged,
    ReasonMissing,
    SpeaksForNobody,
    WrongState,
)
from buurthuis.bookings.rights import decides, edits
from buurthuis.bookings.steps import decided, go, permit, release_expired, take_place
from buurthuis.bookings.wishes import Order, Wish
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.answers import AT_ONCE
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import LIVE, Status, Verb
from buurthuis.venues.models import Room


@lets_the_line_move
@action
def book_together(
    rooms: Sequence[Room],
    wish: Wish,
    *,
    by: Person,
    for_: Initiative,
    submission: str | None = None,
    seen_total: int | None = None,
    pays_by: Way | None = None,
) -> list[Booking]:
    """Book several rooms of one house for the same time: all of them or none.

    The people fill the rooms in their order; the extras go with the first. When the house has to
    answer for one room, it answers for all; what is paid for online is kept together until then.
    Sending the same `submission` again gives the bookings that it made. `seen_total` is the total
    of all rooms that was shown, in cents.

    Raises:
        OneHouseOnly: the rooms are of several houses, or one is named twice.
        SpeaksForNobody, RoomTaken, NotBookable, SomeTaken, SomeNotBookable, PriceChanged, NoPrice,
        OutOfStock, ExtraTooLate, NotInThisRoom, NotThatWay: as for one room.
    """
    if not speaks_for(by, for_.id):
        raise SpeaksForNobody
    if len({room.venue_id for room in rooms}) != 1 or len({room.id for room in rooms}) < len(rooms):
        raise OneHouseOnly
    spaces = claims.lock_rooms([*rooms, *(other for room in rooms for other in room.only_with)])
    earlier = sent_before(by.id, submission)
    if earlier is not None:
        return list(bookings_of(earlier.id))
    now = clock.now()
    release_expired([space for room in rooms for space in spaces[room.id]], now)
    bundle = Bundle(
        venue_id=rooms[0].venue_id,
        initiative_id=for_.id,
        booked_by_id=by.id,
        submission=submission,
        created_at=now,
    )
    db.session.add(bundle)
    orders = [
        Order(room, its_own, for_, bundle=bundle, pays_by=pays_by)
        for room, its_own in wishes(rooms, wish)
    ]
    bookings = place(orders, by=by, now=now, spaces=spaces)
    total = sum(each.total_cents for each in bookings)
    if seen_total is not None and seen_total != total:
        raise PriceChanged(total)
    _wait_for_each_other(bookings)
    for each in bookings:
        note("booking." + each.status, each, by=by, venue_id=each.venue_id, bundle=bundle.id)
    if not bookings[0].is_pay_hold:
        letters.booked(bookings)
    return bookings


@action
def approve_bundle(bundle_id: int, *, by: Person, lies_for: timedelta = AT_ONCE) -> list[Booking]:
    """Say yes to all requests of a bundle; as long as the answer lies, it can be taken back.

    Raises:
        NotFound: there is no such bundle.
        WrongState: none of them waits for an answer.
        RoomTaken: somebody else has one of the places.
        AlreadyOver: their time has passed.
    """
    waiting, now = _locked(bundle_id, by, {Status.REQUESTED}), clock.now()
    for booking in waiting:
        permit(decides(by, booking), booking, by)
        go(booking, Verb.APPROVE)
        if booking.to_at <= now:
            raise AlreadyOver
        if not claims.is_held(booking.id):
            take_place(booking, now)
        decided(booking, by, now, lies_for)
        note("booking.approved", booking, by=by, venue_id=booking.venue_id, bundle=bundle_id)
    letters.approved(waiting)
    return waiting


@action
def refuse_bundle(
    bundle_id: int, *, by: Person, reason: str, kind: str = "", lies_for: timedelta = AT_ONCE
) -> list[Booking]:
    """Say no to all requests of a bundle, with one reason; `kind` is its code, as for one.

    Raises:
        ReasonMissing: there is no reason.
        NotFound, WrongState: as `approve_bundle`.
    """
    if not reason.strip():
        raise ReasonMissing
    waiting, now = _locked(bundle_id, by, {Status.REQUESTED}), clock.now()
    for booking in waiting:
        permit(decides(by, booking), booking, by)
        go(booking, Verb.REFUSE)
        booking.refusal_reason, booking.refusal_kind = reason, kind or None
        decided(booking, by, now, lies_for)
        claims.release(booking.id)
        note("booking.refused", booking, by=by, venue_id=booking.venue_id, bundle=bundle_id)
    letters.refused(waiting, reason)
    _let_fall(waiting, by=by, now=now, reason=reason)
    return waiting


@action
def cancel_bundle(
    bundle_id: int, *, by: Person, reason: str = "", for_group: bool = False
) -> list[Booking]:
    """Give all places of a bundle back that are still to come; gives those. Else as `actions.cancel`.

    Raises:
        NotFound: there is no such bundle.
        WrongState: all of them were cancelled or refused already.
        AlreadyOver: their time has passed.
    """
    live, now = _locked(bundle_id, by, LIVE), clock.now()
    for booking in live:
        permit(edits(by, booking), booking, by)
    certain = give_back_many(live, by=by, now=now, for_group=for_group)
    letters.cancelled(live, by=by, reason=reason, certain=certain)
    _let_fall(live, by=by, now=now, reason=reason, for_group=for_group)
    return live


def _wait_for_each_other(bookings: Sequence[Booking]) -> None:
    """Where one room needs an answer, all wait for it: nobody wants the kitchen without the hall.

    Where one is paid for first, all are kept until then, also one that costs nothing.
    """
    if any(each.status == Status.REQUESTED for each in bookings):
        for each in bookings:
            if each.status in {Status.CONFIRMED, Status.HELD}:
                each.status, each.expires_at = Status.REQUESTED, None
                if not each.venue.requests_occupy:
                    claims.release(each.id)
        db.session.flush()
        return
    until = next((each.expires_at for each in bookings if each.is_pay_hold), None)
    if until is not None:
        for each in bookings:
            each.status, each.expires_at, each.pays_by = Status.HELD, until, Way.ONLINE
        db.session.flush()


def _locked(bundle_id: int, by: Person, states: Collection[Status]) -> list[Booking]:
    """The bookings of a bundle that are in one of these states, with their spaces locked first."""
    bookings = bookings_of(bundle_id)
    if not bookings:
        raise NotFound(bundle=bundle_id)
    claims.lock_rooms([each.room for each in bookings])
    for each in bookings:
        db.session.refresh(each, with_for_update={"of": Booking})
    permit(edits(by, bookings[0]), bookings[0], by)
    found = [each for each in bookings if each.status in states]
    if not found:
        raise WrongState(Status(bookings[0].status))
    return found


def _let_fall(
    bookings: Sequence[Booking],
    *,
    by: Person,
    now: datetime,
    reason: str,
    for_group: bool = False,
) -> None:
    """What the group has beside them and cannot stand alone is called off too."""
    for booking in bookings:
        for alone in left_alone_by(booking):
            call_off(alone, by=by, now=now, reason=reason, for_group=for_group)
