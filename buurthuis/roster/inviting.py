"""The worker keeps the calendars of key-holders right by mail, for who asked for that.

Whoever takes, gives, drops, swaps or publishes a shift need not think of calendars: here each promise
is compared with what the calendar of its person was told. That waits until a tap can no longer be
undone. Nothing is written where nothing differs, so it may run as often as it likes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.roster.duties import letters as duty_letters
from buurthuis.roster.models import STANDING, Duty, DutyStatus
from buurthuis.rules import told

MOST_AT_ONCE: Final = 200


@action
def invite() -> int:
    """Write to the calendars that are not right; returns to how many."""
    now = clock.now()
    differing = _differing(now)
    for duty in differing:
        if duty.status in STANDING:
            duty_letters.in_calendar(duty)
        else:
            duty_letters.gone_from_calendar(duty)
    return len(differing)


def _differing(now: datetime) -> Sequence[Duty]:
    """Promises ahead whose calendar does not say what is, locked; others of our kind skip them."""
    asked = (
        select(Duty)
        .join(Duty.person)
        .where(
            Duty.ends_at > now,
            Person.email.is_not(None),
            Person.left_at.is_(None),
            or_(_missing(now), _moved(), _left(now)),
        )
        .options(joinedload(Duty.venue))
        .order_by(Duty.starts_at, Duty.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Duty, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(asked).all()


def _missing(now: datetime) -> ColumnElement[bool]:
    """Whoever wants it has a shift that is not in their calendar."""
    return and_(
        Person.invite_to_shifts,
        Duty.status.in_(STANDING),
        Duty.is_in_calendar.is_(False),
        Duty.published_at <= now - told.SECOND_THOUGHTS,
    )


def _moved() -> ColumnElement[bool]:
    is_old = Duty.invited_sequence != Duty.sequence
    return and_(Duty.status.in_(STANDING), Duty.is_in_calendar, is_old)


def _left(now: datetime) -> ColumnElement[bool]:
    """It stands in a calendar though it was given up, or nobody needs it."""
    is_over = Duty.status.in_((DutyStatus.DROPPED, DutyStatus.NOT_NEEDED))
    return and_(is_over, Duty.is_in_calendar, Duty.over_at <= now - told.SECOND_THOUGHTS)
