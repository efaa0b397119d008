"""Steps that the booking verbs share, inside the transaction of whichever verb takes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, exists, or_, select

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings import queries
from buurthuis.bookings.bundles import letters as bundle_letters
from buurthuis.bookings.change_models import IS_OPEN, ChangeRequest
from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.bookings.refusals import (
    ChangedMeanwhile,
    NotBookable,
    ReasonMissing,
    WrongState,
)
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import follow_up
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.models import Occupancy
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules import states
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status, Verb
from buurthuis.tariffs.queries import Priced
from buurthuis.venues.models import Approval, Room

_IS_ANYTHING_OVER = select(
    or_(
        exists().where(Booking.status == Status.HELD, Booking.expires_at <= bindparam("now")),
        exists().where(IS_OPEN, ChangeRequest.expires_at <= bindparam("now")),
    )
)
"""Both are few and in an index, so nearly every verb is done with this one question."""


def release_expired(spaces: Sequence[int], now: datetime) -> None:
    """Release holds past their time inside the transaction that wants their place.

    Whoever waits for such a place comes first: it is offered to them before the verb goes on.
    """
    if not db.session.scalar(_IS_ANYTHING_OVER, {"now": now}):
        return
    in_these = select(Occupancy.booking_id).where(Occupancy.space_id.in_(spaces))
    expire(select(Booking).where(Booking.expires_at <= now, Booking.id.in_(in_these)), now)
    for booking_id, change_id in db.session.execute(_changes_over(spaces, now)).all():
        claims.release_change(booking_id, change_id)
    follow_up()


def _changes_over(spaces: Sequence[int], now: datetime) -> Select[int, int]:
    """Changes that still hold time here, though it is too late to say yes to them."""
    return (
        select(ChangeRequest.booking_id, ChangeRequest.id)
        .join(Occupancy, Occupancy.change_id == ChangeRequest.id)
        .where(Occupancy.space_id.in_(spaces), ChangeRequest.expires_at <= now)
        .distinct()
    )


def expire(question: Select[Booking], now: datetime) -> int:
    """Let go of holds past their time; returns how many.

    What is paid for in one go goes in one go. First the spaces are locked and then the bookings, as
    everywhere; then each is looked at again.
    """
    late = list(db.session.scalars(question.order_by(Booking.id)))
    if not late:
        return 0
    late += _paid_for_with(late)
    claims.lock_rooms({booking.room_id: booking.room for booking in late}.values())
    again = select(Booking).where(
        Booking.id.in_([booking.id for booking in late]),
        Booking.status == Status.HELD,
        Booking.expires_at <= now,
    )
    locked_ones = again.order_by(Booking.id).with_for_update(of=Booking)
    still_late = db.session.scalars(locked_ones.execution_options(populate_existing=True)).all()
    run_out(still_late, now)
    return len(still_late)


def run_out(held: Sequence[Booking], now: datetime) -> None:
    """Let go of locked holds, and tell whom they were kept for; one letter for the rooms of a payment."""
    for booking in held:
        is_pay_hold = booking.is_pay_hold
        go(booking, Verb.EXPIRE)
        booking.expires_at = None
        touch(booking, now)
        claims.release(booking.id)
        note(
            "booking.not_paid" if is_pay_hold else "booking.expired",
            booking,
            venue_id=booking.venue_id,
        )
    told: dict[int, list[Booking]] = {}
    for booking in held:
        told.setdefault(-booking.id if booking.bundle_id is None else booking.bundle_id, []).append(
            booking
        )
    for together in told.values():
        bundle_letters.run_out(together)


def _paid_for_with(late: Sequence[Booking]) -> list[Booking]:
    """The other rooms of bundles that are held until they are paid."""
    bundles = {each.bundle_id for each in late if each.is_pay_hold and each.bundle_id is not None}
    if not bundles:
        return []
    others = select(Booking).where(
        Booking.bundle_id.in_(bundles),
        Booking.status == Status.HELD,
        Booking.pays_by == Way.ONLINE,
        Booking.id.not_in([each.id for each in late]),
    )
    return list(db.session.scalars(others.order_by(Booking.id)))


def insist(
    room: Room,
    ask: Ask,
    *,
    initiative_id: int,
    now: datetime,
    ignoring: int | None = None,
    spaces: queries.Spaces | None = None,
) -> None:
    """Refuse what the rules of the house or another booking stand against."""
    problems = queries.problems_of(
        room, ask, now=now, initiative_id=initiative_id, ignoring=ignoring, spaces=spaces
    )
    if problems == [Problem.TAKEN]:
        raise RoomTaken(room=room, ask=ask)
    if problems:
        raise NotBookable(problems, room, ask)


def use_of(booking: Booking) -> claims.Use:
    return claims.Use(
        booking_id=booking.id,
        room=booking.room,
        initiative_id=booking.initiative_id,
        period=booking.period,
        before_minutes=booking.setup_minutes,
        after_minutes=booking.teardown_minutes + booking.turnover_minutes,
    )


def take_place(booking: Booking, now: datetime) -> None:
    """Claim the place of a booking that holds none; holds past their time let go of it first.

    Raises:
        RoomTaken
    """
    spaces = claims.lock_rooms([booking.room])[booking.room_id]
    release_expired(spaces, now)
    claims.claim(use_of(booking), spaces)


def holds_its_place(booking: Booking) -> bool:
    """A request holds no place where the house has decided so."""
    return booking.status != Status.REQUESTED or booking.venue.requests_occupy


def own_minutes(booking: Booking, room: Room) -> tuple[int, int]:
    """What the group takes itself to prepare and to clear up, as far as a room allows it."""
    most = room.own_buffer_minutes
    return min(booking.own_setup_minutes, most), min(booking.own_teardown_minutes, most)


def locked(booking_id: int, *others: Room) -> Booking:
    """Load a booking for a decision: first lock its spaces (and those of other rooms), then itself."""
    booking = queries.booking(booking_id)
    claims.lock_rooms([booking.room, *others])
    # PostgreSQL locks no row of the houses and rooms that come along in the same question.
    db.session.refresh(booking, with_for_update={"of": Booking})
    return booking


def permit(allowed: bool, booking: Booking, by: Person) -> None:
    if not allowed:
        demand(by, "booking.see", booking)
        raise NotAllowed


def go(booking: Booking, verb: Verb) -> None:
    try:
        booking.status = states.next_status(Status(booking.status), verb)
    except states.WrongState as error:
        raise WrongState(error.status) from error


def decided(booking: Booking, by: Person, now: datetime, lies_for: timedelta) -> None:
    """Write down who answered, and when the letter with the answer leaves if not at once."""
    booking.decided_at, booking.decided_by_id = now, by.id
    booking.answer_leaves_at = now + lies_for if lies_for else None
    touch(booking, now)


def insist_unchanged(booking: Booking, seen: int | None) -> None:
    """Refuse an answer to a request that is no longer what was seen."""
    if seen is not None and seen != booking.sequence:
        raise ChangedMeanwhile


def said(booking: Booking, by: Person, text: str, *, is_from_house: bool) -> BookingMessage:
    """Keep a question or an answer with the booking."""
    if not text.strip():
        raise ReasonMissing
    message = BookingMessage(
        booking=booking,
        author=by,
        is_from_house=is_from_house,
        text=text,
        written_at=clock.now(),
    )
    db.session.add(message)
    return message


def touch(booking: Booking, now: datetime) -> None:
    """What calendars show has changed."""
    booking.changed_at = now
    booking.sequence += 1


def confirms_at_once(room: Room, priced: Priced, by: Person) -> bool:
    """Whether a booking of this room needs no answer of the house, as the house has decided."""
    at_once = room.approval == Approval.ALWAYS or (
        room.approval == Approval.RECOGNISED and priced.is_recognised
    )
    return at_once or has_role(by, RoleName.MANAGER, venue_id=room.venue_id)


def first_status(room: Room, priced: Priced, by: Person) -> Status:
    if confirms_at_once(room, priced, by):
        return Status.CONFIRMED
    return Status.REQUESTED
