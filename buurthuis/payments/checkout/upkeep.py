"""What the worker does about paying online: events that wait, payments that may have moved, holds that end."""

import logging
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import actions, asking, inbox, queries
from buurthuis.payments.checkout.refusals import NoOnlinePaying
from buurthuis.payments.provider import ProviderDown
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.states import Status

log = logging.getLogger(__name__)

MOST_A_ROUND: Final = 20
LEASE: Final = timedelta(minutes=2)
"""So long nobody else asks about a payment that somebody asks about now; afterwards it is due again."""


def follow_payments() -> int:
    """Do all that is due about paying online; says how many places were let go.

    What the provider does not answer now waits for the next round, so that letters do not.
    """
    answers = all(_done(event_id) for event_id in inbox.due_events(MOST_A_ROUND))
    if answers:
        ask_about_due()
    return close_holds()


def ask_about_due() -> int:
    """Ask the provider about payments that may have moved; says how many were asked about."""
    asked = 0
    for _turn in range(MOST_A_ROUND):
        checkout_id = _lease()
        if checkout_id is None:
            break
        try:
            asking.look(checkout_id)
        except NoOnlinePaying:
            log.warning("attempt %s waits: its house has no account any more", checkout_id)
        except ProviderDown as trouble:
            log.warning("attempt %s waits: %s", checkout_id, trouble)
            break
        except Exception:
            log.exception("attempt %s could not be looked at", checkout_id)
        finally:
            db.session.rollback()
        asked += 1
    return asked


def close_holds() -> int:
    """Let go of places that nobody paid for in time and nobody can pay for any more."""
    over = select(Booking.id).where(
        Booking.status == Status.HELD,
        Booking.pays_by == Way.ONLINE,
        Booking.expires_at <= clock.now(),
    )
    late = list(db.session.scalars(over.order_by(Booking.id)))
    db.session.rollback()
    return sum(actions.let_go_of(booking_id) for booking_id in late)


def _done(event_id: str) -> bool:
    try:
        return inbox.follow_up_on(event_id)
    finally:
        db.session.rollback()


@action
def _lease() -> int | None:
    """Take the attempt that waits longest for ourselves."""
    now = clock.now()
    attempt = db.session.scalar(queries.due(now, 1).with_for_update(skip_locked=True))
    if attempt is None:
        return None
    attempt.look_at = now + max(LEASE, (now - attempt.made_at) / 4)
    return attempt.id
