"""The verbs of changing a booking: change, ask the house, withdraw, approve, refuse; one transaction each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import asking, change_letters
from buurthuis.bookings.changes.meaning import Meaning, Wanted, meaning_of
from buurthuis.bookings.changes.steps import (
    carry_out,
    insist_on_own_company,
    insist_possible,
    locked_change,
    open_for_change,
    relocate,
)
from buurthuis.bookings.changes.taking_back import put_in_tray, remembered
from buurthuis.bookings.changes.together import close_each, still_known
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import (
    AskedTogether,
    ChangedMeanwhile,
    ChangeIsAnswered,
    ChangeNeedsApproval,
    PriceChanged,
    ReasonMissing,
    RoomRetired,
)
from buurthuis.bookings.steps import insist_unchanged, release_expired, touch
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.rules.answers import AT_ONCE
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room
from buurthuis.venues.queries import row_of


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a change: done at once, or asked (`change`) beside the booking."""

    booking: Booking
    change: ChangeRequest | None = None


@action
def edit(booking_id: int, *, by: Person, **words: Any) -> Booking:
    """Change the title, remark, number of people, purpose, or whether the public may see it.

    The frozen price stays, unless another purpose costs something else.

    Raises:
        NotBookable: more people than the room holds.
        ChangeNeedsApproval: the other purpose has another price, and the house said yes to the first.
        AlreadyOver, WrongState
    """
    return _at_once(booking_id, None, None, by, words)


@action
def move(booking_id: int, room: Room, period: Period, *, by: Person) -> Booking:
    """Move a booking in time or to another room, and price it anew.

    A request moves and keeps waiting. A confirmed booking moves when that asks nothing new of
    the house: a manager does it, the room confirms by itself, or it only becomes shorter.

    Raises:
        ChangeNeedsApproval: the house has to agree to this first; `send` asks it.
        RoomTaken, NotBookable, AlreadyOver, WrongState
    """
    return _at_once(booking_id, room, period, by, {})


@action
def send(
    booking_id: int,
    wanted: Wanted,
    *,
    by: Person,
    seen_total: int | None = None,
    seen: int | None = None,
) -> Sent:
    """Change a booking at once where the house need not be asked, else ask the house.

    What is asked stands beside the booking, which stays as it was and keeps its place until the
    house says yes. `seen_total` is the total that was shown, `seen` the sequence of the booking
    at which it was looked at.

    Raises:
        PriceChanged: the price is no longer the one that was seen.
        ChangedMeanwhile: the booking is no longer what was seen.
        RoomTaken, NotBookable, NoPrice, AlreadyOver, WrongState
    """
    wanted = replace(wanted, room=row_of(wanted.room))
    booking, meaning = _looked_at(booking_id, wanted, by)
    if seen is not None and seen != booking.sequence:
        raise ChangedMeanwhile
    if seen_total is not None and seen_total != meaning.total_cents:
        raise PriceChanged(meaning.total_cents)
    now = clock.now()
    if meaning.needs_house:
        return Sent(booking, asking.ask(booking, wanted, meaning, by=by, now=now))
    carry_out(booking, wanted, meaning, by=by, now=now)
    return Sent(booking)


@action
def withdraw(change_id: int, *, by: Person) -> ChangeRequest:
    """Take back a change that was asked for; the booking stays as it is.

    Raises:
        ChangeIsAnswered: the house was earlier, or it is over.
    """
    asked = locked_change(change_id)
    demand(by, "change.withdraw", asked)
    _insist_on_open(asked)
    close_each([asked], ChangeStatus.WITHDRAWN, by=by)
    note("change.withdrawn", asked.booking, by=by, venue_id=asked.venue_id)
    change_letters.withdrawn(asked, by=by)
    return asked


