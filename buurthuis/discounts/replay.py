"""What if: the bookings of a year priced again by another rate card, and who would pay more or less.

Each booking is first priced by its own card, from what was frozen on it. Where that does not give
what was booked, its price came from somewhere else: it changed too late to become cheaper, or the
house moved it. Such a booking is left out and counted, so what is compared adds up to the cent.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from buurthuis.accounts.models import Initiative
from buurthuis.bookings.models import Booking
from buurthuis.discounts.queries import NOBODY, Asked
from buurthuis.extras.models import BookingExtra
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import clock_minutes, day_of, minute_of
from buurthuis.rules.money import Cents
from buurthuis.rules.periods import Period
from buurthuis.rules.reductions import History, counts
from buurthuis.rules.standing import Kind, StandingCode
from buurthuis.rules.states import LIVE, Status
from buurthuis.rules.tariffs import NoRate
from buurthuis.tariffs.by_card import BROUGHT, priced_by
from buurthuis.tariffs.charges import Beside, follows_from, offers_on
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Room, Venue

AT_ONCE = 500
"""So many bookings are in memory at a time, however many there are."""

Taken = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Tally:
    """What some bookings paid and would pay, in cents with VAT."""

    bookings: int = 0
    paid_cents: Cents = 0
    would_pay_cents: Cents = 0

    @property
    def difference_cents(self) -> Cents:
        """How much more they would pay; below zero is less."""
        return self.would_pay_cents - self.paid_cents

    def add(self, paid: Cents, would_pay: Cents) -> None:
        """Count one booking."""
        self.bookings += 1
        self.paid_cents += paid
        self.would_pay_cents += would_pay


@dataclass(slots=True)
class Comparison:
    """What a year would have cost by another card.

    `other_price` and `not_sold` are left out: bookings whose price does not come from their card
    alone, and those for whose time the other card sells nothing.
    """

    total: Tally = field(default_factory=Tally)
    standings: dict[StandingCode, Tally] = field(default_factory=dict)
    initiatives: dict[int, Tally] = field(default_factory=dict)
    other_price: Tally = field(default_factory=Tally)
    not_sold: Tally = field(default_factory=Tally)

    def add(self, booking: Row[*tuple[Any, ...]], would_pay: Cents) -> None:
        """Count one booking in every sum."""
        standing, group = booking.standing or NOBODY, booking.initiative_id
        for tally in (
            self.total,
            self.standings.setdefault(standing, Tally()),
            self.initiatives.setdefault(group, Tally()),
        ):
            tally.add(booking.total_cents, would_pay)


def sorted_tallies(tallies: dict[Any, Tally]) -> list[tuple[Any, Tally]]:
    """Who pays most more first, and who pays most less last."""
    return sorted(tallies.items(), key=lambda each: (-each[1].difference_cents, str(each[0])))


def replayed(venue: Venue, year: int, other: RateCard | None) -> Comparison:
    """The confirmed bookings of a year by another card; None is the card that each was booked by.

    The number of statements grows with the thousands of bookings and not with each.
    """
    found = Comparison()
    pricing = _Pricing(venue)
    for booking, taken in _bookings(venue, year):
        own = pricing.cards.get(booking.rate_card_id)
        paid = pricing.total(booking, own, taken)
        if paid != booking.total_cents or booking.price_reason == BROUGHT:
            found.other_price.add(booking.total_cents, booking.total_cents)
            continue
        would_pay = paid if other is None else pricing.total(booking, other, taken)
        if would_pay is None:
            found.not_sold.add(booking.total_cents, 0)
        else:
            found.add(booking, would_pay)
    return found


class _Pricing:
    """The cards and rooms of a house, and what was priced already."""

    def __init__(self, venue: Venue) -> None:
        cards = db.session.scalars(select(RateCard).where(RateCard.venue_id == venue.id))
        self.cards: dict[int | None, RateCard] = {card.id: card for card in cards}
        rooms = db.session.scalars(select(Room).where(Room.venue_id == venue.id))
        self._rooms = {room.id: room for room in rooms}
        # Who asks decides a price by its kind alone; these stand in for all of a kind.
        self._asking = {kind: Initiative(name="", kind=kind) for kind in Kind}
        self._known: dict[tuple[Any, ...], Cents | None] = {}

    def total(
        self, booking: Row[*tuple[Any, ...]], card: RateCard | None, taken: Taken
    ) -> Cents | None:
        """What a booking costs by a card, in cents with VAT; None when it sells nothing for its time."""
        period = Period(booking.from_at, booking.to_at)
        history = History(booking.recognised_since, booking.had_before)
        same = _same_price(booking, card, period, history, taken)
        if same not in self._known:
            beside = Beside(_people(booking, taken), taken, history)
            self._known[same] = self._priced(booking, card, period, beside)
        return self._known[same]

    def _priced(
        self, booking: Row[*tuple[Any, ...]], card: RateCard | None, period: Period, beside: Beside
    ) -> Cents | None:
        try:
            priced = priced_by(
                card,
                self._rooms[booking.room_id],
                period,
                initiative=self._asking[booking.kind],
                standing=_recognised(booking),
                purpose=booking.purpose,
                beside=beside,
            )
        except NoRate:
            return None
        return priced.quote.total_cents


def _same_price(
    booking: Row[*tuple[Any, ...]],
    card: RateCard | None,
    period: Period,
    history: History,
    taken: Taken,
) -> tuple[Any, ...]:
    """What a price follows from: the clock on the wall, and of the day only what the card asks."""
    clock = minute_of(period.start), clock_minutes(period)
    same = booking.room_id, *clock, booking.kind, _recognised(booking), booking.purpose
    if card is None:
        return same
    day = day_of(period.start)
    return (
        *(*same, id(card), taken),
        day.weekday() if follows_from(card).by_weekday else None,
        _people(booking, taken) if follows_from(card).by_people else None,
        tuple(counts(offer, day, history) for offer in offers_on(card)),
    )


def _people(booking: Row[*tuple[Any, ...]], taken: Taken) -> int | None:
    """How many take what goes along: everybody in the rooms that were booked together."""
    people: int | None = (booking.in_all_rooms if taken else None) or booking.people
    return people


def _recognised(booking: Row[*tuple[Any, ...]]) -> StandingCode | None:
    """The standing that was recognised; one that pays more may be what a group says of itself."""
    says_so = booking.price_reason == "surcharge" and booking.recognised_since is None
    standing: StandingCode | None = None if says_so else booking.standing
    return standing


def _bookings(venue: Venue, year: int) -> Iterator[tuple[Row[*tuple[Any, ...]], Taken]]:
    """The confirmed bookings of a year with what was taken along, some hundreds at a time."""
    period = Asked(frozenset({venue.id}), year).period
    question = (
        select(*_COLUMNS)
        .join(Initiative, Initiative.id == Booking.initiative_id)
        .where(
            Booking.venue_id == venue.id,
            Booking.from_at >= period.start,
            Booking.from_at < period.end,
            Booking.status == Status.CONFIRMED,
        )
        .order_by(Booking.from_at, Booking.id)
    )
    for some in db.session.execute(question.execution_options(yield_per=AT_ONCE)).partitions():
        taken = _taken([booking.id for booking in some])
        for booking in some:
            yield booking, taken.get(booking.id, ())


_TOGETHER = aliased(Booking)
_COLUMNS = (
    *(Booking.id, Booking.room_id, Booking.initiative_id, Booking.from_at, Booking.to_at),
    *(Booking.purpose, Booking.people, Booking.standing, Booking.rate_card_id),
    *(Booking.recognised_since, Booking.had_before, Booking.total_cents, Initiative.kind),
    Booking.price_reason,
    select(func.sum(_TOGETHER.people))
    .where(_TOGETHER.bundle_id == Booking.bundle_id, _TOGETHER.status.in_(LIVE))
    .correlate(Booking)
    .scalar_subquery()
    .label("in_all_rooms"),
)


def _taken(booking_ids: Collection[int]) -> dict[int, Taken]:
    """What goes with each of these bookings: so many of each extra."""
    asked = (
        select(BookingExtra.booking_id, BookingExtra.extra_id, BookingExtra.quantity)
        .where(BookingExtra.booking_id.in_(booking_ids))
        .order_by(BookingExtra.booking_id, BookingExtra.extra_id)
    )
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(asked).all()
    return {
        booking_id: tuple((row.extra_id, row.quantity) for row in of_one)
        for booking_id, of_one in groupby(rows, key=lambda row: row.booking_id)
    }


def years_with_cards(cards: Collection[RateCard], this_year: int) -> list[int]:
    """The years that can be replayed, the last one first."""
    first = min((card.valid_from for card in cards), default=date(this_year, 1, 1)).year
    return list(range(this_year, max(first, this_year - 10) - 1, -1))
