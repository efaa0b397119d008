"""Verbs about lines of the bank: a person says what they are, and takes it back; one transaction each.

A line is locked first, then the invoices it pays, so two treasurers at once say it once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Initiative, Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound, Refusal
from buurthuis.foundation.logbook import note
from buurthuis.payments.bank.models import LONGEST_ASIDE, BankLine
from buurthuis.payments.bank.queries import is_waiting
from buurthuis.payments.bank.refusals import (
    MoreThanLine,
    NoLongerOpen,
    OtherHouse,
    SaidAlready,
    WhyMissing,
)
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving import steps as receiving
from buurthuis.payments.refunds import steps as refunds
from buurthuis.payments.refunds.models import RefundState
from buurthuis.rules import wording
from buurthuis.rules.money import Cents
from buurthuis.rules.paying.matching import Split
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of a line: so much for each invoice; what is left stays with the group."""

    line_id: int
    splits: tuple[Split, ...] = ()
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many lines became payments, and how many stayed, because something changed meanwhile."""

    done: int
    stayed: int


@action
def confirm_all(venue: Venue, answers: Sequence[Answer], *, by: Person) -> Confirmed:
    """Agree with many proposals at once; those that are no longer right stay for a second look."""
    demand(by, "money.do", venue)
    done = 0
    lines = _locked_lines({answer.line_id for answer in answers}, venue)
    bills = _Bills.of(answers)
    for answer in sorted(answers, key=lambda each: each.line_id):
        try:
            _receive(lines.get(answer.line_id), answer, bills, by=by)
        except Refusal:
            continue  # It was refused before anything was written of it.
        done += 1
    return Confirmed(done, len(answers) - done)


@action
def confirm(line_id: int, splits: Sequence[Split], *, group_id: int | None, by: Person) -> None:
    """Say what one line was for; without invoices the money stays with a group, or with nobody yet.

    Raises:
        SaidAlready: somebody said it just now, or the money went instead of came.
        NoLongerOpen, MoreThanLine, OtherHouse
        NotFound: the group has nothing to do with this house.
    """
    line = _locked(line_id)
    demand(by, "money.do", line)
    answer = Answer(line_id, tuple(splits), group_id)
    _receive(line, answer, _Bills.of([answer]), by=by)


@action
def confirm_refund(line_id: int, refund_id: int, *, by: Person) -> None:
    """Say that money that went is a refund that a person was to carry to the bank.

    Raises:
        SaidAlready: somebody said it just now, of the line or of the refund.
        MoreThanLine: the amounts differ.
        OtherHouse
    """
    line = _locked(line_id)
    demand(by, "money.do", line)
    refund = refunds.locked(refund_id)
    if refund.venue_id != line.venue_id:
        raise OtherHouse
    if not is_waiting(line) or refund.state is not RefundState.PENDING:
        raise SaidAlready
    if refund.means is Means.ONLINE or refund.cents != -line.cents:
        raise MoreThanLine
    now = clock.now()
    refunds.mark_done(refund, by=by, now=now)
    line.payment_id, line.refund_id = None, refund.id
    line.matched_at, line.matched_by_id = now, by.id
    note("bank_line.confirmed", line, by=by, venue_id=line.venue_id, cents=line.cents)


@action
def set_aside(venue: Venue, line_ids: Collection[int], reason: str, *, by: Person) -> int:
    """Say that lines have nothing to do with invoices, and why; gives how many were still open.

    Raises:
        WhyMissing
        rules.wording.TooLong: the reason does not fit.
    """
    demand(by, "money.do", venue)
    why = wording.one_line(reason, longest=LONGEST_ASIDE)
    if not why:
        raise WhyMissing
    open_lines = [each for each in _locked_lines(line_ids, venue).values() if is_waiting(each)]
    for line in open_lines:
        line.payment_id, line.matched_at, line.matched_by_id = None, None, None
        line.aside_at, line.aside_by_id, line.aside_reason = clock.now(), by.id, why
        note("bank_line.set_aside", line, by=by, venue_id=venue.id, cents=line.cents)
    return len(open_lines)


@action
def undo(line_id: int, *, by: Person) -> None:
    """Take back what was said of a line: its payment is undone, and the line waits again.

    Raises:
        SaidAlready: nothing was said, or it is a refund, of which the group has a letter.
        payments.refusals.CannotUndo: some of the money went back already.
    """
    line = _locked(line_id)
    demand(by, "money.do", line)
    if line.refund_id is not None or is_waiting(line):
        raise SaidAlready
    if line.payment is not None:
        receiving.take_back(line.payment, by=by, now=clock.now())
    line.payment_id, line.matched_at, line.matched_by_id = None, None, None
    line.aside_at, line.aside_by_id, line.aside_reason = None, None, ""
    note("bank_line.undone", line, by=by, venue_id=line.venue_id, cents=line.cents)


@dataclass(slots=True)
class _Bills:
    """The invoices of answers, locked, and what each still asks."""

    invoices: dict[int, Invoice]
    still: dict[int, Cents]

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> Self:
        numbers = {split.id for answer in answers for split in answer.splits}
        asked = (
            select(Invoice)
            .where(Invoice.id.in_(numbers), Invoice.kind != Kind.CREDIT_NOTE)
            .options(joinedload(Invoice.initiative))
            .order_by(Invoice.id)
            .with_for_update(of=Invoice)
        )
        found = {each.id: each for each in db.session.scalars(asked)}
        return cls(found, open_cents(found))

    def towards(self, line: BankLine, answer: Answer) -> list[tuple[Invoice, Cents]]:
        """The invoices that a line pays; nothing is written yet.

        Raises:
            SaidAlready, NoLongerOpen, MoreThanLine, OtherHouse
        """
        if line.cents < 0 or not is_waiting(line):
            raise SaidAlready
        if any(each.cents <= 0 for each in answer.splits):
            raise MoreThanLine
        if sum(each.cents for each in answer.splits) > line.cents:
            raise MoreThanLine
        found = [(self.invoices.get(each.id), each.cents) for each in answer.splits]
        ours = [(bill, cents) for bill, cents in found if bill is not None]
        if len({bill.id for bill, _cents in ours}) < len(found) or any(
            bill.venue_id != line.venue_id for bill, _cents in ours
        ):
            raise OtherHouse
        if any(cents > self.still[bill.id] for bill, cents in ours):
            raise NoLongerOpen
        return ours


def group_here(venue_id: int, group_id: int) -> Initiative:
    """A group that this house knows, because it booked here or owes something.

    Raises:
        NotFound
    """
    booked = select(Booking.id).where(
        Booking.venue_id == venue_id, Booking.initiative_id == group_id
    )
    billed = select(Invoice.id).where(
        Invoice.venue_id == venue_id, Invoice.initiative_id == group_id
    )
    known = or_(booked.exists(), billed.exists())
    asked = select(Initiative).where(Initiative.id == group_id, known)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound
    return found


def _receive(line: BankLine | None, answer: Answer, bills: _Bills, *, by: Person) -> None:
    """Receive the money of a line as somebody said; everything is checked before anything is written."""
    if line is None:
        raise SaidAlready
    towards = bills.towards(line, answer)
    group = _group(line, towards, answer.group_id)
    now = clock.now()
    payment = receiving.receive(
        line.venue,
        Means.BANK,
        line.cents,
        line.booked_on,
        towards=towards,
        initiative=group,
        by=by,
        note=f"{line.counterparty} {line.text}".strip()[:LONGEST_NOTE],
        now=now,
    )
    for bill, cents in towards:
        bills.still[bill.id] -= cents
    line.payment, line.matched_at, line.matched_by_id = payment, now, by.id
    note("bank_line.confirmed", line, by=by, venue_id=line.venue_id, cents=line.cents)


def _group(
    line: BankLine, towards: Sequence[tuple[Invoice, Cents]], group_id: int | None
) -> Initiative | None:
    """Whose money it is: of the group of its invoices, else as somebody said."""
    groups = {bill.initiative_id: bill.initiative for bill, _cents in towards}
    if len(groups) == 1:
        return next(iter(groups.values()))
    return None if group_id is None else group_here(line.venue_id, group_id)


def _locked(line_id: int) -> BankLine:
    asked = select(BankLine).where(BankLine.id == line_id).with_for_update(of=BankLine)
    found = db.session.scalars(asked.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _locked_lines(line_ids: Collection[int], venue: Venue) -> dict[int, BankLine]:
    asked = (
        select(BankLine)
        .where(BankLine.id.in_(line_ids), BankLine.venue_id == venue.id)
        .order_by(BankLine.id)
        .with_for_update(of=BankLine)
        .execution_options(populate_existing=True)
    )
    return {line.id: line for line in db.session.scalars(asked)}
