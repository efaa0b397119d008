"""Whom the house has to call, because no letter reaches them: owed by the deed, done by the desk."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.bookings.slips.models import News, PhoneCall
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import note
from buurthuis.venues.models import Venue

NEWS: Final = {
    "booking_confirmed": News.CONFIRMED,
    "booking_refused": News.REFUSED,
    "booking_cancelled": News.CANCELLED,
    "booking_moved": News.MOVED,
    "booking_question": News.ASKED,
    "waiting_offer": News.OFFERED,
    "booking_expired": News.MISSED,
    "booking_not_paid": News.MISSED,
}
NO_NEWS: Final = frozenset({"booking_requested", "booking_reminder", "booking_no_show"})
"""Letters that tell what the paper tells too, or what can wait until they come by."""

WAITING = PhoneCall.called_at.is_(None)


def owe(template: str, booking: Booking, people: Iterable[Person], *, by: Person | None) -> None:
    """Whoever has no e-mail is to be called, inside the action of the caller; newer news goes first.

    Who did it (`by`) knows already.
    """
    if template in NO_NEWS:
        return
    for person in people:
        if person.email or person.left_at is not None or (by is not None and by.id == person.id):
            continue
        call = _waiting(booking, person)
        if call is None:
            call = PhoneCall(venue_id=booking.venue_id, booking_id=booking.id, person_id=person.id)
        else:
            call.instead_of = {"news": call.news, "asked_at": int(call.asked_at.timestamp())}
        call.news, call.asked_at = NEWS.get(template, News.OTHER), clock.now()
        db.session.add(call)


def _waiting(booking: Booking, person: Person) -> PhoneCall | None:
    return db.session.scalar(
        select(PhoneCall).where(
            PhoneCall.booking_id == booking.id, PhoneCall.person_id == person.id, WAITING
        )
    )


def spare(bookings: Sequence[Booking], since: datetime | None) -> bool:
    """Nobody needs to be called about the answer of that moment; False when somebody was.

    What there was to tell before it is still to be told.
    """
    if since is None:
        return True
    of_them = PhoneCall.booking_id.in_([booking.id for booking in bookings])
    heard = select(PhoneCall.id).where(of_them, PhoneCall.called_at >= since)
    if db.session.scalar(heard.limit(1)) is not None:
        return False
    for call in db.session.scalars(select(PhoneCall).where(of_them, WAITING)):
        if call.asked_at < since:
            continue
        if call.instead_of is None:
            db.session.delete(call)
        else:
            call.news = News(call.instead_of["news"])
            call.asked_at = datetime.fromtimestamp(call.instead_of["asked_at"], UTC)
            call.instead_of = None
    return True


def calls_to_make(venue: Venue) -> Sequence[PhoneCall]:
    """Whom the desk of a house has to call, who waits longest first."""
    return db.session.scalars(
        select(PhoneCall)
        .where(PhoneCall.venue_id == venue.id, WAITING)
        .options(
            joinedload(PhoneCall.person).options(*ALONE),
            joinedload(PhoneCall.booking).options(*WITH_EVERYTHING),
        )
        .order_by(PhoneCall.asked_at, PhoneCall.id)
    ).all()


def call_here(slug: str, call_id: int) -> PhoneCall:
    """A call that this house has to make, or has made.

    Raises:
        NotFound
    """
    found = db.session.get(PhoneCall, call_id, options=[joinedload(PhoneCall.booking)])
    if found is None or found.booking.venue.slug != slug:
        raise NotFound
    return found


def settle(booking: Booking, *, by: Person) -> None:
    """They heard it as it happened: nobody calls them any more; inside the action of the caller."""
    asked = select(PhoneCall).where(PhoneCall.booking_id == booking.id, WAITING)
    for call in db.session.scalars(asked):
        call.called_at, call.called_by_id = clock.now(), by.id


@action
def called(call: PhoneCall, *, by: Person) -> None:
    """Somebody told them; twice changes nothing."""
    row = db.session.get_one(PhoneCall, call.id, with_for_update={"of": PhoneCall})
    if row.called_at is None:
        row.called_at, row.called_by_id = clock.now(), by.id
        note("booking.called", row.booking, by=by, venue_id=row.venue_id, news=row.news)
