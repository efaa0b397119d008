"""What a treasurer wants to know first, in as many questions whatever there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from buurthuis.foundation.db import db
from buurthuis.payments.bank.queries import counting_waiting
from buurthuis.payments.checkout.models import Checkout
from buurthuis.payments.checkout.queries import flagged
from buurthuis.payments.deposits.queries import Phase, counting_proposed, held_in
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import open_of
from buurthuis.payments.invoices.waiting import to_bill
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.payments.refunds.queries import counting_to_transfer, failed, proposals
from buurthuis.rules.calendar import moment
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.open_items import AGES, age
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.tariffs.ways.queries import account_of
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Pile:
    """How many of something there are, and what they come to."""

    count: int = 0
    cents: Cents = 0


@dataclass(frozen=True, slots=True)
class Month:
    """What came in and what went back in a month, up to now."""

    received: Pile
    given_back: Pile


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the first page of the money of a house."""

    account: HouseAccount | None
    flagged: Sequence[Checkout]
    bank_lines: int
    to_bill: Pile
    to_credit: Pile
    to_give_back: Pile
    to_transfer: int
    failed_refunds: int
    by_age: tuple[Pile, ...]
    deposits: Pile
    deposits_to_decide: int
    deposits_proposed: int
    month: Month
    is_in_balance: bool
    """What invoices ask is what the books say that groups have to pay."""

    @property
    def open(self) -> Pile:
        """What groups still have to pay."""
        return Pile(
            sum(each.count for each in self.by_age), sum(each.cents for each in self.by_age)
        )

    @property
    def late(self) -> Pile:
        """What is not paid in time."""
        late = self.by_age[1:]
        return Pile(sum(each.count for each in late), sum(each.cents for each in late))


def overview_of(venue: Venue, today: date, now: datetime) -> Overview:
    """How the money of a house stands at this moment."""
    account = account_of(venue)
    open_now, over = _open(venue, today)
    bill = to_bill(venue, today)
    deposits = held_in(venue, now=now)
    backs = proposals(venue)
    books = balances_of(venue.id)
    counts = [counting_waiting(venue), counting_to_transfer(venue), counting_proposed(venue)]
    lines, transfers, proposed = (db.session.scalar(each) or 0 for each in counts)
    asked = sum(pile.cents for pile in open_now) - over
    return Overview(
        account=account,
        flagged=flagged(venue.id),
        bank_lines=lines,
        to_bill=_pile([each.cents for each in bill if each.cents > 0]),
        to_credit=_pile([-each.cents for each in bill if each.cents < 0]),
        to_give_back=_pile([each.cents for each in backs]),
        to_transfer=transfers,
        failed_refunds=len(failed(venue)),
        by_age=open_now,
        deposits=_pile([each.held.cents for each in deposits]),
        deposits_to_decide=sum(each.phase is Phase.TO_DECIDE for each in deposits),
        deposits_proposed=proposed,
        month=_month(venue, today),
        is_in_balance=books[Account.RECEIVABLE] == asked and not sum(books.values()),
    )


def _open(venue: Venue, today: date) -> tuple[tuple[Pile, ...], Cents]:
    """What is still to be paid by how late it is, and what invoices have too much, which is none of it."""
    cents = open_of()
    asked = select(Invoice.due_on, cents).where(
        Invoice.venue_id == venue.id, Invoice.kind != Kind.CREDIT_NOTE, cents != 0
    )
    found: list[list[Cents]] = [[] for _ in range(len(AGES) + 1)]
    over = 0
    for due_on, still in db.session.execute(asked):
        if still > 0:
            found[age(due_on, today)].append(still)
        else:
            over -= still
    return tuple(map(_pile, found)), over


def _month(venue: Venue, today: date) -> Month:
    first = today.replace(day=1)
    came = select(func.count(), func.sum(Payment.cents)).where(
        Payment.venue_id == venue.id,
        Payment.received_on.between(first, today),
        Payment.undone_at.is_(None),
    )
    went = (
        select(func.count(), func.sum(Refund.cents))
        .join(Refund.payment)
        .where(
            Payment.venue_id == venue.id,
            Refund.made_at >= moment(first, 0),
            Refund.state != RefundState.FAILED,
        )
    )
    piles = [db.session.execute(each).one() for each in (came, went)]
    received, back = (Pile(count, int(cents or 0)) for count, cents in piles)
    return Month(received, back)


def _pile(cents: Sequence[Cents]) -> Pile:
    return Pile(len(cents), sum(cents))
