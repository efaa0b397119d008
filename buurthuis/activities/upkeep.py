"""What the worker does for activities: tells of changes, reminds, and forgets; each once."""

from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import joinedload

from buurthuis.activities import letters, queries
from buurthuis.activities.actions import GOES_THROUGH
from buurthuis.activities.models import Activity, Place, Seat
from buurthuis.bookings.models import Booking
from buurthuis.bookings.reminders import certain_in
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules import reminders
from buurthuis.venues.album import let_unused_go

NAMES_KEPT: Final = timedelta(days=30)
MOST_AT_ONCE: Final = 500


@action
def tell_visitors() -> int:
    """Write to the visitors of what was cancelled or moved, whoever did that; returns of how many."""
    has_changed = or_(
        Booking.status.not_in(GOES_THROUGH),
        Booking.from_at != Activity.told_from_at,
        Booking.room_id != Activity.told_room_id,
    )
    asked = (
        select(Activity)
        .join(Activity.booking)
        .where(Activity.told_from_at.is_not(None), Booking.to_at > clock.now(), has_changed)
        .order_by(Activity.id)
        .with_for_update(of=Activity, skip_locked=True)
    )
    told = db.session.scalars(asked).all()
    for activity in told:
        booking = activity.booking
        is_off = booking.status not in GOES_THROUGH
        for seat in queries.visitors(activity):
            letters.changed(seat, is_off=is_off)
        activity.moved_from_at = activity.was_at
        activity.told_from_at = None if is_off else booking.from_at
        activity.told_room_id = booking.room_id
    return len(told)


@action
def remind_visitors() -> int:
    """Write to who has a seat tomorrow; returns to how many.

    A seat remembers of which start its visitor was reminded, so many workers send one letter.
    Whoever has not yet heard of another time hears that first.
    """
    tomorrow = reminders.starts_to_remind_of(clock.now())
    if tomorrow is None:
        return 0
    due = (
        select(Seat)
        .join(Seat.activity)
        .join(Activity.booking)
        .where(
            *certain_in(tomorrow),
            Booking.from_at == Activity.told_from_at,
            Seat.place == Place.SEATED,
            or_(Seat.reminded_of_at.is_(None), Seat.reminded_of_at != Booking.from_at),
        )
        .options(joinedload(Seat.activity).options(queries.WITH_PLACE))
        .order_by(Seat.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Seat, skip_locked=True)
    )
    reminded = 0
    for seat in db.session.scalars(due):
        starts_at = seat.reminded_of_at = seat.activity.booking.from_at
        if seat.email and reminders.is_needed(starts_at=starts_at, certain_since=[seat.made_at]):
            letters.reminder(seat)
            reminded += 1
    return reminded


@action
def forget_visitors() -> int:
    """Forget who came, and the picture, thirty days afterwards.

    How many seats were taken stays with the activity.
    """
    long_ago = clock.now() - NAMES_KEPT
    over = select(Activity.id).join(Activity.booking).where(Booking.to_at < long_ago)
    with_picture = update(Activity).where(Activity.picture_id.is_not(None), Activity.id.in_(over))
    if _count(db.session.execute(with_picture.values(picture_id=None, picture_alt=""))):
        let_unused_go()
    forgotten = db.session.execute(delete(Seat).where(Seat.activity_id.in_(over)))
    db.session.execute(
        delete(OutboxLetter).where(
            OutboxLetter.template.in_(letters.TO_VISITORS), OutboxLetter.sent_at < long_ago
        )
    )
    return _count(forgotten)


def _count(result: Any) -> int:
    return cast(CursorResult[Any], result).rowcount
