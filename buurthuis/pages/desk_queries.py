"""What the desk of a house asks: who waits, who said what, which groups come here, who did what."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import ALONE
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import CHANGES, waiting_for
from buurthuis.bookings.inbox import REQUESTS, WITH_BOOKER
from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.bookings.owed.queries import counting_to_decide
from buurthuis.bookings.queries import WITH_EVERYTHING, overlapping
from buurthuis.bookings.waiting.queries import counting_in
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.imports.outside.queries import counting_followed
from buurthuis.roster.keys.queries import counting_overdue
from buurthuis.roster.tonight.queries import counting_unseen
from buurthuis.rules.calendar import day_of, day_period
from buurthuis.rules.periods import Period
from buurthuis.rules.states import LIVE, Status
from buurthuis.tariffs.applications.queries import counting_open
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Closure, Venue


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the logbook, with the name of who did it; None when the program did it by itself.

    `whom` is for whom it was typed at the desk, "" where nobody typed for somebody else.
    """

    entry: LogEntry
    name: str | None
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """How many questions wait for a house, and since when the oldest does."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An initiative that comes to a house: how often it booked, and what is recognised of it."""

    initiative: Initiative
    times: int
    recognition: Recognition | None
    decided_by: str | None
    beside: tuple[Recognition, ...] = ()
    """What the house recognises for one activity beside that."""


def line_of(venue: Venue) -> Line:
    """The requests and changes that wait for this house."""
    requests = select(REQUESTS, func.min(Booking.created_at)).where(
        Booking.venue_id == venue.id, Booking.status == Status.REQUESTED
    )
    changes = waiting_for(clock.now()).where(ChangeRequest.venue_id == venue.id)
    asked = changes.with_only_columns(CHANGES, func.min(ChangeRequest.asked_at))
    both = db.session.execute(union_all(requests, asked)).all()
    firsts = (first for _count, first in both if first is not None)
    return Line(sum(count for count, _first in both), min(firsts, default=None))


def beside_the_day(venue: Venue, now: datetime) -> tuple[int, int, int, int, int, int]:
    """How many wait for a taken place, for how many one decides what they pay, how many ask a discount.

    Then how many keys should be back, how much went wrong that nobody has seen, and how many
    calendars of others the house follows.
    """
    counts = (
        *(counting_in(venue, now), counting_to_decide(venue), counting_open(venue)),
        *(counting_overdue(venue, today=day_of(now)), counting_unseen(venue)),
        counting_followed(venue),
    )
    in_line, to_decide, ask, keys_late, unseen, followed = db.session.execute(
        select(*(each.scalar_subquery() for each in counts))
    ).one()
    return in_line, to_decide, ask, keys_late, unseen, followed


def visits_on(venue: Venue, days: Sequence[date]) -> dict[date, list[Booking]]:
    """What takes place in a house on days in a row, in the order of the clock, with who booked it."""
    stretch = Period(day_period(days[0]).start, day_period(days[-1]).end)
    question = (
        overlapping(stretch)
        .where(Booking.venue_id == venue.id, Booking.status.in_(LIVE | {Status.NO_SHOW}))
        .options(*WITH_EVERYTHING, WITH_BOOKER)
        .order_by(Booking.from_at, Booking.room_id)
    )
    found = db.session.scalars(question).all()
    return {day: [each for each in found if each.period.overlaps(day_period(day))] for day in days}


def closures_on(venue: Venue, day: date) -> Sequence[Closure]:
    """When the house or some of its rooms are closed on a day, the first to begin first."""
    period = day_period(day)
    return [
        each for each in venue.closures if each.from_at < period.end and each.to_at > period.start
    ]


def bookings_with(numbers: Collection[int], venue: Venue) -> list[Booking]:
    """Bookings of this house by number, in the order in which they were asked for."""
    question = (
        select(Booking)
        .where(Booking.id.in_(numbers), Booking.venue_id == venue.id)
        .options(*WITH_EVERYTHING, WITH_BOOKER)
        .order_by(Booking.created_at, Booking.id)
    )
    return list(db.session.scalars(question))


def messages_of(bookings: Iterable[Booking]) -> dict[int, list[BookingMessage]]:
    """The talk about each booking, in the order in which it was written."""
    by_booking: dict[int, list[BookingMessage]] = {booking.id: [] for booking in bookings}
    question = (
        select(BookingMessage)
        .where(BookingMessage.booking_id.in_(by_booking))
        .options(joinedload(BookingMessage.author).options(*ALONE))
        .order_by(BookingMessage.id)
    )
    for message in db.session.scalars(question):
        by_booking[message.booking_id].append(message)
    return by_booking


def name_of(person_id: int | None) -> str:
    """The name of somebody, or "" of nobody."""
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def deeds_about(booking: Booking) -> list[Deed]:
    """What happened to a booking, in order."""
    about = (LogEntry.subject_type == "booking", LogEntry.subject_id == booking.id)
    question = select(LogEntry, Person.name).outerjoin(Person, Person.id == LogEntry.actor_id)
    return _deeds(question.where(*about).order_by(LogEntry.id))


