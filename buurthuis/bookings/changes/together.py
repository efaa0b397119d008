"""Changes of many days that were asked together, inside the transaction of a verb: holding and ending them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.change_models import IS_OPEN, ChangeRequest
from buurthuis.bookings.changes.meaning import Meaning, Wanted
from buurthuis.bookings.models import Booking
from buurthuis.bookings.pricing import Frozen
from buurthuis.bookings.queries import Spaces
from buurthuis.bookings.series.models import SeriesChange
from buurthuis.bookings.steps import own_minutes
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.occupancy import claims
from buurthuis.rules.changes import ChangeStatus, expires_at
from buurthuis.tariffs.models import RateCard


def open_changes(booking_ids: Collection[int]) -> Sequence[ChangeRequest]:
    """The changes of these bookings that wait for an answer, locked in the order of their numbers."""
    if not booking_ids:
        return []
    asked = select(ChangeRequest).where(ChangeRequest.booking_id.in_(booking_ids), IS_OPEN)
    locking = asked.order_by(ChangeRequest.id).with_for_update(of=ChangeRequest)
    return db.session.scalars(locking.execution_options(populate_existing=True)).all()


def open_days(question: SeriesChange) -> Sequence[ChangeRequest]:
    """The days of a question about a whole series that wait for an answer, locked likewise."""
    asked = select(ChangeRequest).where(ChangeRequest.series_change_id == question.id, IS_OPEN)
    locking = asked.order_by(ChangeRequest.id).with_for_update(of=ChangeRequest)
    return db.session.scalars(locking.execution_options(populate_existing=True)).all()


def asked_values(
    booking: Booking, wanted: Wanted, meaning: Meaning, *, by: Person, now: datetime
) -> dict[str, Any]:
    """A change that is asked for, as the columns of its row."""
    return {
        "booking_id": booking.id,
        "venue_id": wanted.room.venue_id,
        "room_id": wanted.room.id,
        "from_at": wanted.period.start,
        "to_at": wanted.period.end,
        "words": wanted.changed_words(booking),
        "price_rule": meaning.rule,
        "quote": meaning.quote,
        "status": ChangeStatus.ASKED,
        "asked_by_id": by.id,
        "asked_at": now,
        "expires_at": expires_at(booking.period, wanted.period),
    }


def use_beside(change: ChangeRequest) -> claims.Use:
    """What a change would use, were it done."""
    room = change.room
    setup, teardown = own_minutes(change.booking, room)
    return claims.Use(
        booking_id=change.booking_id,
        room=room,
        initiative_id=change.booking.initiative_id,
        period=change.period,
        before_minutes=room.setup_minutes + setup,
        after_minutes=room.teardown_minutes + teardown + room.turnover_minutes,
    )


def hold_each(changes: Sequence[ChangeRequest], spaces: Spaces) -> None:
    """Hold the time that each booking does not use already; the spaces are locked.

    Raises:
        RoomTaken: somebody else holds part of it.
    """
    if changes:
        claims.claim_many_besides({each.id: use_beside(each) for each in changes}, spaces)


def still_known(quotes: Sequence[Frozen]) -> list[Frozen]:
    """Frozen prices; a rate card that is gone since is named no more."""
    cards = {each["rate_card_id"] for each in quotes}
    known = set(db.session.scalars(select(RateCard.id).where(RateCard.id.in_(cards - {None}))))
    return [
        each if each["rate_card_id"] in known else {**each, "rate_card_id": None} for each in quotes
    ]


def close_each(
    changes: Sequence[ChangeRequest],
    status: ChangeStatus,
    *,
    by: Person | None,
    reason: str = "",
    kind: str = "",
) -> None:
    """End changes that wait, and give back what they held; their number costs no statements."""
    if not changes:
        return
    now = clock.now()
    for each in changes:
        each.status, each.reason, each.refusal_kind = status, reason, kind or None
        each.decided_at, each.decided_by_id = now, None if by is None else by.id
    db.session.flush()
    claims.release_changes({each.id: each.booking_id for each in changes})
    for question in {each.series_change for each in changes}:
        if question is not None:
            _end_with_its_days(question, status)


def _end_with_its_days(question: SeriesChange, status: ChangeStatus) -> None:
    """End what was asked of a whole series when no day of it waits any more."""
    db.session.flush()
    # Whoever ends another day of it at this moment waits here, and then sees this one.
    db.session.refresh(question, ["status"], with_for_update=True)
    waits = select(ChangeRequest.id).where(ChangeRequest.series_change_id == question.id, IS_OPEN)
    if question.is_open and db.session.scalar(waits.limit(1)) is None:
        question.status = status
        db.session.flush()
