"""The verbs of deposits, one transaction each: receive, give back, propose to keep, agree, decline."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person
from buurthuis.bookings.models import Booking
from buurthuis.bookings.queries import booking as booking_by_id
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.foundation.rows import row_of
from buurthuis.payments.deposits import letters, queries, steps
from buurthuis.payments.deposits.models import Deposit, DepositTurn, Turn
from buurthuis.payments.deposits.refusals import NoDeposit, NotOverYet, SecondPerson, Settled
from buurthuis.payments.receiving.steps import receive
from buurthuis.payments.refunds.models import LONGEST_REASON, Refund
from buurthuis.payments.refunds.refusals import MoreThanCameIn
from buurthuis.rules import wording
from buurthuis.rules.calendar import day_of
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account, entries
from buurthuis.rules.paying.ways import Means


@action
def receive_deposit(booking_id: int, means: Means, *, by: Person) -> Deposit:
    """Somebody paid the deposit of a booking in the house, or through the bank.

    Raises:
        NoDeposit: none is asked, or it is there already.
    """
    booking = booking_by_id(booking_id)
    demand(by, "money.do", booking.venue)
    now = clock.now()
    # Two who write it down at once wait for each other, and the second hears that it is there.
    db.session.execute(select(Booking.id).where(Booking.id == booking.id).with_for_update())
    seen = queries.deposit_of(booking, now=now)
    if seen is None or seen.phase is not queries.Phase.TO_PAY or means is Means.ONLINE:
        raise NoDeposit
    payment = receive(
        booking.venue,
        means,
        booking.deposit_cents,
        day_of(now),
        towards=[],
        initiative=booking.initiative,
        by=by,
        now=now,
    )
    return steps.take(booking, payment, booking.deposit_cents, now, by)


@action
def give_back(
    deposit_id: int, cents: Cents, *, by: Person, means: Means | None = None
) -> list[Refund]:
    """Give a deposit back, whole or a part, when the booking is over.

    Raises:
        NotOverYet
        MoreThanCameIn: more than is held and free.
        OnlineOnly: what came online goes back online.
    """
    deposit, now = _mine(deposit_id, by), clock.now()
    _insist_on_over(deposit.booking, now)
    return steps.return_it(deposit, cents, "", by=by, means=means, now=now)


@action
def propose_keeping(deposit_id: int, cents: Cents, reason: str, *, by: Person) -> DepositTurn:
    """Propose to keep (a part of) a deposit; a second person has to agree.

    Raises:
        NotOverYet
        ReasonMissing: the group would not know why.
        MoreThanCameIn: more than is held and free.
    """
    deposit, now = _mine(deposit_id, by), clock.now()
    _insist_on_over(deposit.booking, now)
    reason = wording.one_line(reason, longest=LONGEST_REASON)
    if not reason:
        raise ReasonMissing
    free = steps.locked_and_held(deposit).free
    if not 0 < cents <= free:
        raise MoreThanCameIn(max(0, free))
    turn = DepositTurn(
        deposit_id=deposit.id,
        deposit=deposit,
        turn=Turn.KEPT,
        cents=cents,
        reason=reason,
        made_at=now,
        by_id=by.id,
    )
    db.session.add(turn)
    db.session.flush()
    told = {"cents": cents, "reason": reason}
    note("deposit.proposed", deposit, by=by, venue_id=deposit.venue_id, **told)
    return turn


@action
def agree(turn_id: int, *, by: Person) -> DepositTurn:
    """A second person agrees: the house keeps it, and the group reads why.

    Raises:
        SecondPerson: whoever proposed it does not agree with it themselves.
        Settled: somebody agreed or declined before.
    """
    turn = _waiting(turn_id, by)
    if turn.by_id == by.id:
        raise SecondPerson
    turn.agreed_at, turn.agreed_by_id = clock.now(), by.id
    db.session.flush()
    deposit = turn.deposit
    moves = entries((Account.DEPOSIT, Account.DEPOSIT_KEPT, turn.cents))
    steps.book(deposit, moves, now=turn.agreed_at)
    note("deposit.kept", deposit, by=by, venue_id=deposit.venue_id, cents=turn.cents)
    letters.kept(turn)
    return turn


@action
def decline(turn_id: int, *, by: Person) -> DepositTurn:
    """It is not kept: a second person says no, or whoever proposed it thinks better of it.

    Raises:
        Settled
    """
    turn = _waiting(turn_id, by)
    turn.refused_at = clock.now()
    deposit = turn.deposit
    note("deposit.declined", deposit, by=by, venue_id=deposit.venue_id, cents=turn.cents)
    return turn


def give_back_what_is_off() -> int:
    """Deposits of bookings that do not take place any more go back by themselves; says how many."""
    return sum(_give_back_of_off(number) for number in queries.of_bookings_that_are_off())


@action
def _give_back_of_off(deposit_id: int) -> int:
    deposit = queries.deposit(deposit_id)
    cents = steps.locked_and_held(deposit).free
    if cents <= 0 or deposit.booking.status in queries.STANDS:
        return 0
    steps.return_it(deposit, cents, "", by=None, now=clock.now())
    return 1


def _mine(deposit_id: int, by: Person) -> Deposit:
    deposit = queries.deposit(deposit_id)
    demand(by, "money.do", deposit)
    return deposit


def _insist_on_over(booking: Booking, now: datetime) -> None:
    if booking.status in queries.STANDS and booking.to_at > now:
        raise NotOverYet


def _waiting(turn_id: int, by: Person) -> DepositTurn:
    """A proposal that nobody else answers now."""
    turn = row_of(
        DepositTurn,
        turn_id,
        options=[joinedload(DepositTurn.deposit).joinedload(Deposit.booking)],
        with_for_update={"of": DepositTurn},
        populate_existing=True,
    )
    demand(by, "money.do", turn.deposit)
    if turn.turn is not Turn.KEPT or turn.agreed_at or turn.refused_at:
        raise Settled
    return turn
