"""What a treasurer does with invoices: issue, let go, open, ask again; and what is open, by age."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.bookings import actions as bookings
from buurthuis.bookings.refusals import ReasonMissing
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.payments.invoices import actions, due
from buurthuis.payments.invoices.models import Invoice, Kind, Reminder
from buurthuis.payments.invoices.queries import open_cents, open_items
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.refusals import (
    MoreThanOpen,
    NoAmount,
    NothingLetGo,
    NothingOpen,
    NothingToBill,
    RemindedToday,
)
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.open_items import State
from tests.builders import a_booking, a_manager, a_person, a_role, friday
from tests.conftest import MONDAY_MORNING
from tests.payments.builders import (
    a_group,
    a_paying_room,
    a_payment,
    a_treasurer,
    an_account,
    an_invoice,
    bill_now,
    billed_booking,
)

TODAY = date(2026, 3, 2)


def letters(template):
    return db.session.query(OutboxLetter).filter_by(template=template).all()


def test_bookings_are_issued_by_hand_a_group_an_invoice(app):
    room = a_paying_room()
    mine, yours = a_booking(room, friday(19, 21)), a_booking(room, friday(9, 11))
    chandra = a_treasurer(room.venue)

    found = actions.issue([mine.id, yours.id], by=chandra)
    assert [each.total_cents for each in found] == [2000, 2000]
    assert found[0].issued_by_id == chandra.id
    told = {each.facts["link"].rsplit("/", 1)[1]: each.facts for each in letters("invoice")}
    assert sorted(told, key=int) == [str(each.id) for each in found]
    assert all(facts["reference"].startswith("RF") for facts in told.values())
    with pytest.raises(NothingToBill):
        actions.issue([mine.id], by=chandra)


def test_of_two_groups_at_once_each_gets_its_own_credit_note(app):
    room = a_paying_room()
    every = [a_booking(room, friday(9, 11)), a_booking(room, friday(19, 21))]
    chandra = a_treasurer(room.venue)
    billed = actions.issue([each.id for each in every], by=chandra)
    for each in every:
        bookings.cancel(each.id, by=a_manager(room.venue), reason="The heating broke down.")

    credited = actions.issue([each.id for each in reversed(every)], by=chandra)
    assert [each.corrects_id for each in credited] == [each.id for each in billed]
    assert [each.initiative_id for each in credited] == [each.initiative_id for each in every]
    assert [each.number for each in [*billed, *credited]] == [1, 2, 3, 4]
    assert set(open_cents([each.id for each in billed]).values()) == {0}
    assert {each.facts["invoice_name"] for each in letters("credit_note")} == {
        each.name for each in credited
    }


def test_only_who_does_the_money_of_the_house_issues(app):
    booking = a_booking(a_paying_room(), friday(19, 21))
    elsewhere = a_treasurer(a_paying_room().venue)
    board = a_person("Dirk")
    a_role(board, "board", booking.venue)

    with pytest.raises(NotFound):
        actions.issue([booking.id], by=elsewhere)
    with pytest.raises(NotAllowed):
        actions.issue([booking.id], by=board)
    with pytest.raises(NotFound):
        actions.issue([booking.id, 99], by=a_treasurer(booking.venue))


def test_an_open_item_is_let_go_with_a_reason(app):
    invoice = an_invoice(2000)
    chandra = a_treasurer(invoice.venue)
    actions.write_off(invoice.id, 500, "The group has stopped.", by=chandra)

    assert open_cents([invoice.id]) == {invoice.id: 1500}
    assert balances_of(invoice.venue_id)[Account.WRITTEN_OFF] == 500
    for cents, reason, refusal in (
        (500, " ", ReasonMissing),
        (0, "x", NoAmount),
        (1501, "x", MoreThanOpen),
    ):
        with pytest.raises(refusal):
            actions.write_off(invoice.id, cents, reason, by=chandra)
    actions.write_off(invoice.id, 1500, "The rest too.", by=chandra)
    with pytest.raises(NothingOpen):
        actions.write_off(invoice.id, 1, "x", by=chandra)


def test_who_pays_after_all_is_asked_again_and_the_books_come_to_nothing(app):
    invoice = an_invoice(2000)
    chandra = a_treasurer(invoice.venue)
    for cents in (500, 1500):
        actions.write_off(invoice.id, cents, "The group has stopped.", by=chandra)

    actions.ask_after_all(invoice.id, by=chandra)

    assert open_cents([invoice.id]) == {invoice.id: 2000}
    assert balances_of(invoice.venue_id)[Account.WRITTEN_OFF] == 0
    assert balances_of(invoice.venue_id)[Account.RECEIVABLE] == 2000
    with pytest.raises(NothingLetGo):
        actions.ask_after_all(invoice.id, by=chandra)
    with pytest.raises(NotFound):
        actions.ask_after_all(invoice.id, by=a_person("Dirk"))
    verbs = db.session.scalars(select(LogEntry.verb).order_by(LogEntry.id)).all()
    assert verbs[-1] == "invoice.asked_after_all"


def test_what_was_let_go_and_is_credited_after_all_was_not_let_go(app):
    booking, invoice = billed_booking()
    manager = a_manager(booking.venue)
    actions.write_off(invoice.id, 1500, "The group has stopped.", by=manager)
    bookings.cancel(booking.id, by=manager, reason="The heating broke down.")
    bill_now(booking, by=manager)

    assert open_cents([invoice.id]) == {invoice.id: 0}, "nobody paid, so nothing goes back"
    assert balances_of(invoice.venue_id)[Account.WRITTEN_OFF] == 0
    assert balances_of(invoice.venue_id)[Account.RECEIVABLE] == 0


def test_what_was_open_before_is_entered_without_a_number(app):
    invoice = an_invoice()
    chandra, group = a_treasurer(invoice.venue), a_group()
    made = actions.enter_opening(
        invoice.venue, group, "2025-044", 12500, date(2025, 12, 1), "Zaalhuur", by=chandra
    )

    assert (made.kind, made.number, made.name) == (Kind.OPENING, None, "2025-044")
    assert (made.issued_on, made.due_on) == (date(2025, 12, 1), date(2025, 12, 1))
    assert balances_of(invoice.venue_id)[Account.OPENING] == -14500
    for name, cents, refusal in ((" ", 5, ReasonMissing), ("1", 0, NoAmount)):
        with pytest.raises(refusal):
            actions.enter_opening(invoice.venue, group, name, cents, TODAY, by=chandra)


def test_open_items_stand_by_group_and_by_age(app):
    first = an_invoice(2000)
    venue, group, chandra = first.venue, a_group(name="Amateurtoneel"), a_treasurer(first.venue)
    for days, cents in ((0, 100), (31, 200), (95, 400)):
        due_on = TODAY - timedelta(days=days)
        actions.enter_opening(venue, group, f"o{days}", cents, due_on, by=chandra)
    a_payment(an_invoice(900, venue=venue))

    found = open_items(venue, TODAY)
    assert [each.initiative.name for each in found] == ["Amateurtoneel", "Repair Café Oost"]
    assert found[0].cents == 700
    assert found[0].by_age == (100, 0, 200, 0, 400)
    assert [each.state for each in found[0].items] == [State.OVERDUE, State.OVERDUE, State.OPEN]


def test_a_group_is_asked_again_by_hand_at_most_once_a_day(app):
    _, invoice = billed_booking()
    chandra = a_treasurer(invoice.venue)
    actions.remind(invoice.id, by=chandra)

    assert letters("invoice_reminder")[0].facts["open_cents"] == 2000
    with pytest.raises(RemindedToday):
        actions.remind(invoice.id, by=chandra)
    a_payment(invoice)
    with pytest.raises(NothingOpen):
        actions.remind(invoice.id, by=chandra)


def test_the_worker_asks_again_a_week_late_and_three_weeks_late(app):
    room = a_paying_room()
    an_account(room.venue, bills_from=TODAY, days=14)
    _, invoice = billed_booking(room)
    asked = []
    for day in range(60):
        with time_machine.travel(MONDAY_MORNING + timedelta(days=day), tick=False):
            if due.remind_due():
                asked.append(clock.now().date() - invoice.due_on)

    assert [each.days for each in asked] == [7, 21]
    assert [each.number for each in db.session.query(Reminder).order_by(Reminder.number)] == [1, 2]


@pytest.mark.parametrize("how", ["paid", "no account"])
def test_nobody_is_asked_again_for_what_is_paid_or_where_the_house_does_it_by_hand(app, how):
    room = a_paying_room()
    an_account(room.venue, bills_from=TODAY if how == "paid" else None)
    _, invoice = billed_booking(room)
    if how == "paid":
        a_payment(invoice)

    with time_machine.travel(MONDAY_MORNING + timedelta(days=60), tick=False):
        assert due.remind_due() == 0
    assert db.session.query(Invoice).count() == 1
