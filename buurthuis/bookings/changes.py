"""Changing a booking that exists: its words and numbers, or its time and room within the house."""

from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters, pricing
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AlreadyOver, ChangeNeedsApproval, NotBookable, WrongState
from buurthuis.bookings.rights import decides, edits
from buurthuis.bookings.steps import insist, locked, permit, touch, use_of
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.availability import Ask, Problem
from buurthuis.rules.calendar import rfc3339
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Approval, Room

WORDS = frozenset({"title", "remark", "people", "purpose", "is_public"})


@action
def edit(booking_id: int, *, by: Person, **words: Any) -> Booking:
    """Change the title, remark, number of people, purpose, or whether the public may see it.

    The frozen price stays, unless another purpose costs something else.

    Raises:
        NotBookable: more people than the room holds.
        ChangeNeedsApproval: the other purpose has another price, and the house said yes to the first.
        AlreadyOver, WrongState
    """
    booking = _open_for_change(booking_id, by)
    _reword(booking, words, by)
    return booking


@action
def move(booking_id: int, room: Room, period: Period, *, by: Person) -> Booking:
    """Move a booking in time or to another room of the same house, and price it anew.

    A request moves and keeps waiting. A confirmed booking moves when that asks nothing new of
    the house: a manager does it, the room confirms by itself, or it only becomes shorter.

    Raises:
        ChangeNeedsApproval: the house has to agree to this first.
        RoomTaken, NotBookable, AlreadyOver, WrongState
    """
    booking = _open_for_change(booking_id, by, room)
    _relocate(booking, room, period, by)
    return booking


@action
def change(booking_id: int, room: Room, period: Period, *, by: Person, **words: Any) -> Booking:
    """Move and edit in one go: all of it happens or nothing.

    The new number of people has to fit the new room alone.

    Raises:
        What `move` and `edit` raise.
    """
    booking = _open_for_change(booking_id, by, room)
    _reword(booking, words, by, room)
    _relocate(booking, room, period, by)
    return booking


def _open_for_change(booking_id: int, by: Person, *others: Room) -> Booking:
    booking = locked(booking_id, *others)
    permit(edits(by, booking), booking, by)
    if not booking.is_live:
        raise WrongState(Status(booking.status))
    if booking.to_at <= clock.now():
        raise AlreadyOver
    return booking


def _reword(booking: Booking, words: dict[str, Any], by: Person, room: Room | None = None) -> None:
    room = room or booking.room
    people = words.get("people", booking.people)
    if people is not None and people > room.capacity:
        raise NotBookable([Problem.TOO_MANY_PEOPLE], room, Ask(booking.period, people))
    changed = {name for name in WORDS & words.keys() if getattr(booking, name) != words[name]}
    before = booking.purpose
    for name in changed:
        setattr(booking, name, words[name])
    if "purpose" in changed:
        _requote(booking, before, by)
    if changed:
        touch(booking, clock.now())
        note("booking.edited", booking, by=by, venue_id=booking.venue_id, fields=sorted(changed))


def _requote(booking: Booking, before: Purpose, by: Person) -> None:
    """Price it anew when the purpose decides what it costs: no party for the price of a meeting."""
    try:
        old, new = (
            pricing.price_of(booking.room, booking.period, booking.initiative, purpose)
            for purpose in (before, booking.purpose)
        )
    except NoPrice:
        return
    if old.quote == new.quote:
        return
    if not _may_settle(booking, booking.room, by):
        raise ChangeNeedsApproval
    pricing.freeze(booking, new)


def _relocate(booking: Booking, room: Room, period: Period, by: Person) -> None:
    if (room.id, period) == (booking.room_id, booking.period):
        return
    is_shorter = room.id == booking.room_id and booking.period.contains(period)
    if not (is_shorter or _may_settle(booking, room, by)):
        raise ChangeNeedsApproval
    if room.retired_at is not None and not is_shorter:
        raise NotBookable([Problem.CLOSED], room, Ask(period, booking.people))
    now = clock.now()
    insist(
        room,
        Ask(period, booking.people),
        initiative_id=booking.initiative_id,
        now=now,
        ignoring=booking.id,
    )
    before: dict[str, Any] = {
        "old_room_name": booking.room.name,
        "old_from_iso": rfc3339(booking.from_at),
        "old_to_iso": rfc3339(booking.to_at),
        "old_total_cents": booking.total_cents,
    }
    _put(booking, room, period)
    touch(booking, now)
    note("booking.moved", booking, by=by, venue_id=booking.venue_id, **before)
    letters.moved(booking, before=before, by=by)


def _may_settle(booking: Booking, room: Room, by: Person) -> bool:
    """Whether the house need not be asked about another time, room or price."""
    if room.venue_id != booking.venue_id:
        return False
    if booking.status != Status.CONFIRMED or decides(by, booking):
        return True
    return room.approval == Approval.ALWAYS


def _put(booking: Booking, room: Room, period: Period) -> None:
    """Let go of the old place before claiming the new one, or the booking would clash with itself."""
    was_held = claims.is_held(booking.id)
    claims.release(booking.id)
    booking.room = room
    booking.from_at, booking.to_at = period.start, period.end
    booking.setup_minutes = room.setup_minutes
    booking.teardown_minutes = room.teardown_minutes
    booking.turnover_minutes = room.turnover_minutes
    pricing.freeze(booking, pricing.price_of(room, period, booking.initiative, booking.purpose))
    db.session.flush()
    if was_held:
        claims.claim(use_of(booking), claims.lock_rooms([room])[room.id])
