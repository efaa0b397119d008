"""What the doctor asks the provider of online payments: whether the books say the same as its side."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from flask import current_app
from sqlalchemy import case, func, or_, select

from buurthuis.foundation.db import db
from buurthuis.foundation.settings import Settings
from buurthuis.foundation.stripe_settings import EVERY_HOUSE, as_written
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.checkout import State
from buurthuis.rules.paying.ledger import Account
from buurthuis.venues.models import Venue

NAME: Final = "the books say what the provider says"
DAYS: Final = 30
"""Attempts of so long ago, and those of which something went back since, are compared."""
MOST: Final = 200
MOST_SECONDS: Final = 60
ENDED: Final = (State.PAID, State.GAVE_BACK, State.FAILED, State.EXPIRED)
"""States that change no more; a person looks at what is flagged anyway."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, and what could not be compared or is odd without being wrong."""

    complaints: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Attempt:
    number: int
    slug: str
    session_id: str
    intent_id: str | None
    is_live: bool
    booked: Cents
    """What the books say that came in with it, less what went back."""
    waits: Cents
    """What is in the books as gone back, while the provider was not asked yet."""


def compare(now: datetime) -> Comparison | None:
    """Put the books beside what the provider says of each attempt; None where nobody has an account.

    No transaction is open while we ask. A provider that does not answer is no complaint about us.
    """
    settings: Settings = current_app.config["BUURTHUIS"]
    if not settings.stripe.accounts:
        return None
    attempts = _attempts(now - timedelta(days=DAYS))
    found = Comparison(notes=list(_strangers(settings)))
    db.session.rollback()
    until = monotonic() + MOST_SECONDS
    compared = 0
    for each in attempts[:MOST]:
        account = gateway.account_for(each.slug)
        if account is None or account.is_live is not each.is_live:
            continue
        try:
            found.complaints.extend(_complaints(account, each))
        except gateway.ProviderDown:
            found.notes.append("The provider cannot be reached; try again later.")
            break
        compared += 1
        if monotonic() > until:
            break
    found.notes.append(f"Compared: {compared} of {len(attempts)} attempts of {DAYS} days.")
    return found


def _complaints(account: gateway.Account, attempt: _Attempt) -> Iterator[str]:
    try:
        theirs = _kept(account, attempt)
    except gateway.ProviderRefused as refused:
        yield f"{_named(attempt)}: the provider will not say ({refused.code}). Look at its account."
        return
    ours = attempt.booked + attempt.waits
    if theirs != ours:
        yield (
            f"{_named(attempt)}: the provider kept {theirs} cents of it, the books say {ours}."
            " Look it up in its account."
        )


def _kept(account: gateway.Account, attempt: _Attempt) -> Cents:
    """What the provider took for us with an attempt, less what it gave back."""
    intent_id = attempt.intent_id or gateway.session(account, attempt.session_id).intent_id
    if intent_id is None:
        return 0
    collected = gateway.collected(account, intent_id)
    return collected.cents - collected.returned_cents


def _named(attempt: _Attempt) -> str:
    return f"{attempt.slug}, attempt {attempt.number} ({attempt.intent_id or attempt.session_id})"


def _attempts(since: datetime) -> list[_Attempt]:
    """Attempts that ended, the newest first, with what the books say of each."""
    moved = case((LedgerEntry.debit == Account.ONLINE, LedgerEntry.cents), else_=-LedgerEntry.cents)
    booked = (
        select(func.coalesce(func.sum(moved), 0))
        .where(
            LedgerEntry.payment_id == Payment.id,
            or_(LedgerEntry.debit == Account.ONLINE, LedgerEntry.credit == Account.ONLINE),
        )
        .correlate(Payment)
        .scalar_subquery()
    )
    is_waiting = (Refund.state == RefundState.PENDING) & Refund.provider_id.is_(None)
    waits = (
        select(func.coalesce(func.sum(Refund.cents), 0))
        .where(Refund.payment_id == Payment.id, is_waiting)
        .correlate(Payment)
        .scalar_subquery()
    )
    went_back = select(Refund.payment_id).where(Refund.made_at >= since)
    rows = db.session.execute(
        select(
            Checkout.id,
            Venue.slug,
            Checkout.session_id,
            Checkout.intent_id,
            Checkout.is_live,
            booked,
            waits,
        )
        .join(Venue, Checkout.venue_id == Venue.id)
        .outerjoin(Payment, Payment.checkout_id == Checkout.id)
        .where(
            Checkout.session_id.is_not(None),
            Checkout.state.in_(ENDED),
            or_(Checkout.made_at >= since, Payment.id.in_(went_back)),
        )
        .order_by(Checkout.id.desc())
    )
    return [
        _Attempt(number, slug, session_id or "", intent_id, is_live, int(net), int(rest))
        for number, slug, session_id, intent_id, is_live, net, rest in rows
    ]


def _strangers(settings: Settings) -> Iterator[str]:
    """Settings of a house that is not here: most likely a mistake in its name."""
    here = {as_written(slug) for slug in db.session.scalars(select(Venue.slug))}
    for slug in sorted(settings.stripe.accounts.keys() - here - {EVERY_HOUSE}):
        yield f"There is a key for {slug}, and no such house."
