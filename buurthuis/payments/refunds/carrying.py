"""Carrying refunds to the provider: what is written down is asked for, until it is done or cannot be.

The provider is asked while no transaction is open. The mark of the refund goes along, so whoever
dies between asking and storing asks again, and the money goes back once. The provider forgets
marks after a day; from then on we look first at what it gave back already.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.payments import stripe_gateway as gateway
from buurthuis.payments.provider import Account, ProviderDown, ProviderRefused, Refunded
from buurthuis.payments.refunds import steps
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ways import Means

log = logging.getLogger(__name__)

MOST_A_ROUND: Final = 20
LEASE: Final = timedelta(minutes=2)
"""So long nobody else asks about a refund that somebody asks about now."""
SLOWEST: Final = timedelta(hours=6)
ON_ITS_WAY: Final = timedelta(hours=1)
"""Banks take days: once an hour is often enough to ask whether it arrived."""
MARK_IS_KNOWN: Final = timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be asked of the provider for one refund, read before the transaction ended."""

    refund: int
    venue_slug: str
    intent_id: str
    cents: Cents
    mark: str
    provider_id: str | None
    given_before: Cents
    """What else of this payment went back through the provider."""
    is_old: bool


def carry() -> int:
    """Ask the provider for every refund that is due; says how many came to an end."""
    return sum(_carried(errand) for errand in _errands())


@action
def hear_of(provider_id: str) -> bool:
    """There is news of a refund: ask soon. False when it is none of ours."""
    found = db.session.scalar(select(Refund).where(Refund.provider_id == provider_id))
    if found is None:
        return False
    if found.state is not RefundState.FAILED:
        found.look_at = clock.now()
    return True


def _errands() -> Iterator[Errand]:
    for _turn in range(MOST_A_ROUND):
        errand = _lease()
        if errand is None:
            return
        yield errand


@action
def _lease() -> Errand | None:
    """Take the refund that waits longest for ourselves; others skip it until the lease is over."""
    now = clock.now()
    due = (
        select(Refund)
        .where(Refund.means == Means.ONLINE, Refund.look_at <= now)
        .order_by(Refund.look_at, Refund.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Refund)
    )
    refund = db.session.scalar(due)
    if refund is None:
        return None
    refund.look_at, refund.attempts = now + LEASE, refund.attempts + 1
    return _errand(refund, now)


def _errand(refund: Refund, now: datetime) -> Errand:
    others = select(func.coalesce(func.sum(Refund.cents), 0)).where(
        Refund.payment_id == refund.payment_id,
        Refund.means == Means.ONLINE,
        Refund.id != refund.id,
        or_(Refund.provider_id.is_not(None), Refund.state == RefundState.DONE),
        Refund.state != RefundState.FAILED,
    )
    checkout = refund.payment.checkout
    return Errand(
        refund=refund.id,
        venue_slug=refund.payment.venue.slug,
        intent_id=(checkout.intent_id if checkout else None) or "",
        cents=refund.cents,
        mark=refund.mark,
        provider_id=refund.provider_id,
        given_before=db.session.scalar(others) or 0,
        is_old=now - refund.made_at > MARK_IS_KNOWN,
    )


def _carried(errand: Errand) -> bool:
    account = gateway.account_for(errand.venue_slug)
    try:
        if account is None:
            raise ProviderDown("The house has no account any more.")
        answer = _asked(account, errand)
    except ProviderDown as trouble:
        log.warning("refund %s waits: %s", errand.refund, trouble)
        return _wait(errand.refund, str(trouble))
    except ProviderRefused as refusal:
        return _refused(errand.refund, refusal.code)
    return _store(errand.refund, answer)


def _asked(account: Account, errand: Errand) -> Refunded:
    """How the refund stands at the provider, which is asked for it where it does not know it yet.

    What went back there already, by our hand or by somebody's in its own pages, is done. A refund
    that it knew and now denies waits: the account may be another one, and the money is on its way.
    """
    if errand.provider_id is not None:
        try:
            return gateway.refund_state(account, errand.provider_id)
        except ProviderRefused as refusal:
            raise ProviderDown(refusal.code) from None
    if errand.is_old and _went_back(account, errand):
        return Refunded("", RefundState.DONE, errand.cents)
    try:
        return gateway.refund(
            account,
            intent_id=errand.intent_id,
            cents=errand.cents,
            mark=errand.mark,
            metadata={"refund": str(errand.refund), "mark": errand.mark},
        )
    except ProviderRefused:
        if not _went_back(account, errand):
            raise
        return Refunded("", RefundState.DONE, errand.cents)


def _went_back(account: Account, errand: Errand) -> bool:
    gone = gateway.collected(account, errand.intent_id).returned_cents
    return gone >= errand.given_before + errand.cents


@action
def _wait(refund_id: int, trouble: str) -> bool:
    refund = steps.locked(refund_id)
    pause = min(SLOWEST, timedelta(seconds=30) * 2 ** min(refund.attempts, 12))
    refund.error, refund.look_at = trouble[:200], clock.now() + pause
    return False


@action
def _refused(refund_id: int, code: str) -> bool:
    refund = steps.locked(refund_id)
    if refund.state is not RefundState.FAILED:
        steps.fail(refund, code, now=clock.now())
    return True


@action
def _store(refund_id: int, answer: Refunded) -> bool:
    refund, now = steps.locked(refund_id), clock.now()
    if refund.state is RefundState.FAILED:
        return False
    refund.provider_id = answer.id or refund.provider_id
    if answer.state is RefundState.FAILED:
        steps.fail(refund, answer.error, now=now)
    elif answer.state is RefundState.PENDING:
        refund.error, refund.look_at = "", now + ON_ITS_WAY
    elif refund.state is RefundState.PENDING:
        steps.mark_done(refund, now=now)
    else:
        refund.look_at = None
    return answer.state is not RefundState.PENDING