def deeds_in(venue: Venue, *, before: int | None, count: int) -> list[Deed]:
    """The latest deeds in a house, or those before one of them."""
    question = (
        select(LogEntry, Person.name)
        .outerjoin(Person, Person.id == LogEntry.actor_id)
        .where(LogEntry.venue_id == venue.id)
    )
    if before is not None:
        question = question.where(LogEntry.id < before)
    latest = question.order_by(LogEntry.id.desc()).limit(count)
    return _deeds(latest)


def _deeds(question: Select[LogEntry, str]) -> list[Deed]:
    """The deeds of a question, with the names of those for whom somebody else typed."""
    found = [(entry, name) for entry, name in db.session.execute(question)]
    typed_for = {each.id: each.detail["person"] for each, _ in found if each.detail.get("at_desk")}
    names = select(Person.id, Person.name).where(Person.id.in_(typed_for.values()))
    known = {row.id: row.name for row in db.session.execute(names)} if typed_for else {}
    return [Deed(entry, name, known.get(typed_for.get(entry.id, 0), "")) for entry, name in found]


def groups_of(
    venue: Venue, *, name: str, today: date, first: int, count: int, only: int | None = None
) -> list[Group]:
    """The initiatives that booked here or are recognised here, by name; or `only` one of them."""
    booked = select(Booking.id).where(
        Booking.venue_id == venue.id, Booking.initiative_id == Initiative.id
    )
    question = (
        select(Initiative)
        .where(or_(booked.exists(), Initiative.id.in_(_recognised_here(venue))))
        .order_by(func.lower(Initiative.name), Initiative.id)
    )
    if only is not None:
        question = question.where(Initiative.id == only)
    elif name:
        typed = name.lower()
        question = question.where(func.lower(Initiative.name).contains(typed, autoescape=True))
    shown = db.session.scalars(question.offset(first).limit(count)).all()
    numbers = {each.id for each in shown}
    times, standing = _times_here(venue, numbers), recognitions_today(numbers, today, venue=venue)
    return [
        Group(each, times.get(each.id, 0), *standing.get(each.id, (None, None, ())))
        for each in shown
    ]


def _times_here(venue: Venue, initiatives: Collection[int]) -> dict[int, int]:
    """How often initiatives asked for a room in a house; only those that are shown are counted."""
    rows = db.session.execute(
        select(Booking.initiative_id, func.count())
        .where(Booking.venue_id == venue.id, Booking.initiative_id.in_(initiatives))
        .group_by(Booking.initiative_id)
    )
    return {row[0]: row[1] for row in rows}


def group_here(venue: Venue, initiative_id: int | None) -> Initiative:
    """An initiative that booked in this house or is recognised here.

    Raises:
        NotFound: it has nothing to do with this house.
    """
    booked = select(Booking.id).where(
        Booking.venue_id == venue.id, Booking.initiative_id == initiative_id
    )
    found = db.session.scalar(
        select(Initiative).where(
            Initiative.id == initiative_id,
            or_(booked.exists(), Initiative.id.in_(_recognised_here(venue))),
        )
    )
    if found is None:
        raise NotFound
    return found


def recognitions_today(
    initiatives: Collection[int], today: date, *, venue: Venue
) -> dict[int, tuple[Recognition, str | None, tuple[Recognition, ...]]]:
    """What counts today in a house for each initiative, with who decided it, and what holds beside it.

    What the house itself recognised goes before what the union of houses did, and what it
    recognised for everything before what is for one activity.
    """
    question = (
        select(Recognition, Person.name)
        .outerjoin(Person, Person.id == Recognition.decided_by_id)
        .where(
            Recognition.initiative_id.in_(initiatives),
            or_(Recognition.venue_id == venue.id, Recognition.venue_id.is_(None)),
            Recognition.valid_from <= today,
            or_(Recognition.valid_to.is_(None), Recognition.valid_to >= today),
        )
        .order_by(
            Recognition.venue_id.is_not(None),
            Recognition.purpose.is_(None),
            Recognition.valid_from,
            Recognition.id,
        )
    )
    found: dict[int, list[tuple[Recognition, str | None]]] = {}
    for known, name in db.session.execute(question):
        found.setdefault(known.initiative_id, []).append((known, name))
    # Later rows win, so the last one of each initiative is the one that counts.
    return {
        each: (*rows[-1], tuple(known for known, _name in rows[:-1] if known.venue_id is not None))
        for each, rows in found.items()
    }


def recognition_here(slug: str, recognition_id: int) -> Recognition:
    """A recognition that this house gave; one of the union of houses is not its to end.

    Raises:
        NotFound
    """
    found = db.session.scalar(
        select(Recognition)
        .join(Venue, Venue.id == Recognition.venue_id)
        .where(Recognition.id == recognition_id, Venue.slug == slug)
    )
    if found is None:
        raise NotFound
    return found


def house_of(recognition: Recognition) -> Venue:
    """The house that recognised."""
    return db.session.get_one(Venue, recognition.venue_id)


def _recognised_here(venue: Venue) -> Select[int]:
    return select(Recognition.initiative_id).where(Recognition.venue_id == venue.id)
