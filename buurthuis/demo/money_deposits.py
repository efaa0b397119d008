"""Deposits of the demo: held for what comes, given back, kept by two people, or waiting for the second."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.demo.rows import PREFIX
from buurthuis.foundation.db import db
from buurthuis.payments.deposits import steps
from buurthuis.payments.deposits.models import Deposit, DepositTurn, Turn
from buurthuis.payments.receiving.steps import receive
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account, entries
from buurthuis.rules.paying.ways import Means
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

BEFORE: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=21)
MOST: Final = 14
PART: Final = 2500
BROKEN: Final = "Er zijn twee stoelen stuk."


def bring_deposits(venue: Venue, treasurer: Person, manager: Person, *, now: datetime) -> None:
    """Deposits of the last weeks and of the next ones, inside a transaction."""
    over = _taken(venue, now - BEFORE, now, treasurer, now)
    _taken(venue, now, now + AHEAD, treasurer, now)
    for deposit in over[:1]:
        _propose(deposit, treasurer, now=now)
    for deposit in over[1:2]:
        _keep(deposit, treasurer, manager, now=now)
    for place, deposit in enumerate(over[2:-2]):
        cents = steps.locked_and_held(deposit).free
        for refund in steps.return_it(deposit, cents, "", by=treasurer, now=now):
            if place:
                refund.state, refund.done_at = RefundState.DONE, now


def _taken(
    venue: Venue, first: datetime, last: datetime, treasurer: Person, now: datetime
) -> list[Deposit]:
    """Most of these bookings paid their deposit a few days before."""
    return [
        _take(booking, Means.CASH if place % 2 else Means.BANK, treasurer, now)
        for place, booking in enumerate(_bookings(venue, first, last))
        if place % 6 != 5
    ]


def _bookings(venue: Venue, first: datetime, last: datetime) -> Sequence[Booking]:
    asked = (
        select(Booking)
        .where(
            Booking.venue_id == venue.id,
            Booking.uid.startswith(PREFIX, autoescape=True),
            Booking.status == Status.CONFIRMED,
            Booking.deposit_cents > 0,
            Booking.to_at > first,
            Booking.to_at <= last,
        )
        .options(joinedload(Booking.initiative))
        .order_by(Booking.to_at.desc(), Booking.id)
        .limit(MOST)
    )
    return db.session.scalars(asked).all()


def _take(booking: Booking, means: Means, treasurer: Person, now: datetime) -> Deposit:
    day = min(day_of(now), day_of(booking.from_at)) - timedelta(days=3)
    payment = receive(
        booking.venue,
        means,
        booking.deposit_cents,
        day,
        towards=[],
        initiative=booking.initiative,
        by=treasurer,
        now=now,
    )
    return steps.take(booking, payment, booking.deposit_cents, now, treasurer)


def _propose(deposit: Deposit, by: Person, *, now: datetime) -> DepositTurn:
    turn = DepositTurn(
        deposit=deposit,
        turn=Turn.KEPT,
        cents=min(PART, deposit.cents),
        reason=BROKEN,
        made_at=now,
        by_id=by.id,
    )
    db.session.add(turn)
    db.session.flush()
    return turn


def _keep(deposit: Deposit, by: Person, second: Person, *, now: datetime) -> None:
    """One proposed it and another agreed; the rest went back."""
    turn = _propose(deposit, by, now=now)
    turn.agreed_at, turn.agreed_by_id = now, second.id
    db.session.flush()
    kept: Cents = turn.cents
    steps.book(deposit, entries((Account.DEPOSIT, Account.DEPOSIT_KEPT, kept)), now=now)
