"""What my page asks: questions of a house to me, what houses recognise of my groups, where I work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of
from buurthuis.bookings.inbox import REQUESTS
from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.bookings.rights import AT_THE_DESK
from buurthuis.foundation.db import db
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Desk:
    """A house where somebody works; `waiting` is None for whoever does not decide there."""

    venue: Venue
    waiting: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking on my page, or the rooms of a bundle that stand alike, as one."""

    booking: Booking
    beside: tuple[Booking, ...] = ()

    @property
    def all(self) -> tuple[Booking, ...]:
        """Every booking of it."""
        return (self.booking, *self.beside)

    @property
    def rooms(self) -> str:
        """The names of its rooms, in the order in which they were booked."""
        return ", ".join(each.room.name for each in self.all)


def entries_of(bookings: Iterable[Booking]) -> list[Entry]:
    """The rooms of a bundle stand together where the first of them stands, if nothing tells them apart."""
    together: dict[tuple[Any, ...], list[Booking]] = {}
    for each in bookings:
        own = each.id if each.bundle_id is None else None
        alike = (each.bundle_id, own, each.from_at, each.to_at, each.status, each.title)
        together.setdefault(alike, []).append(each)
    return [
        Entry(first, tuple(beside))
        for first, *beside in (
            sorted(found, key=lambda each: each.id) for found in together.values()
        )
    ]


def open_questions(bookings: Sequence[Booking]) -> set[int]:
    """The bookings about which the house spoke last, and so waits for an answer."""
    last = (
        select(func.max(BookingMessage.id))
        .where(BookingMessage.booking_id.in_([each.id for each in bookings]))
        .group_by(BookingMessage.booking_id)
    )
    asked = select(BookingMessage.booking_id).where(
        BookingMessage.id.in_(last), BookingMessage.is_from_house
    )
    waiting = {each.id for each in bookings if each.status == Status.REQUESTED}
    return set(db.session.scalars(asked)) & waiting


def recognitions_of(
    initiatives: Sequence[Initiative], today: date
) -> dict[int, list[tuple[Recognition, str | None]]]:
    """What is recognised of each initiative today, with the name of the house; None is all houses."""
    found: dict[int, list[tuple[Recognition, str | None]]] = {each.id: [] for each in initiatives}
    question = (
        select(Recognition, Venue.name)
        .outerjoin(Venue, Venue.id == Recognition.venue_id)
        .where(
            Recognition.initiative_id.in_(found),
            Recognition.valid_from <= today,
            or_(Recognition.valid_to.is_(None), Recognition.valid_to >= today),
        )
        .order_by(Venue.name, Recognition.id)
    )
    for recognition, name in db.session.execute(question):
        found[recognition.initiative_id].append((recognition, name))
    return found


def desks_of(person: Person) -> list[Desk]:
    """The houses where the person works, those where most waits first."""
    houses = houses_of(person, *AT_THE_DESK)
    if houses == set():
        return []
    question = select(Venue).order_by(Venue.is_example, Venue.name)
    if houses is not None:
        question = question.where(Venue.id.in_(houses))
    waiting = _waiting()
    desks = [
        Desk(venue, waiting.get(venue.id, 0) if decides else None)
        for venue in db.session.scalars(question)
        for decides in [has_role(person, RoleName.MANAGER, venue_id=venue.id)]
    ]
    return sorted(desks, key=lambda desk: -(desk.waiting or 0))


def _waiting() -> dict[int, int]:
    rows = db.session.execute(
        select(Booking.venue_id, REQUESTS)
        .where(Booking.status == Status.REQUESTED)
        .group_by(Booking.venue_id)
    )
    return {row[0]: row[1] for row in rows}
