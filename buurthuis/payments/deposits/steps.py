"""What happens to deposits inside the transaction of a verb: taking one, and giving it back."""

from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments.deposits.models import Deposit, DepositTurn, Turn
from buurthuis.payments.deposits.queries import held_of
from buurthuis.payments.ledger.posting import post
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.payments.refunds.queries import free_cents
from buurthuis.payments.refunds.refusals import MoreThanCameIn
from buurthuis.payments.refunds.steps import give_back_now, lock
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.giving_back import Held, Source, from_which
from buurthuis.rules.paying.ledger import Account, Entry, entries
from buurthuis.rules.paying.ways import Means


def take(
    booking: Booking, payment: Payment, cents: Cents, now: datetime, by: Person | None = None
) -> Deposit:
    """Hold so much of a payment as the deposit of a booking; it must belong to nothing yet.

    Raises:
        MoreThanCameIn: more than is free of the payment.
    """
    lock(payment)
    free = free_cents([payment.id])[payment.id]
    if not 0 < cents <= free:
        raise MoreThanCameIn(max(0, free))
    held = _of(booking, now)
    turn = DepositTurn(
        deposit_id=held.id,
        turn=Turn.TAKEN,
        cents=cents,
        payment_id=payment.id,
        made_at=now,
        by_id=None if by is None else by.id,
    )
    db.session.add(turn)
    db.session.flush()
    moves = entries((Account.UNALLOCATED, Account.DEPOSIT, cents))
    book(held, moves, payment=payment, now=now)
    note("deposit.taken", held, by=by, venue_id=held.venue_id, cents=cents)
    return held


def return_it(
    deposit: Deposit,
    cents: Cents,
    reason: str,
    *,
    by: Person | None,
    means: Means | None = None,
    now: datetime,
) -> list[Refund]:
    """Give so much of a deposit back, by the ways it came or another one, the latest first.

    Raises:
        MoreThanCameIn: more than is held and free.
    """
    free = locked_and_held(deposit).free
    if not 0 < cents <= free:
        raise MoreThanCameIn(max(0, free))
    refunds = []
    for payment_id, part in from_which(cents, _sources(deposit)):
        payment = db.session.get_one(Payment, payment_id)
        refund = give_back_now(payment, part, reason, by=by, deposit=deposit, means=means, now=now)
        db.session.add(
            DepositTurn(
                deposit_id=deposit.id,
                turn=Turn.GIVEN_BACK,
                cents=part,
                refund_id=refund.id,
                made_at=now,
                by_id=None if by is None else by.id,
            )
        )
        db.session.flush()
        refunds.append(refund)
    return refunds


def locked_and_held(deposit: Deposit) -> Held:
    """What became of a deposit so far, while nobody else can do anything with it."""
    db.session.execute(select(Deposit.id).where(Deposit.id == deposit.id).with_for_update())
    return held_of([deposit.id])[deposit.id]


def book(
    deposit: Deposit, moves: list[Entry], *, payment: Payment | None = None, now: datetime
) -> None:
    """Write in the books what happened to a deposit."""
    post(
        deposit.venue_id,
        moves,
        on=day_of(now),
        text=deposit.name,
        initiative_id=deposit.booking.initiative_id,
        payment=payment,
        deposit=deposit,
    )


def _of(booking: Booking, now: datetime) -> Deposit:
    found = db.session.scalar(select(Deposit).where(Deposit.booking_id == booking.id))
    if found is None:
        found = Deposit(
            venue_id=booking.venue_id,
            booking_id=booking.id,
            booking=booking,
            cents=booking.deposit_cents,
            made_at=now,
        )
        db.session.add(found)
        db.session.flush()
    return found


def _sources(deposit: Deposit) -> list[Source]:
    """The payments it was taken from, latest first, with what of each is still held for it."""
    taken = select(DepositTurn.payment_id, DepositTurn.cents).where(
        DepositTurn.deposit_id == deposit.id, DepositTurn.turn == Turn.TAKEN
    )
    back = select(Refund.payment_id, Refund.cents).where(
        Refund.deposit_id == deposit.id, Refund.state != RefundState.FAILED
    )
    still: dict[int, Cents] = {}
    for payment_id, cents in db.session.execute(taken.order_by(DepositTurn.id.desc())):
        still[payment_id or 0] = still.get(payment_id or 0, 0) + cents
    for payment_id, cents in db.session.execute(back):
        still[payment_id] -= cents
    return [Source(payment, cents, cents) for payment, cents in still.items()]
