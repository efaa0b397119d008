"""What somebody wants of a booking that exists, and what that would mean; nothing is changed here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from buurthuis.accounts.models import Person
from buurthuis.bookings import pricing
from buurthuis.bookings.change_models import ChangeRequest
from buurthuis.bookings.changes.queries import words_of
from buurthuis.bookings.models import Booking
from buurthuis.bookings.notice import due_now
from buurthuis.bookings.pricing import Frozen
from buurthuis.bookings.rights import decides
from buurthuis.bookings.steps import confirms_at_once, own_minutes
from buurthuis.rules.availability import Ask
from buurthuis.rules.cancellation import Due
from buurthuis.rules.changes import (
    PriceRule,
    is_shorter,
    keeps_old_price,
    price_rule,
    price_rule_of_house,
)
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Purpose
from buurthuis.rules.states import Status
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.queries import Priced
from buurthuis.tariffs.refusals import NoPrice
from buurthuis.venues.models import Room

PriceOf = Callable[[Room, Period, Booking, Purpose, int | None], Priced]
"""What a room costs at a time, for the initiative of a booking, for a purpose and so many people."""

WORDS = frozenset({"title", "remark", "people", "purpose", "is_public"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A room, a time, and the words that are to change; what is not named stays."""

    room: Room
    period: Period
    words: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def staying(cls, booking: Booking, words: Mapping[str, Any]) -> "Wanted":
        """Other words for a booking that stays where it is."""
        return cls(booking.room, booking.period, words)

    @classmethod
    def by_change(cls, asked: ChangeRequest) -> "Wanted":
        """What a change asks for."""
        return cls(asked.room, asked.period, words_of(asked))

    def changed_words(self, booking: Booking) -> dict[str, Any]:
        """The words that say something else than the booking does now."""
        return {
            name: self.words[name]
            for name in sorted(WORDS & self.words.keys())
            if getattr(booking, name) != self.words[name]
        }

    def is_asked_in(self, asked: ChangeRequest) -> bool:
        """Whether a change asks for just this."""
        words = self.changed_words(asked.booking)
        return (asked.room_id, asked.period, asked.words) == (self.room.id, self.period, words)

    def moves(self, booking: Booking) -> bool:
        """Whether it is about another time or another room."""
        return (self.room.id, self.period) != (booking.room_id, booking.period)

    def is_shorter(self, booking: Booking) -> bool:
        """Whether it only gives back time in the same room."""
        same_room = self.room.id == booking.room_id
        return self.moves(booking) and is_shorter(booking.period, self.period, same_room=same_room)

    def ask(self, booking: Booking) -> Ask:
        """The question to the house rules."""
        setup, teardown = own_minutes(booking, self.room)
        return Ask(
            self.period,
            self.words.get("people", booking.people),
            setup_minutes=setup,
            teardown_minutes=teardown,
            purpose=self.words.get("purpose", booking.purpose),
            is_series=booking.series_id is not None,
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change would mean: whether the house must agree, and what it would cost and why."""

    moves: bool
    is_shorter: bool
    needs_house: bool
    rule: PriceRule
    quote: Frozen
    before_cents: int

    @property
    def total_cents(self) -> int:
        """What the booking would cost, in cents."""
        return int(self.quote["total_cents"])

    @property
    def difference_cents(self) -> int:
        """How much more it would cost; less is negative."""
        return self.total_cents - self.before_cents


def price_now(
    room: Room, period: Period, booking: Booking, purpose: Purpose, people: int | None
) -> Priced:
    """The same by the card, asked now.

    Raises:
        NoPrice
    """
    beside = pricing.beside_of(booking, people)
    return pricing.price_of(room, period, booking.initiative, purpose, beside, booking.id)


def meaning_of(
    booking: Booking,
    wanted: Wanted,
    *,
    by: Person,
    now: datetime,
    price_of: PriceOf = price_now,
    dues: Mapping[int, Due] | None = None,
) -> Meaning:
    """What a change would mean if this person made it now.

    Whoever asks for many looks up the prices of all before, and passes them as `price_of`, and as
    `dues` what cancelling each would mean (`notice.due_now`).

    Raises:
        NoPrice: the house sells nothing that covers the other time.
    """
    moves, shorter = wanted.moves(booking), wanted.is_shorter(booking)
    priced = _priced_anew(booking, wanted, price_of)
    quote = _for_people(booking, wanted) if priced is None else pricing.frozen(priced)
    rule = _rule(booking, wanted, quote, by=by, due_of=lambda: _due(booking, now, dues))
    asks_more = (moves and not shorter) or _has_own_price(booking, wanted, price_of)
    return Meaning(
        moves=moves,
        is_shorter=shorter,
        needs_house=asks_more and not _may_settle(booking, wanted.room, priced, by),
        rule=rule,
        quote=pricing.frozen_on(booking) if quote is None or keeps_old_price(rule) else quote,
        before_cents=booking.total_cents,
    )


def meaning_of_extras(
    booking: Booking,
    taken: Iterable[tuple[int, int]],
    *,
    by: Person,
    now: datetime,
    dues: Mapping[int, Due] | None = None,
    card: RateCard | None = None,
) -> Meaning:
    """What it would mean if from now on these extras went with a booking, so many of each id.

    `dues` and the `card` of its price are given where they were read for many bookings at once.
    """
    then = tuple(taken)
    people = pricing.everybody(booking, booking.people, takes=bool(then))
    before = pricing.frozen_on(booking)
    quote = pricing.with_extras(before, booking.period, then, people, card)
    changes = None if quote == before else quote
    wanted = Wanted.staying(booking, {})
    rule = _rule(booking, wanted, changes, by=by, due_of=lambda: _due(booking, now, dues))
    return Meaning(
        moves=False,
        is_shorter=False,
        needs_house=False,
        rule=rule,
        quote=before if changes is None or keeps_old_price(rule) else quote,
        before_cents=booking.total_cents,
    )


def meaning_for_house(booking: Booking, wanted: Wanted) -> Meaning:
    """What it means when the house itself moves a booking to another room: it never costs more.

    Raises:
        NoPrice: the house sells nothing of that room that covers this time.
    """
    priced = price_now(wanted.room, wanted.period, booking, booking.purpose, booking.people)
    rule = price_rule_of_house(booking.total_cents, priced.quote.total_cents)
    keeps = keeps_old_price(rule)
    return Meaning(
        moves=True,
        is_shorter=False,
        needs_house=False,
        rule=rule,
        quote=pricing.frozen_on(booking) if keeps else pricing.frozen(priced),
        before_cents=booking.total_cents,
    )


def _priced_anew(booking: Booking, wanted: Wanted, price_of: PriceOf) -> Priced | None:
    """The price by the card, when something changes that decides it."""
    if wanted.moves(booking):
        purpose = wanted.words.get("purpose", booking.purpose)
        people = wanted.words.get("people", booking.people)
        return price_of(wanted.room, wanted.period, booking, purpose, people)
    return _price_of_purpose(booking, wanted, price_of)


def _for_people(booking: Booking, wanted: Wanted) -> Frozen | None:
    """The price when only the people change, for what goes with each of them; None when it stays."""
    people = wanted.words.get("people", booking.people)
    if people == booking.people or not booking.extras:
        return None
    before, taken = pricing.frozen_on(booking), pricing.taken_by(booking)
    everybody = pricing.everybody(booking, people)
    quote = pricing.with_extras(before, booking.period, taken, everybody)
    return None if quote == before else quote


def _price_of_purpose(booking: Booking, wanted: Wanted, price_of: PriceOf) -> Priced | None:
    """What another purpose costs: no party for the price of a meeting; None when it is the same."""
    purpose = wanted.words.get("purpose", booking.purpose)
    people = wanted.words.get("people", booking.people)
    if purpose == booking.purpose:
        return None
    try:
        old = price_of(booking.room, booking.period, booking, booking.purpose, people)
        new = price_of(booking.room, booking.period, booking, purpose, people)
    except NoPrice:
        return None
    return None if old.quote == new.quote else new


def _has_own_price(booking: Booking, wanted: Wanted, price_of: PriceOf) -> bool:
    """Another purpose is a question, also in less time, when it costs something else."""
    return _price_of_purpose(booking, wanted, price_of) is not None


def _rule(
    booking: Booking,
    wanted: Wanted,
    quote: Frozen | None,
    *,
    by: Person,
    due_of: Callable[[], Due],
) -> PriceRule:
    if quote is None:
        return PriceRule.SAME
    stays_here = wanted.room.venue_id == booking.venue_id
    if not stays_here or booking.status != Status.CONFIRMED or decides(by, booking):
        return PriceRule.CARD
    return price_rule(booking.total_cents, quote["total_cents"], due=due_of())


def _due(booking: Booking, now: datetime, dues: Mapping[int, Due] | None) -> Due:
    return (due_now([booking], now) if dues is None else dues)[booking.id]


def _may_settle(booking: Booking, room: Room, priced: Priced | None, by: Person) -> bool:
    """Whether the house of that room need not be asked: a request goes on waiting by itself."""
    if booking.status != Status.CONFIRMED:
        return True
    return priced is not None and confirms_at_once(room, priced, by)
