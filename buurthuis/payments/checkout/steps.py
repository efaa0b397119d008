"""What is done about an attempt to pay, inside the transaction that learned how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings import paying
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments.checkout import letters, queries
from buurthuis.payments.checkout.counting import count, is_still_to_pay, take_and_give_back
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.provider import Session
from buurthuis.rules.paying.checkout import (
    LIVE,
    Found,
    Ours,
    Outcome,
    Place,
    State,
    Step,
    waits_until,
)
from buurthuis.rules.paying.ways import HOLD

SOONEST: Final = timedelta(seconds=30)
SLOWEST_OPEN: Final = timedelta(minutes=10)
SLOWEST_PENDING: Final = timedelta(hours=1)
"""The longer something takes, the less often the provider is asked, unless it sends news itself."""


@dataclass(frozen=True, slots=True)
class Case:
    """An attempt under lock, with what is paid for and how that stands."""

    attempt: Checkout
    bookings: Sequence[Booking]
    place: Place
    now: datetime

    @property
    def held(self) -> list[Booking]:
        """What is kept while it is paid for."""
        return [each for each in self.bookings if each.is_pay_hold]

    @property
    def holds_until(self) -> datetime | None:
        """Until when; None where nothing is kept."""
        return min((each.expires_at for each in self.held if each.expires_at), default=None)

    @property
    def waits_until(self) -> datetime | None:
        """Until when it is kept for money on its way; None where nothing is kept."""
        starts_at = min((each.from_at for each in self.held), default=None)
        return waits_until(self.attempt.made_at, starts_at)

    @property
    def ours(self) -> Ours:
        """What we wrote down, as the rule reads it."""
        attempt = self.attempt
        return Ours(
            attempt.state,
            attempt.total_cents,
            attempt.currency,
            attempt.is_live,
            self.holds_until,
            self.waits_until,
        )


def locked(checkout_id: int, now: datetime) -> Case:
    """Lock what is paid for and then the attempt: spaces, bookings, attempts, as everywhere.

    Raises:
        NotFound
    """
    attempt = queries.checkout(checkout_id)
    bookings: Sequence[Booking] = ()
    if attempt.booking_id is not None:
        bookings = paying.locked_together(attempt.booking_id)
    else:
        lock_invoice(attempt.invoice_id)
    db.session.refresh(attempt, with_for_update={"of": Checkout})
    return Case(attempt, bookings, _place(attempt, bookings, now), now)


def lock_invoice(invoice_id: int | None) -> None:
    """One at a time begins to pay an invoice, or counts what was paid for it."""
    db.session.execute(select(Invoice.id).where(Invoice.id == invoice_id).with_for_update())


def _place(attempt: Checkout, bookings: Sequence[Booking], now: datetime) -> Place:
    """How it stands; what is certain and was not paid yet is there to be paid, as an invoice is."""
    place = paying.place_of(bookings[0], now) if bookings else Place.CERTAIN
    if place is Place.CERTAIN and is_still_to_pay(attempt, bookings):
        return Place.KEPT
    return place


def found_in(session: Session) -> Found:
    """What the provider said, as the rule reads it."""
    return Found(session.state, session.cents, session.currency, session.is_live)


def follow(case: Case, outcome: Outcome, session: Session, *, by: Person | None = None) -> None:
    """Write the state down and do what follows from it; `by` is who decided, where somebody did."""
    attempt, before = case.attempt, case.attempt.state
    attempt.asked_at = case.now
    attempt.intent_id = session.intent_id or attempt.intent_id
    _go(case, outcome)
    _do(case, outcome.step, session)
    attempt.look_at = next_look(case)
    if attempt.state is not before:
        note(f"checkout.{attempt.state}", attempt, by=by, venue_id=attempt.venue_id)


def _do(case: Case, step: Step, session: Session) -> None:
    if step is Step.CONFIRM and case.held:
        paying.confirm_paid(case.held[0], case.now)
    if step is Step.TAKE_AGAIN:
        paying.take_again(case.bookings[0], case.now)
    if step in {Step.CONFIRM, Step.TAKE_AGAIN}:
        count(case.attempt, case.bookings, session.cents, case.now)
    elif step is Step.GIVE_BACK:
        give_back(case, session.cents)
    elif step is Step.FLAG:
        _flag(case, session)
    elif step is Step.WAIT:
        keep(case, case.waits_until)
    elif step is Step.TRY_AGAIN:
        _let_try_again(case)
    elif step is Step.LET_GO:
        let_go(case)


def give_back(case: Case, cents: int) -> None:
    """Money came for which there is nothing to have: it goes back, and the payer hears why."""
    take_and_give_back(case.attempt, cents, case.now)
    letters.gave_back(case.attempt, cents, case.place)


def keep(case: Case, until: datetime | None) -> None:
    """Keep the place until then, where one is kept."""
    if until is not None and case.held and until != case.holds_until:
        paying.keep_until(case.held[0], until, case.now)


def let_go(case: Case) -> None:
    """Nothing came in time; another attempt for the same place may still bring it."""
    others = queries.live_attempt(booking_ids=[each.id for each in case.bookings])
    if case.held and (others is None or others.id == case.attempt.id):
        paying.let_go(case.held[0], case.now)


def next_look(case: Case) -> datetime | None:
    """When the worker asks (again), if no news comes before; never, once it is over."""
    attempt = case.attempt
    if attempt.state not in LIVE:
        return None
    slowest = SLOWEST_PENDING if attempt.state is State.PENDING else SLOWEST_OPEN
    pause = max(SOONEST, min(slowest, (case.now - attempt.made_at) / 4))
    end = case.holds_until
    return min(case.now + pause, end) if end is not None and end > case.now else case.now + pause


def _go(case: Case, outcome: Outcome) -> None:
    attempt = case.attempt
    attempt.state, attempt.flag = outcome.state, outcome.flag
    if outcome.state not in LIVE and attempt.ended_at is None:
        attempt.ended_at = case.now
    db.session.flush()  # What follows asks which attempts still live.


def _flag(case: Case, session: Session) -> None:
    """The money is there, so the place is kept until a person has looked."""
    case.attempt.paid_cents, case.attempt.paid_currency = session.cents, session.currency
    keep(case, case.waits_until)
    letters.flagged(case.attempt)


def _let_try_again(case: Case) -> None:
    """It did not arrive after all: the place is kept as long as for who begins to pay."""
    until = case.holds_until
    if until is not None:
        until = min(until, case.now + HOLD)
        keep(case, until)
    letters.not_arrived(case.attempt, until)
