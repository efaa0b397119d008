"""The verbs of paying online, one transaction each; the provider is asked before or after, never within."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from buurthuis.accounts.models import Person
from buurthuis.bookings import paying
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.checkout import queries, steps
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.refusals import (
    NoOnlinePaying,
    NotToBePaid,
    PaidAlready,
)
from buurthuis.payments.checkout.steps import Case
from buurthuis.payments.invoices import queries as invoices
from buurthuis.payments.provider import Session
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import LIVE, Outcome, Place, State, Step, reconcile
from buurthuis.rules.paying.ways import PAGE_OPEN
from buurthuis.venues.models import Venue

OUR_CURRENCY: Final = "eur"


@action
def begin_for_booking(booking_id: int, *, by: Person) -> Checkout:
    """Begin to pay for a place that is kept; an attempt that can still be paid is gone on with.

    Raises:
        NotToBePaid: nothing is kept for a payment any more.
        NoOnlinePaying
    """
    bookings = paying.locked_together(booking_id)
    demand(by, "booking.pay", bookings[0])
    now = clock.now()
    held = [each for each in bookings if each.is_pay_hold]
    if not held or any(each.expires_at is None or each.expires_at <= now for each in held):
        raise NotToBePaid
    live = queries.live_attempt(booking_ids=[each.id for each in bookings])
    if live is not None:
        return live
    asked = paying.asked_for(held[0])
    attempt = _attempt(held[0].venue, asked.cents, by=by, now=now)
    attempt.booking_id, attempt.deposit_cents = held[0].id, asked.deposit_cents
    return _begun(attempt, held, by)


@action
def begin_for_invoice(invoice_id: int, *, by: Person) -> Checkout:
    """Begin to pay what an invoice still asks; else as `begin_for_booking`.

    Raises:
        PaidAlready: it asks nothing any more.
        NoOnlinePaying
    """
    invoice = invoices.invoice(invoice_id)
    demand(by, "invoice.pay", invoice)
    steps.lock_invoice(invoice_id)
    live = queries.live_attempt(invoice_id=invoice_id)
    if live is not None:
        return live
    cents = invoices.open_cents([invoice_id])[invoice_id]
    if cents <= 0:
        raise PaidAlready
    attempt = _attempt(invoice.venue, cents, by=by, now=clock.now())
    attempt.invoice_id = invoice_id
    return _begun(attempt, (), by)


@action
def opened(checkout_id: int, session: Session) -> Checkout:
    """The provider made a page for it; who asked twice with one mark got the same page."""
    case = steps.locked(checkout_id, clock.now())
    attempt = case.attempt
    if attempt.state is State.OPENING:
        attempt.session_id, attempt.address = session.id, session.url
        attempt.state = State.OPEN
        attempt.look_at = steps.next_look(case)
    return attempt


@action
def never_opened(checkout_id: int) -> None:
    """The provider will not make this page: another attempt may be begun."""
    attempt = steps.locked(checkout_id, clock.now()).attempt
    if attempt.state is State.OPENING:
        _end(attempt, State.FAILED)


@action
def give_up(checkout_id: int) -> None:
    """Nobody ever saw a page for it, so nobody can pay it: it ends with the time it had."""
    case = steps.locked(checkout_id, clock.now())
    if case.attempt.state is State.OPENING:
        _end(case.attempt, State.EXPIRED)
        if case.holds_until is not None and case.holds_until <= case.now:
            steps.let_go(case)


@action
def take_note(checkout_id: int, session: Session, place: Place | None = None) -> Outcome:
    """Do what follows from how the payment stands, once, whoever asked and however often.

    `place` is given where a place that seemed free could not be had after all.

    Raises:
        RoomTaken: the place that seemed free cannot be had; nothing was done.
    """
    case = steps.locked(checkout_id, clock.now())
    if place is not None:
        case = replace(case, place=place)
    outcome = reconcile(case.ours, steps.found_in(session), case.place, case.now)
    if case.attempt.state in LIVE or outcome.step is not Step.NOTHING:
        steps.follow(case, outcome, session)
    return outcome


@action
def let_go_of(booking_id: int) -> bool:
    """Nobody can pay for this any more: its time is over and no attempt for it lives."""
    now = clock.now()
    held = [each for each in paying.locked_together(booking_id) if each.is_pay_hold]
    is_over = any(each.expires_at is not None and each.expires_at <= now for each in held)
    if not is_over or queries.live_attempt(booking_ids=[each.id for each in held]) is not None:
        return False
    return bool(paying.let_go(held[0], now))


def _attempt(venue: Venue, cents: Cents, *, by: Person, now: datetime) -> Checkout:
    account = gateway.account_for(venue.slug)
    if account is None:
        raise NoOnlinePaying
    return Checkout(
        venue_id=venue.id,
        venue=venue,
        person_id=by.id,
        mark=secrets.token_hex(24),
        cents=cents,
        deposit_cents=0,
        currency=OUR_CURRENCY,
        is_live=account.is_live,
        state=State.OPENING,
        made_at=now,
        closes_at=now + PAGE_OPEN,
    )


def _begun(attempt: Checkout, held: Sequence[Booking], by: Person) -> Checkout:
    """From now on the worker looks after it, also when nobody comes back."""
    db.session.add(attempt)
    db.session.flush()
    attempt.look_at = steps.next_look(Case(attempt, held, Place.KEPT, attempt.made_at))
    note("checkout.begun", attempt, by=by, venue_id=attempt.venue_id, cents=attempt.total_cents)
    return attempt


def _end(attempt: Checkout, state: State) -> None:
    attempt.state, attempt.look_at, attempt.ended_at = state, None, clock.now()
    note(f"checkout.{state}", attempt, venue_id=attempt.venue_id)
