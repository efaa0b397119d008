"""A person says what lines of the bank are: money is received, set aside, undone, and never twice."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from buurthuis.accounts.models import Person, RoleName
from buurthuis.bookings import actions as bookings
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound, sentence_of
from buurthuis.payments.bank import actions, queries
from buurthuis.payments.bank.actions import Answer
from buurthuis.payments.bank.looking import look
from buurthuis.payments.bank.models import BankLine
from buurthuis.payments.bank.refusals import (
    MoreThanLine,
    NoLongerOpen,
    OtherHouse,
    SaidAlready,
    WhyMissing,
)
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.payments.receiving import actions as receiving
from buurthuis.payments.receiving.models import Payment
from buurthuis.payments.refunds import actions as refunds
from buurthuis.payments.refunds.models import Refund, RefundState
from buurthuis.rules.paying.ledger import Account, Entry, balances
from buurthuis.rules.paying.matching import Certainty, Split, Why
from buurthuis.rules.paying.ways import Means
from buurthuis.venues.models import Venue
from tests.builders import a_confirmed_booking, a_person, a_role, a_room, friday
from tests.payments.bank.files import AMINA, BRAM
from tests.payments.builders import a_group, a_treasurer, an_invoice
from tests.payments.moving import billed, paid


def stands(venue) -> dict[Account, int]:
    """What stands on the accounts of a house."""
    rows = db.session.scalars(select(LedgerEntry).where(LedgerEntry.venue_id == venue.id))
    return {k: v for k, v in balances(Entry(r.debit, r.credit, r.cents) for r in rows).items() if v}


def proposal(venue):
    """What the first line that waits was most likely for."""
    return look(venue, queries.waiting(venue, most=9)).rows[0].proposal


def all_of(invoice) -> tuple[Split, ...]:
    return (Split(invoice.id, invoice.total_cents),)


def test_a_line_with_the_reference_pays_its_invoice(venue, chandra, invoice, brought):
    [line] = brought(("20.00", "huur", {"reference": invoice.reference, "iban": BRAM}))
    found = proposal(venue)

    assert (found.certainty, found.why) == (Certainty.SURE, Why.REFERENCE)
    told = actions.confirm_all(venue, [Answer(line.id, found.splits, found.group_id)], by=chandra)

    assert (told.done, told.stayed) == (1, 0)
    assert open_cents([invoice.id]) == {invoice.id: 0}
    assert stands(venue) == {Account.BANK: 2000, Account.OPENING: -2000}
    payment = db.session.query(Payment).one()
    assert (payment.means, payment.received_on) == (Means.BANK, line.booked_on)
    assert payment.initiative_id == invoice.initiative_id
    assert db.session.scalar(queries.counting_waiting(venue)) == 0


def test_the_second_person_who_agrees_finds_it_done(venue, chandra, invoice, brought):
    [line] = brought(("20.00", "huur"))
    answer = Answer(line.id, all_of(invoice))
    actions.confirm_all(venue, [answer], by=chandra)

    assert actions.confirm_all(venue, [answer], by=chandra).stayed == 1
    with pytest.raises(SaidAlready) as refused:
        actions.confirm(line.id, all_of(invoice), group_id=None, by=chandra)
    assert "net veranderd" in sentence_of(refused.value)
    assert db.session.query(Payment).count() == 1


def test_of_two_lines_for_one_invoice_the_second_stays(venue, chandra, invoice, brought):
    first, second = brought(("20.00", "een"), ("20.00", "twee"))
    answers = [Answer(first.id, all_of(invoice)), Answer(second.id, all_of(invoice))]

    told = actions.confirm_all(venue, answers, by=chandra)

    assert (told.done, told.stayed) == (1, 1)
    assert [each.id for each in queries.waiting(venue, most=9)] == [second.id]
    with pytest.raises(NoLongerOpen):
        actions.confirm(second.id, all_of(invoice), group_id=None, by=chandra)


def test_money_for_no_invoice_stays_with_the_group_or_with_nobody(venue, chandra, group, brought):
    an_invoice(500, venue=venue, for_=group)
    first, second = brought(("20.00", "te veel"), ("3.00", "wie is dit"))
    actions.confirm(first.id, (), group_id=group.id, by=chandra)
    actions.confirm(second.id, (), group_id=None, by=chandra)

    assert [each.initiative_id for each in db.session.query(Payment).order_by(Payment.id)] == [
        group.id,
        None,
    ]
    assert stands(venue)[Account.UNALLOCATED] == -2300


def test_a_line_is_undone_and_waits_again(venue, chandra, invoice, brought):
    [line] = brought(("25.00", "huur"))
    actions.confirm(line.id, all_of(invoice), group_id=None, by=chandra)

    actions.undo(line.id, by=chandra)

    assert open_cents([invoice.id]) == {invoice.id: 2000}
    assert stands(venue) == {Account.RECEIVABLE: 2000, Account.OPENING: -2000}
    assert len(queries.waiting(venue, most=9)) == 1
    with pytest.raises(SaidAlready):
        actions.undo(line.id, by=chandra)
    actions.confirm(line.id, all_of(invoice), group_id=None, by=chandra)
    assert open_cents([invoice.id]) == {invoice.id: 0}


def test_a_payment_that_is_undone_elsewhere_frees_its_line(venue, chandra, invoice, brought):
    [line] = brought(("20.00", "huur", {"iban": BRAM}))
    actions.confirm(line.id, all_of(invoice), group_id=None, by=chandra)
    receiving.undo(line.payment_id, by=chandra)

    assert [each.id for each in queries.waiting(venue, most=9)] == [line.id]
    assert queries.said(venue, first=0, count=9) == []
    assert proposal(venue).why is Why.AMOUNT, "what was undone teaches nothing about an account"
    actions.set_aside(venue, [line.id], "vergissing", by=chandra)
    assert db.session.get(BankLine, line.id).payment_id is None


def test_lines_are_set_aside_with_a_reason_and_taken_back(venue, chandra, brought):
    lines = brought(("-12.00", "papier"), ("-3.00", "koffie"))
    ids = [line.id for line in lines]

    with pytest.raises(WhyMissing):
        actions.set_aside(venue, ids, "  ", by=chandra)
    assert actions.set_aside(venue, ids, "Costs of the house", by=chandra) == 2
    assert actions.set_aside(venue, ids, "again", by=chandra) == 0
    assert [line.aside_reason for line in queries.said(venue, first=0, count=9)] == [
        "Costs of the house"
    ] * 2
    actions.undo(ids[0], by=chandra)
    assert [each.id for each in queries.waiting(venue, most=9)] == [ids[0]]


@pytest.mark.parametrize("cents", [0, -5, 2001])
def test_no_line_pays_more_than_it_is_nor_less_than_nothing(
    venue, chandra, invoice, brought, cents
):
    [line] = brought(("20.00", "huur"))

    with pytest.raises(MoreThanLine):
        actions.confirm(line.id, [Split(invoice.id, cents)], group_id=None, by=chandra)


def test_an_invoice_or_a_group_of_another_house_is_not_paid_here(venue, chandra, brought):
    [line] = brought(("20.00", "huur"))

    with pytest.raises(OtherHouse):
        actions.confirm(line.id, all_of(an_invoice(2000)), group_id=None, by=chandra)
    with pytest.raises(NotFound):
        actions.confirm(line.id, (), group_id=a_group(name="Elders").id, by=chandra)
    assert db.session.query(Payment).count() == 0


def test_money_that_went_pays_no_invoice(venue, chandra, invoice, brought):
    [line] = brought(("-20.00", "huur"))

    with pytest.raises(SaidAlready):
        actions.confirm(line.id, all_of(invoice), group_id=None, by=chandra)


def test_only_who_does_the_money_says_what_lines_are(venue, chandra, invoice, brought):
    [line] = brought(("20.00", "huur"))
    board, dirk = a_person("Amina"), a_person("Dirk")
    a_role(board, RoleName.BOARD, venue)
    elsewhere = a_treasurer(an_invoice(1).venue)

    for person in (board, dirk, elsewhere):
        for deed in (
            lambda who: actions.confirm_all(venue, [Answer(line.id)], by=who),
            lambda who: actions.confirm(line.id, (), group_id=None, by=who),
            lambda who: actions.set_aside(venue, [line.id], "zo", by=who),
            lambda who: actions.undo(line.id, by=who),
        ):
            with pytest.raises((NotFound, NotAllowed)):
                deed(person)
    assert db.session.query(Payment).count() == 0


def test_an_account_is_known_by_what_it_paid_before(venue, chandra, invoice, brought):
    [first] = brought(("20.00", "huur", {"iban": BRAM}))
    actions.confirm(first.id, all_of(invoice), group_id=None, by=chandra)
    later = an_invoice(700, venue=venue, for_=invoice.initiative)
    an_invoice(700, venue=venue, for_=a_group(name="Koor"))
    brought(("7.00", "zonder woorden", {"iban": BRAM}))

    found = proposal(venue)

    assert (found.certainty, found.why) == (Certainty.LIKELY, Why.PAYER)
    assert found.splits == (Split(later.id, 700),)


def test_an_invoice_that_was_paid_before_is_recognised(venue, chandra, invoice, brought):
    [first] = brought(("20.00", "huur"))
    actions.confirm(first.id, all_of(invoice), group_id=None, by=chandra)
    brought(("20.00", f"nog eens {invoice.reference}"))

    found = proposal(venue)

    assert (found.why, found.group_id, found.splits) == (
        Why.PAID_BEFORE,
        invoice.initiative_id,
        (),
    )


@pytest.fixture
def to_carry(venue, chandra) -> Refund:
    """Twenty euros that a person has to carry back to the group by the bank."""
    booking = a_confirmed_booking(a_room(venue), friday(19, 21))
    [invoice] = billed(booking)
    payment = paid(booking, 2000, invoice)
    bookings.cancel(booking.id, by=booking.booked_by)
    billed(booking)
    return refunds.give_back(payment.id, 2000, "afgezegd", by=chandra, invoice_id=invoice.id)


def test_money_that_went_is_the_refund_that_somebody_carried(venue, chandra, to_carry, brought):
    name = to_carry.payment.initiative.name
    [line] = brought(("-20.00", "terug", {"name": name, "iban": AMINA}))

    found = proposal(venue)
    assert (found.why, found.splits) == (Why.REFUND, (Split(to_carry.id, 2000),))
    actions.confirm_refund(line.id, to_carry.id, by=chandra)

    assert db.session.get(Refund, to_carry.id).state is RefundState.DONE
    assert queries.waiting(venue, most=9) == []
    with pytest.raises(SaidAlready):
        actions.confirm_refund(line.id, to_carry.id, by=chandra)
    with pytest.raises(SaidAlready):
        actions.undo(line.id, by=chandra)


def test_a_refund_of_another_amount_or_house_is_not_meant(venue, chandra, to_carry, brought):
    [line] = brought(("-19.00", "terug"))

    with pytest.raises(MoreThanLine):
        actions.confirm_refund(line.id, to_carry.id, by=chandra)
    other = an_invoice(1).venue
    db.session.execute(update(BankLine).values(venue_id=other.id))
    db.session.commit()
    with pytest.raises(OtherHouse):
        actions.confirm_refund(line.id, to_carry.id, by=a_treasurer(other))


def test_two_treasurers_at_once_receive_the_money_once(app, venue, chandra, invoice, brought):
    [line] = brought(("20.00", "huur"))
    both, answers = Barrier(2, timeout=20), [Answer(line.id, all_of(invoice))]
    house, person, told = venue.id, chandra.id, []
    db.session.commit()  # Until then SQLite lets nobody else write.

    def agree() -> None:
        with app.app_context():
            place, who = db.session.get(Venue, house), db.session.get(Person, person)
            db.session.commit()
            both.wait()
            told.append(actions.confirm_all(place, answers, by=who).done)
            db.session.remove()

    people = [Thread(target=agree) for _ in range(2)]
    for each in people:
        each.start()
    for each in people:
        each.join(timeout=30)

    assert sorted(told) == [0, 1]
    assert db.session.query(Payment).count() == 1
