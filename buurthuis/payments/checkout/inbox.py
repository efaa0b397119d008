"""The inbox of events: kept once, done once, again and again until it worked; none of them is believed."""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Insert, select
from sqlalchemy.dialects.postgresql import insert as insert_in_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.payments.checkout import asking, queries
from buurthuis.payments.checkout.models import StripeEvent
from buurthuis.payments.checkout.refusals import NoOnlinePaying
from buurthuis.payments.provider import Event, ProviderDown
from buurthuis.payments.refunds.carrying import hear_of

log = logging.getLogger(__name__)

LEASE: Final = timedelta(minutes=1)
"""So long nobody else does an event that somebody does now."""
SLOWEST: Final = timedelta(hours=6)


@action
def take_in(venue_id: int, event: Event) -> bool:
    """Keep an event; False when it was kept before."""
    now = clock.now()
    insert: Any = insert_in_sqlite if db.engine.dialect.name == "sqlite" else insert_in_postgresql
    row: Insert = insert(StripeEvent).values(
        id=event.id,
        venue_id=venue_id,
        kind=event.kind,
        object_id=event.object_id,
        received_at=now,
        attempts=1,
        look_at=now + LEASE,
        error="",
    )
    new = row.on_conflict_do_nothing().returning(StripeEvent.id)  # type: ignore[attr-defined]
    return db.session.scalar(new) is not None


def follow_up_on(event_id: str) -> bool:
    """Ask how the thing stands that an event is about; what did not work is tried again later.

    False when the provider does not answer, so that nobody waits for it again at once.
    """
    event = db.session.get(StripeEvent, event_id)
    if event is None or event.done_at is not None:
        return True
    try:
        _ask_about(event.kind, event.object_id)
    except (ProviderDown, NoOnlinePaying) as trouble:
        log.warning("event %s waits: %s", event_id, trouble)
        db.session.rollback()
        _wait(event_id, type(trouble).__name__)
        return False
    except Exception as error:
        # Whatever is wrong with one, the others go on; this one is tried again, and more seldom.
        log.exception("event %s could not be done", event_id)
        db.session.rollback()
        _wait(event_id, type(error).__name__)
    else:
        _done(event_id)
    return True


def _ask_about(kind: str, object_id: str) -> None:
    if kind.startswith("checkout.session."):
        checkout_id = queries.of_session(object_id)
        if checkout_id is not None:
            asking.look(checkout_id)
    elif kind.startswith("refund."):
        hear_of(object_id)


@action
def due_events(most: int) -> list[str]:
    """Take events that are due for ourselves; other workers skip them for a while."""
    now = clock.now()
    waiting = (
        select(StripeEvent)
        .where(StripeEvent.done_at.is_(None), StripeEvent.look_at <= now)
        .order_by(StripeEvent.look_at, StripeEvent.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalars(waiting).all()
    for event in found:
        event.attempts += 1
        event.look_at = now + LEASE
    return [event.id for event in found]


@action
def _wait(event_id: str, why: str) -> None:
    event = db.session.get_one(StripeEvent, event_id)
    event.error, event.look_at = why, _later(event.attempts)


def _later(attempts: int) -> datetime:
    return clock.now() + min(SLOWEST, LEASE * int(2 ** min(attempts, 12)))


@action
def _done(event_id: str) -> None:
    event = db.session.get_one(StripeEvent, event_id)
    event.done_at, event.error = clock.now(), ""
