"""What houses gave and promised in a year: sums, and the bookings behind them; nothing but frozen values.

A discount was *given* with a booking that took place: confirmed, over, not cancelled, somebody
came. It is *promised* with one that is confirmed and still to come. Whatever a later rate card
says changes neither. A booking belongs to the year in which it starts, on the Amsterdam clock.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, case, func, select

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import moment
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind, StandingCode
from buurthuis.rules.states import Status
from buurthuis.venues.models import Room, Venue

NOBODY: Final = ""
"""The standing of who has none, where a code is asked."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What some bookings came to for their rooms: their number, list, and what was given of it."""

    bookings: int = 0
    list_cents: Cents = 0
    given_cents: Cents = 0

    @property
    def charged_cents(self) -> Cents:
        """What was charged for the rooms."""
        return self.list_cents - self.given_cents

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.bookings + other.bookings,
            self.list_cents + other.list_cents,
            self.given_cents + other.given_cents,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """What was given, and what is promised besides."""

    given: Sum = Sum()
    promised: Sum = Sum()

    @property
    def together_cents(self) -> Cents:
        """Both, in cents."""
        return self.given.given_cents + self.promised.given_cents

    def __add__(self, other: "Pair") -> "Pair":
        return Pair(self.given + other.given, self.promised + other.promised)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which discounts of a year: of these houses (None is all), of one standing or initiative if named."""

    venue_ids: frozenset[int] | None
    year: int
    standing: StandingCode | None = None
    initiative_id: int | None = None

    @property
    def period(self) -> Period:
        """The year on the clock of the houses."""
        return Period(moment(date(self.year, 1, 1), 0), moment(date(self.year + 1, 1, 1), 0))


@dataclass(frozen=True, slots=True)
class Line:
    """A sum by house, standing and initiative."""

    venue_id: int
    standing: StandingCode
    initiative_id: int
    pair: Pair


def sums_of(asked: Asked, now: datetime) -> list[Line]:
    """What was given and promised, by house, standing and initiative; one statement."""
    is_over = case((Booking.to_at <= now, 1), else_=0)
    by = (Booking.venue_id, Booking.standing, Booking.initiative_id)
    question = select(
        *by,
        is_over.label("is_over"),
        func.count(),
        func.sum(Booking.list_cents),
        func.sum(Booking.given_cents),
    )
    found: dict[tuple[int, StandingCode, int], Pair] = {}
    for venue_id, standing, initiative_id, over, *sums in db.session.execute(
        _which(question, asked).group_by(*by, is_over)
    ):
        total = Sum(*map(int, sums))
        pair = Pair(given=total) if over else Pair(promised=total)
        key = venue_id, standing or NOBODY, initiative_id
        found[key] = found.get(key, Pair()) + pair
    return [Line(*key, pair) for key, pair in sorted(found.items())]


def total(lines: Iterable[Line]) -> Pair:
    """Everything together."""
    return sum((line.pair for line in lines), Pair())


def by_standing(lines: Iterable[Line]) -> dict[StandingCode, Pair]:
    """What each standing got, the most first."""
    return _grouped((line.standing, line.pair) for line in lines)


def by_initiative(lines: Iterable[Line]) -> dict[int, Pair]:
    """What each initiative got, the most first."""
    return _grouped((line.initiative_id, line.pair) for line in lines)


def by_house(lines: Iterable[Line]) -> dict[int, Pair]:
    """What each house gave, the most first."""
    return _grouped((line.venue_id, line.pair) for line in lines)


def _grouped(pairs: Iterable[tuple[Any, Pair]]) -> dict[Any, Pair]:
    found: dict[Any, Pair] = {}
    for key, pair in pairs:
        found[key] = found.get(key, Pair()) + pair
    return dict(sorted(found.items(), key=lambda each: (-each[1].together_cents, each[0])))


def names_of(initiative_ids: Collection[int], *, with_private: bool) -> dict[int, str | None]:
    """The names of initiatives; None for a private person, who is nobody's business."""
    asked = select(Initiative.id, Initiative.name, Initiative.kind).where(
        Initiative.id.in_(initiative_ids)
    )
    return {
        each.id: each.name if with_private or each.kind is not Kind.PRIVATE else None
        for each in db.session.execute(asked)
    }


def newest_cards(asked: Asked) -> dict[StandingCode, int]:
    """For each standing the newest card by which it was given; it knows what that is called."""
    question = select(Booking.standing, func.max(Booking.rate_card_id))
    found = db.session.execute(_which(question, asked).group_by(Booking.standing))
    return {code: card for code, card in found if code and card}


def bookings_behind(
    asked: Asked, *, first: int = 0, count: int | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The bookings behind the sums, in the order of the clock."""
    question = (
        _which(_ROWS, asked)
        .join(Room, Room.id == Booking.room_id)
        .join(Venue, Venue.id == Booking.venue_id)
        .order_by(Booking.from_at, Booking.id)
        .offset(first)
    )
    return db.session.execute(question.limit(count) if count is not None else question).all()


_ROWS: Select[*tuple[Any, ...]] = select(
    Booking.id,
    Booking.from_at,
    Booking.to_at,
    Booking.created_at,
    Booking.venue_id,
    Booking.initiative_id,
    Booking.standing,
    Booking.purpose,
    Booking.rate_card_id,
    Booking.list_cents,
    Booking.given_cents,
    Booking.price_reason,
    Booking.price_lines,
    Room.name.label("room_name"),
    Venue.name.label("venue_name"),
    Venue.slug.label("venue_slug"),
)


def without(asked: Asked) -> Asked:
    """The same without the choice of a standing or an initiative."""
    return replace(asked, standing=None, initiative_id=None)


def _which(question: Select[*tuple[Any, ...]], asked: Asked) -> Select[*tuple[Any, ...]]:
    period = asked.period
    if asked.venue_ids is not None:
        question = question.where(Booking.venue_id.in_(asked.venue_ids))
    question = question.where(
        Booking.from_at >= period.start,
        Booking.from_at < period.end,
        Booking.status == Status.CONFIRMED,
        Booking.given_cents > 0,
    )
    if asked.standing is not None:
        is_it = Booking.standing == asked.standing if asked.standing else Booking.standing.is_(None)
        question = question.where(is_it)
    if asked.initiative_id is not None:
        question = question.where(Booking.initiative_id == asked.initiative_id)
    return question
