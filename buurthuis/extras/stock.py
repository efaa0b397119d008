"""Steps with extras, inside the transaction of whichever verb takes them: lock, look, write down.

The locks are taken after those of the spaces and the bookings, in id order. The database has the
last word (guard.py), and gives everything back when the booking lets go of its room.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, tuple_, update

from buurthuis.extras.models import BookingExtra, Extra
from buurthuis.extras.queries import away, extras_by_id
from buurthuis.extras.refusals import ExtraTooLate, NotInThisRoom, OutOfStock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.rules.stock import left
from buurthuis.venues.models import Room


def lock(extra_ids: Collection[int]) -> None:
    """Make everybody else who wants one of these extras wait, in id order."""
    if extra_ids:
        db.session.execute(
            select(Extra.id)
            .where(Extra.id.in_(extra_ids))
            .order_by(Extra.id)
            .with_for_update(key_share=True)
        ).all()


def insist(
    wanted: Sequence[Wanted],
    room: Room,
    period: Period,
    *,
    now: datetime,
    ignoring: int | None = None,
) -> None:
    """Refuse extras that do not go with this room, are asked for too late, or are all away.

    `ignoring` leaves out what one booking has itself, for a change of that booking.

    Raises:
        NotInThisRoom, ExtraTooLate, OutOfStock
    """
    if not wanted:
        return
    known = extras_by_id([each.extra_id for each in wanted])
    for extra_id, quantity in wanted:
        extra = known.get(extra_id)
        if extra is None or not goes_with(extra, room):
            raise NotInThisRoom(extra=extra)
        if period.start - now < timedelta(hours=extra.notice_hours):
            raise ExtraTooLate(extra)
        remaining = left_of(extra, period, ignoring=ignoring)
        if remaining is not None and quantity > remaining:
            raise OutOfStock(extra, remaining)


def insist_on_room(booking_id: int, room: Room) -> None:
    """Refuse another room for a booking when something goes with it that is not lent there.

    Raises:
        NotInThisRoom
    """
    asked = select(BookingExtra).where(BookingExtra.booking_id == booking_id)
    for each in db.session.scalars(asked):
        if not is_lent_in(each.extra, room):
            raise NotInThisRoom(extra=each.extra)


def insist_along(
    booking_id: int, room: Room, period: Period, *, noticed_at: datetime | None = None
) -> None:
    """Refuse another place for a booking when something that goes with it cannot come along.

    Whoever takes the place has locked the extras first. With `noticed_at` also when the house then
    hears of it too late.

    Raises:
        NotInThisRoom, OutOfStock, ExtraTooLate
    """
    insist_on_room(booking_id, room)
    asked = select(BookingExtra).where(BookingExtra.booking_id == booking_id)
    for each in db.session.scalars(asked.order_by(BookingExtra.extra_id)):
        notice = timedelta(hours=each.extra.notice_hours)
        if noticed_at is not None and period.start - noticed_at < notice:
            raise ExtraTooLate(each.extra)
        remaining = left_of(each.extra, period, ignoring=booking_id)
        if remaining is not None and each.quantity > remaining:
            raise OutOfStock(each.extra, remaining)


def lock_those_of(booking_id: int) -> None:
    """Lock what goes with a booking, as `lock`."""
    mine = select(BookingExtra.extra_id).where(BookingExtra.booking_id == booking_id)
    lock(set(db.session.scalars(mine)))


def left_of(extra: Extra, period: Period, *, ignoring: int | None = None) -> int | None:
    """How many of an extra can be had all through a period; None without end."""
    if extra.stock is None:
        return None
    around = time_away(extra, period)
    return left(extra.stock, away(extra.id, around, ignoring=ignoring), around)


def time_away(extra: Extra, period: Period) -> Period:
    """How long an extra is away for a use of this period."""
    return period.widened(before_minutes=extra.before_minutes, after_minutes=extra.after_minutes)


def goes_with(extra: Extra, room: Room) -> bool:
    """The house has it still, and lends it with this room."""
    return extra.retired_at is None and is_lent_in(extra, room)


def is_lent_in(extra: Extra, room: Room) -> bool:
    """The extra is of this house, and goes with this room; it may be gone by now."""
    if extra.venue_id != room.venue_id:
        return False
    return not extra.rooms or room.id in {each.id for each in extra.rooms}


def write(wanted: Mapping[int, Sequence[Wanted]]) -> None:
    """Write down what goes with bookings that are new, by their id."""
    rows = [
        {"booking_id": booking_id, **each._asdict()}
        for booking_id, extras in wanted.items()
        for each in extras
    ]
    if rows:
        db.session.execute(insert(BookingExtra), rows)


def rewrite(booking_id: int, wanted: Sequence[Wanted]) -> None:
    """Write down what goes with a booking from now on; less comes before more.

    Raises (when it is stored):
        OutOfStock: others have them.
    """
    mine = BookingExtra.booking_id == booking_id
    asked = select(BookingExtra.extra_id, BookingExtra.quantity).where(mine)
    before = {each.extra_id: each.quantity for each in db.session.execute(asked)}
    rewrite_many({booking_id: (before, dict(wanted))})


def rewrite_many(changes: Mapping[int, tuple[Mapping[int, int], Mapping[int, int]]]) -> None:
    """The same for many: how many of each extra go with each booking before and after, by their ids.

    The number of statements does not grow with the bookings.
    """
    gone = [
        (booking_id, extra_id)
        for booking_id, (before, after) in changes.items()
        for extra_id in before.keys() - after.keys()
    ]
    if gone:
        which = tuple_(BookingExtra.booking_id, BookingExtra.extra_id).in_(gone)
        db.session.execute(delete(BookingExtra).where(which))
    others = [
        {"booking": booking_id, "extra": extra_id, "count": after[extra_id]}
        for booking_id, (before, after) in changes.items()
        for extra_id in sorted(before.keys() & after.keys())
        if before[extra_id] != after[extra_id]
    ]
    if others:
        changes_before = {id_: before for id_, (before, _after) in changes.items()}
        others.sort(key=lambda row: row["count"] > changes_before[row["booking"]][row["extra"]])
        db.session.connection().execute(_SO_MANY, others)
    write(
        {
            booking_id: [Wanted(*each) for each in after.items() if each[0] not in before]
            for booking_id, (before, after) in changes.items()
        }
    )


_SO_MANY = (
    update(BookingExtra)
    .where(
        BookingExtra.booking_id == bindparam("booking"),
        BookingExtra.extra_id == bindparam("extra"),
    )
    .values(quantity=bindparam("count"))
)