@action
def approve(
    change_id: int, *, by: Person, seen: int | None = None, lies_for: timedelta = AT_ONCE
) -> Booking:
    """Say yes to a change: the booking moves, at the price that was seen.

    Both claims go before the new one comes, in one transaction. The place is checked again. `seen`
    is the sequence of the booking that was looked at. As long as the answer lies (`lies_for`), it
    can be taken back.

    Raises:
        ChangeIsAnswered: it has been answered or withdrawn, or one of both times has begun.
        ChangedMeanwhile: the booking is no longer what was seen.
        RoomTaken: somebody else has the place (a house whose requests hold no place).
        AskedTogether: it is one day of a series; its days hear yes together.
        RoomRetired: the house lends the other room no more.
        NotBookable: it is a room that goes only with one which the group has no more.
        NotInThisRoom, OutOfStock, LeavesAlone: what goes along cannot.
    """
    asked = locked_change(change_id)
    demand(by, "change.decide", asked)
    booking, now = asked.booking, clock.now()
    _insist_on_open(asked)
    if asked.series_change_id is not None:
        raise AskedTogether
    if asked.is_into_retired:
        raise RoomRetired(asked.room)
    insist_unchanged(booking, seen)
    before = remembered(booking) if lies_for else None
    wanted = Wanted.by_change(asked)
    release_expired(claims.lock_rooms([asked.room])[asked.room_id], now)
    for name, value in wanted.changed_words(booking).items():
        setattr(booking, name, value)
    close_each([asked], ChangeStatus.APPROVED, by=by)
    asked.before, leaves_at = before, put_in_tray(asked, now, lies_for)
    touch(booking, now)
    note("change.approved", booking, by=by, venue_id=asked.venue_id)
    [quote] = still_known([asked.quote])
    if wanted.moves(booking):
        relocate(booking, wanted, quote, by=by, leaves_at=leaves_at)
        insist_on_own_company(booking)
    else:
        pricing.freeze_as(booking, quote)
        change_letters.approved(asked)
    return booking


@action
def refuse(
    change_id: int,
    *,
    by: Person,
    reason: str,
    kind: str = "",
    seen: int | None = None,
    lies_for: timedelta = AT_ONCE,
) -> ChangeRequest:
    """Say no to a change, with the reason that the booker will read; the booking stays as it is.

    Raises:
        ReasonMissing, ChangeIsAnswered, ChangedMeanwhile
    """
    if not reason.strip():
        raise ReasonMissing
    asked = locked_change(change_id)
    demand(by, "change.decide", asked)
    _insist_on_open(asked)
    insist_unchanged(asked.booking, seen)
    close_each([asked], ChangeStatus.REFUSED, by=by, reason=reason, kind=kind)
    # The question about a whole series may end with this day, so that answer is not taken back.
    put_in_tray(asked, clock.now(), AT_ONCE if asked.series_change_id else lies_for)
    note("change.refused", asked.booking, by=by, venue_id=asked.venue_id)
    change_letters.refused(asked)
    return asked


@action
def expire_changes() -> int:
    """End every change that nobody answered in time; returns how many."""
    return asking.expire(clock.now())


def _at_once(
    booking_id: int,
    room: Room | None,
    period: Period | None,
    by: Person,
    words: Mapping[str, Any],
) -> Booking:
    """Change a booking, or refuse what the house has to agree to."""
    if room is None or period is None:
        booking = open_for_change(booking_id, by)
        wanted = Wanted.staying(booking, words)
        meaning = _meaning(booking, wanted, by)
    else:
        wanted = Wanted(row_of(room), period, words)
        booking, meaning = _looked_at(booking_id, wanted, by)
    if meaning.needs_house:
        raise ChangeNeedsApproval
    carry_out(booking, wanted, meaning, by=by, now=clock.now())
    return booking


def _looked_at(booking_id: int, wanted: Wanted, by: Person) -> tuple[Booking, Meaning]:
    """The booking, locked together with the room that is wanted, and what the change would mean."""
    booking = open_for_change(booking_id, by, wanted.room)
    return booking, _meaning(booking, wanted, by)


def _meaning(booking: Booking, wanted: Wanted, by: Person) -> Meaning:
    """What it would mean, once nothing stands against it."""
    now, spaces = clock.now(), claims.lock_rooms([wanted.room])
    release_expired(spaces[wanted.room.id], now)
    insist_possible(booking, wanted, now=now, spaces=spaces)
    return meaning_of(booking, wanted, by=by, now=now)


def _insist_on_open(asked: ChangeRequest) -> None:
    is_open = asked.is_open and asked.booking.status == Status.CONFIRMED
    if not is_open or asked.expires_at <= clock.now():
        raise ChangeIsAnswered(asked.status)
