"""Questions about what is owed: for a booking, in a house, and how often a group was late before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.models import Booking
from buurthuis.bookings.owed.models import Owed, State
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.cancellation import A_YEAR
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue


def owed_for(booking: Booking) -> Owed | None:
    """What is owed for a booking; None is nothing."""
    return db.session.get(Owed, booking.id)


def owed_for_each(bookings: Iterable[Booking]) -> dict[int, Owed]:
    """The same for many, by the number of the booking."""
    numbers = [booking.id for booking in bookings]
    if not numbers:
        return {}
    asked = select(Owed).where(Owed.booking_id.in_(numbers))
    return {each.booking_id: each for each in db.session.scalars(asked)}


def owed_here(slug: str, booking_id: int) -> Owed:
    """What is owed for a booking of this house.

    Raises:
        NotFound: nothing is, or the booking is of another house.
    """
    found = db.session.get(Owed, booking_id, options=[_WITH_BOOKING])
    if found is None or found.booking.venue.slug != slug:
        raise NotFound
    return found


def counting_to_decide(venue: Venue) -> Select[int]:
    """For how many bookings of a house a person has to decide, to be asked with other counts."""
    here = Owed.venue_id == venue.id, Owed.state == State.TO_DECIDE
    return select(func.count()).select_from(Owed).where(*here)


def owed_in(venue: Venue, *, state: State, first: int, count: int) -> Sequence[Owed]:
    """What is owed in a house and stands so, the newest first; what waits, the oldest first."""
    order = Owed.created_at if state is State.TO_DECIDE else Owed.created_at.desc()
    asked = select(Owed).where(Owed.venue_id == venue.id, Owed.state == state)
    shown = asked.options(_WITH_BOOKING).order_by(order, Owed.booking_id)
    return db.session.scalars(shown.offset(first).limit(count)).all()


def waived_in(venue: Venue, *, count: int) -> Sequence[Owed]:
    """What somebody decided to let go in a house, the latest first; they may decide again."""
    asked = select(Owed).where(Owed.venue_id == venue.id, Owed.state == State.WAIVED)
    shown = asked.options(_WITH_BOOKING).order_by(Owed.decided_at.desc(), Owed.booking_id)
    return db.session.scalars(shown.limit(count)).all()


def times_before(bookings: Sequence[Booking], *, now: datetime) -> int:
    """How often their group was late in this house in the year before, or did not come.

    All are of one group in one house; what is cancelled at once with them does not count.
    """
    first = bookings[0]
    missed = or_(
        Booking.status == Status.NO_SHOW,
        and_(Booking.cancelled_late.is_(True), Booking.cancelled_at < now),
    )
    asked = (
        select(func.count())
        .select_from(Booking)
        .where(
            Booking.venue_id == first.venue_id,
            Booking.initiative_id == first.initiative_id,
            missed,
            Booking.from_at > now - A_YEAR,
            Booking.id.not_in([each.id for each in bookings]),
        )
    )
    return db.session.scalar(asked) or 0


_WITH_BOOKING = joinedload(Owed.booking).options(
    *WITH_EVERYTHING, joinedload(Booking.booked_by).options(*ALONE)
)
