"""The requests that wait for a house, with what a manager wants to know before deciding."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import houses_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import WITH_EVERYTHING
from buurthuis.foundation.db import db
from buurthuis.occupancy.queries import spaces_of
from buurthuis.rules.states import LIVE, Status
from buurthuis.venues.models import Venue


def waiting_count(person: Person) -> int:
    """How many requests wait for this person's yes or no, over the houses they manage."""
    houses = houses_of(person, RoleName.MANAGER)
    question = select(func.count()).where(Booking.status == Status.REQUESTED)
    if houses is not None:
        if not houses:
            return 0
        question = question.where(Booking.venue_id.in_(houses))
    return db.session.scalar(question) or 0


@dataclass(frozen=True, slots=True)
class Request:
    """A booking that waits for the house, with what a manager wants to know before deciding."""

    booking: Booking
    clashes: list[Booking]
    earlier: int
    no_shows: int
    late_cancels: int

    @property
    def first_ever(self) -> bool:
        """The initiative has never been in this house before."""
        return self.earlier == 0


def inbox(venue: Venue) -> list[Request]:
    """The requests of a house, oldest first, with clashes and history; constant SQL."""
    waiting = list(
        db.session.scalars(
            select(Booking)
            .where(Booking.venue_id == venue.id, Booking.status == Status.REQUESTED)
            .options(*WITH_EVERYTHING, joinedload(Booking.booked_by))
            .order_by(Booking.created_at, Booking.id)
        )
    )
    if not waiting:
        return []
    clashes = _clashes(waiting)
    history = _history(venue, {request.initiative_id for request in waiting})
    nothing = (0, 0, 0)
    return [
        Request(request, clashes[request.id], *history.get(request.initiative_id, nothing))
        for request in waiting
    ]


def _clashes(waiting: Sequence[Booking]) -> dict[int, list[Booking]]:
    """Other live bookings that want a space of the same room at the same time."""
    others = list(
        db.session.scalars(
            select(Booking)
            .where(
                Booking.venue_id == waiting[0].venue_id,
                Booking.status.in_(LIVE),
                Booking.from_at < max(request.to_at for request in waiting),
                Booking.to_at > min(request.from_at for request in waiting),
            )
            .options(*WITH_EVERYTHING)
        )
    )
    spaces = spaces_of({other.room_id: other.room for other in others}.values())
    return {
        request.id: [
            other
            for other in others
            if other.id != request.id
            and other.period.overlaps(request.period)
            and set(spaces[other.room_id]) & set(spaces[request.room_id])
        ]
        for request in waiting
    }


def _history(venue: Venue, initiatives: set[int]) -> dict[int, tuple[int, int, int]]:
    rows = db.session.execute(
        select(
            Booking.initiative_id,
            func.sum(case((Booking.status == Status.CONFIRMED, 1), else_=0)),
            func.sum(case((Booking.status == Status.NO_SHOW, 1), else_=0)),
            func.sum(case((Booking.cancelled_late.is_(True), 1), else_=0)),
        )
        .where(Booking.venue_id == venue.id, Booking.initiative_id.in_(initiatives))
        .group_by(Booking.initiative_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
