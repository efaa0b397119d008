"""Taking back a yes or a no to a change that nobody has heard yet (decision 23)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import letters, pricing
from buurthuis.bookings.bundles.company import insist_on_company
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes import asking
from buurthuis.bookings.changes.meaning import WORDS, Wanted
from buurthuis.bookings.changes.queries import latest_change_of
from buurthuis.bookings.changes.steps import insist_on_own_company, locked_change
from buurthuis.bookings.changes.together import still_known
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import AnswerHasLeft, PlaceIsGone
from buurthuis.bookings.steps import release_expired, take_place, touch
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.occupancy import claims
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.changes import ChangeStatus, can_be_taken_back
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room

MINUTES = (
    *("own_setup_minutes", "own_teardown_minutes"),
    *("setup_minutes", "teardown_minutes", "turnover_minutes"),
)


def put_in_tray(asked: ChangeRequest, now: datetime, lies_for: timedelta) -> datetime | None:
    """Say when the letter with an answer leaves, None for at once; an earlier letter goes first."""
    letters.let_answer_go(asked.booking)
    asked.answer_leaves_at = now + lies_for if lies_for else None
    asked.booking.answer_leaves_at = asked.answer_leaves_at
    return asked.answer_leaves_at


def remembered(booking: Booking) -> dict[str, Any]:
    """All of a booking that a yes changes, as plain values."""
    return {
        "room": booking.room_id,
        "from": int(booking.from_at.timestamp()),
        "to": int(booking.to_at.timestamp()),
        "sequence": booking.sequence,
        "minutes": {name: getattr(booking, name) for name in MINUTES},
        "words": {name: getattr(booking, name) for name in sorted(WORDS)},
        "quote": pricing.frozen_on(booking),
    }


def is_in_tray(asked: ChangeRequest, now: datetime) -> bool:
    """Whether the answer to this change lies there still, and nothing has happened since."""
    booking = asked.booking
    # Of a day of a series that had nothing to change, not even the sequence did.
    is_untouched = asked.before is None or booking.sequence - asked.before["sequence"] in (0, 1)
    latest = latest_change_of(booking)
    return (
        can_be_taken_back(
            asked.status, leaves_at=asked.answer_leaves_at, expires_at=asked.expires_at, now=now
        )
        and booking.answer_leaves_at == asked.answer_leaves_at
        and is_untouched
        and latest is not None
        and latest.id == asked.id
    )


def take_back(change_id: int, *, by: Person) -> ChangeRequest:
    """Let a change wait again: the booking, its price and its place are what they were.

    Raises:
        AnswerHasLeft: the letter has gone, or something else happened to the booking.
        PlaceIsGone: somebody else has the old place, or what the change held.
        OutOfStock: somebody else has what went with the booking.
        LeavesAlone: another booking of the group went with the new place meanwhile.
        NotBookable: the room it had goes only with one which the group has no more.
    """
    try:
        return _take_back(change_id, by=by)
    except RoomTaken as taken:
        raise PlaceIsGone from taken


@action
def _take_back(change_id: int, *, by: Person) -> ChangeRequest:
    asked = locked_change(change_id)
    demand(by, "change.decide", asked)
    booking, now, answer = asked.booking, clock.now(), asked.status
    if not is_in_tray(asked, now) or not letters.taken_back([booking], asked.decided_at):
        raise AnswerHasLeft
    before, house = asked.before, booking.venue_id
    reopen(asked)
    if before is not None:
        _restore(booking, before, now)
    _hold_again(asked, now)
    touch(booking, now)
    for venue_id in sorted({house, booking.venue_id}):
        note("change.taken_back", booking, by=by, venue_id=venue_id, answer=str(answer))
    return asked


def reopen(asked: ChangeRequest) -> None:
    """Let a change wait for an answer again, as far as its own row says so."""
    asked.status = ChangeStatus.ASKED
    asked.decided_at = asked.decided_by_id = asked.refusal_kind = None
    asked.reason, asked.before = "", None
    asked.answer_leaves_at = asked.booking.answer_leaves_at = None
    db.session.flush()


def _restore(booking: Booking, before: Mapping[str, Any], now: datetime) -> None:
    had = booking.period
    claims.release(booking.id)
    write_back(booking, before)
    db.session.flush()
    take_place(booking, now)
    insist_on_company(booking, had)
    insist_on_own_company(booking)


def write_back(booking: Booking, before: Mapping[str, Any]) -> None:
    """Let a booking say again what was `remembered`; what it holds is for the caller."""
    room = db.session.get_one(Room, before["room"])
    for name, value in {**before["words"], **before["minutes"]}.items():
        setattr(booking, name, Purpose(value) if name == "purpose" else value)
    booking.room, booking.venue = room, room.venue
    booking.from_at, booking.to_at = _moment(before["from"]), _moment(before["to"])
    [quote] = still_known([before["quote"]])
    pricing.freeze_as(booking, quote)


def _hold_again(asked: ChangeRequest, now: datetime) -> None:
    """What the change held besides, as any change that waits for this house."""
    wanted = Wanted(asked.room, Period(asked.from_at, asked.to_at))
    if wanted.moves(asked.booking) and asked.venue.requests_occupy:
        db.session.flush()
        release_expired(claims.lock_rooms([asked.room])[asked.room_id], now)
        asking.hold(asked)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
