"""Questions about deposits: what a house holds, of whom, until when, and what waits for a second person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.payments.deposits.models import Deposit, DepositTurn, Turn
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.giving_back import Held
from buurthuis.rules.states import Status
from buurthuis.venues.models import Venue

STANDS = (Status.CONFIRMED, Status.NO_SHOW)
"""A booking that ended in any other way gives its deposit back by itself."""
NOT_YET_SETTLED = and_(DepositTurn.agreed_at.is_(None), DepositTurn.refused_at.is_(None))


class Phase(StrEnum):
    """How a deposit stands: still to be paid, held until it is over, to be decided, or gone."""

    TO_PAY = "to_pay"
    HELD = "held"
    TO_DECIDE = "to_decide"
    PROPOSED = "proposed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Seen:
    """A deposit with what became of it; nothing was taken yet where there is none."""

    booking: Booking
    deposit: Deposit | None
    held: Held
    phase: Phase

    @property
    def cents(self) -> Cents:
        """What is to be held."""
        return self.booking.deposit_cents if self.deposit is None else self.deposit.cents


def deposit(deposit_id: int) -> Deposit:
    """A deposit, with its booking and what became of it.

    Raises:
        NotFound
    """
    return row_of(Deposit, deposit_id, options=[_WITH_BOOKING])


def deposit_here(slug: str, deposit_id: int) -> Deposit:
    """A deposit of this house.

    Raises:
        NotFound: there is none, or it is of another house.
    """
    return _of_house(deposit(deposit_id), slug)


def turn_here(slug: str, turn_id: int) -> DepositTurn:
    """What somebody proposed about a deposit of this house.

    Raises:
        NotFound
    """
    found = row_of(DepositTurn, turn_id)
    deposit_here(slug, found.deposit_id)
    return found


def held_of(deposit_ids: Collection[int]) -> dict[int, Held]:
    """What became of these deposits so far."""
    sums = select(DepositTurn.deposit_id, *_SUMS).outerjoin(
        Refund, Refund.id == DepositTurn.refund_id
    )
    rows = db.session.execute(
        sums.where(DepositTurn.deposit_id.in_(deposit_ids)).group_by(DepositTurn.deposit_id)
    )
    found = {number: Held(*map(int, parts)) for number, *parts in rows}
    return {number: found.get(number, Held()) for number in deposit_ids}


def deposit_of(booking: Booking, *, now: datetime) -> Seen | None:
    """How the deposit of a booking stands; None where it asks for none."""
    asked = select(Deposit).where(Deposit.booking_id == booking.id)
    found = db.session.scalar(asked)
    if found is None:
        is_asked = booking.deposit_cents > 0 and booking.status in STANDS
        return Seen(booking, None, Held(), Phase.TO_PAY) if is_asked else None
    held = held_of([found.id])[found.id]
    return Seen(booking, found, held, _phase(booking, held, now))


def held_in(venue: Venue, *, now: datetime) -> list[Seen]:
    """What a house holds, in the order in which the bookings end."""
    sums = _sums(Deposit.venue_id == venue.id).subquery()
    asked = (
        select(Deposit, *(sums.c[name] for name in ("taken", "given_back", "kept", "proposed")))
        .join(sums, sums.c.deposit_id == Deposit.id)
        .join(Deposit.booking)
        .where(sums.c.taken - sums.c.given_back - sums.c.kept > 0)
        .options(*_SEEN)
        .order_by(Booking.to_at, Deposit.id)
    )
    rows = db.session.execute(asked).all()
    return [_seen(found, Held(*map(int, parts)), now) for found, *parts in rows]


def to_pay_in(venue: Venue, *, now: datetime, until: datetime) -> Sequence[Booking]:
    """Bookings until then that ask for a deposit which is not there yet, the soonest first."""
    taken = select(Deposit.id).where(Deposit.booking_id == Booking.id)
    asked = (
        select(Booking)
        .where(
            Booking.venue_id == venue.id,
            Booking.status == Status.CONFIRMED,
            Booking.from_at >= now,
            Booking.from_at < until,
            Booking.deposit_cents > 0,
            ~taken.exists(),
        )
        .options(joinedload(Booking.initiative), joinedload(Booking.room))
        .order_by(Booking.from_at, Booking.id)
    )
    return db.session.scalars(asked).all()


def proposed_in(venue: Venue) -> Sequence[DepositTurn]:
    """What somebody proposes to keep, waiting for a second person, the oldest first."""
    asked = (
        select(DepositTurn)
        .join(DepositTurn.deposit)
        .join(Deposit.booking)
        .where(Deposit.venue_id == venue.id, DepositTurn.turn == Turn.KEPT, NOT_YET_SETTLED)
        .options(contains_eager(DepositTurn.deposit).options(*_SEEN), joinedload(DepositTurn.by))
        .order_by(DepositTurn.id)
    )
    return db.session.scalars(asked).all()


def of_bookings_that_are_off() -> Sequence[int]:
    """Deposits that are held for bookings which will not take place any more."""
    sums = _sums().subquery()
    asked = (
        select(Deposit.id)
        .join(sums, sums.c.deposit_id == Deposit.id)
        .join(Deposit.booking)
        .where(Booking.status.in_((Status.CANCELLED, Status.REFUSED, Status.EXPIRED)))
        .where(sums.c.taken - sums.c.given_back - sums.c.kept - sums.c.proposed > 0)
        .order_by(Deposit.id)
    )
    return db.session.scalars(asked).all()


def counting_proposed(venue: Venue) -> Select[int]:
    """How many wait for a second person, to be asked with other counts."""
    asked = select(func.count()).select_from(DepositTurn).join(DepositTurn.deposit)
    waits = DepositTurn.turn == Turn.KEPT, NOT_YET_SETTLED
    return asked.where(Deposit.venue_id == venue.id, *waits)


def _sums(*which: ColumnElement[bool]) -> Select[int, Cents, Cents, Cents, Cents]:
    asked = (
        select(DepositTurn.deposit_id, *_SUMS)
        .join(Deposit, Deposit.id == DepositTurn.deposit_id)
        .outerjoin(Refund, Refund.id == DepositTurn.refund_id)
    )
    return asked.where(*which).group_by(DepositTurn.deposit_id)


def _sum(name: str, which: ColumnElement[bool]) -> ColumnElement[Cents]:
    return func.coalesce(func.sum(case((which, DepositTurn.cents), else_=0)), 0).label(name)


_SUMS = (
    _sum("taken", DepositTurn.turn == Turn.TAKEN),
    _sum(
        "given_back",
        and_(DepositTurn.turn == Turn.GIVEN_BACK, Refund.state != RefundState.FAILED),
    ),
    _sum("kept", and_(DepositTurn.turn == Turn.KEPT, DepositTurn.agreed_at.is_not(None))),
    _sum("proposed", and_(DepositTurn.turn == Turn.KEPT, NOT_YET_SETTLED)),
)


def _seen(found: Deposit, held: Held, now: datetime) -> Seen:
    return Seen(found.booking, found, held, _phase(found.booking, held, now))


def _phase(booking: Booking, held: Held, now: datetime) -> Phase:
    if not held.cents:
        return Phase.GONE
    if held.proposed:
        return Phase.PROPOSED
    is_over = booking.to_at <= now or booking.status not in STANDS
    return Phase.TO_DECIDE if is_over else Phase.HELD


def _of_house(found: Deposit, slug: str) -> Deposit:
    if found.booking.venue.slug != slug:
        raise NotFound
    return found


_SEEN = (
    contains_eager(Deposit.booking).options(
        joinedload(Booking.initiative), joinedload(Booking.room)
    ),
)
_WITH_BOOKING = joinedload(Deposit.booking).options(
    joinedload(Booking.initiative), joinedload(Booking.room), joinedload(Booking.venue)
)
