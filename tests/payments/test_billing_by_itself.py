"""What the worker bills by itself, when, and the one invoice a month; doing it twice does it once."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from buurthuis.bookings import actions as bookings
from buurthuis.bookings.changes import actions as changes
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.payments.invoices import actions, due
from buurthuis.payments.invoices.models import BillingParty, Invoice, Kind
from buurthuis.payments.invoices.queries import open_items
from buurthuis.payments.invoices.waiting import LeftBehind, left_behind, to_bill
from buurthuis.rules.paying.ways import Way
from tests.api.conftest import statements
from tests.builders import a_booking, a_manager, a_person, friday, on
from tests.conftest import MONDAY_MORNING
from tests.payments.builders import (
    a_group,
    a_monthly_group,
    a_paying_room,
    a_treasurer,
    an_account,
    bill_now,
    billed_booking,
)

TODAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 13)


def on_day(day, hour=9):
    """At an hour of a day."""
    ahead = timedelta(days=(day - TODAY).days, hours=hour - 9)
    return time_machine.travel(MONDAY_MORNING + ahead, tick=False)


def numbers():
    return [each.number for each in db.session.query(Invoice).order_by(Invoice.id)]


@pytest.fixture
def room(app):
    room = a_paying_room()
    an_account(room.venue, bills_from=TODAY)
    return room


@pytest.mark.parametrize(
    ("way", "day"),
    [
        (Way.INVOICE, date(2026, 3, 14)),
        (None, date(2026, 3, 14)),
        (Way.DESK, date(2026, 3, 21)),
        (Way.ONLINE, TODAY + timedelta(days=1)),
    ],
)
def test_a_booking_is_billed_when_it_is_time(room, way, day):
    booking = a_booking(room, friday(19, 21))
    booking.pays_by = way
    db.session.commit()

    with on_day(day - timedelta(days=1), 8):
        assert due.issue_due() == 0
    with on_day(day, 9):
        assert due.issue_due() == 1
        assert due.issue_due() == 0
    assert numbers() == [1]


def test_what_was_before_the_house_began_to_bill_is_left_alone(app):
    room = a_paying_room()
    account = an_account(room.venue, bills_from=FRIDAY + timedelta(days=1))
    a_booking(room, friday(19, 21))

    with on_day(date(2026, 4, 2)):
        assert due.issue_due() == 0
        account.bills_from = None
        db.session.commit()
        assert due.issue_due() == 0
        assert len(to_bill(room.venue, TODAY + timedelta(days=60))) == 1, "by hand it can be"


def test_what_was_before_is_counted_so_that_nobody_forgets_it(app):
    room = a_paying_room()
    assert left_behind(room.venue, FRIDAY) is None
    booking = a_booking(room, friday(19, 21))
    bookings.cancel(
        a_booking(room, friday(9, 10)).id, by=a_manager(room.venue), reason="No heating."
    )

    assert left_behind(room.venue, FRIDAY) is None
    assert left_behind(room.venue, FRIDAY + timedelta(days=1)) == LeftBehind(1, 2000, FRIDAY)
    bill_now(booking)
    assert left_behind(room.venue, FRIDAY + timedelta(days=1)) is None


def test_december_is_billed_in_january(app):
    room = a_paying_room()
    a_booking(room, friday(19, 21, weeks=40))

    [december] = to_bill(room.venue, date(2027, 1, 5))
    assert december.booking.from_at.date() == date(2026, 12, 18)


def test_what_costs_the_same_with_other_vat_is_put_right(room):
    booking, _ = billed_booking(room)
    line = {**booking.price_lines[0], "cents": 1653, "vat_bp": 2100, "vat_cents": 347}
    booking.price_lines, booking.list_cents, booking.vat_cents = [line], 1653, 347
    db.session.commit()

    with on_day(FRIDAY):
        assert [each.cents for each in to_bill(room.venue, FRIDAY)] == [0]
        assert due.issue_due() == 2, "the one is billed and the other credited"
        assert due.issue_due() == 0


def test_a_cent_that_moved_between_price_and_vat_is_nothing_to_bill(room):
    booking, _ = billed_booking(room)
    line = {**booking.price_lines[0], "cents": 1999, "vat_cents": 1}
    booking.price_lines, booking.list_cents, booking.vat_cents = [line], 1999, 1
    db.session.commit()

    assert to_bill(room.venue, FRIDAY) == []


def test_what_changes_after_it_was_billed_is_put_right_soon_but_not_at_once(room):
    booking, _ = billed_booking(room)
    changes.move(booking.id, room, friday(19, 20), by=a_manager(room.venue))

    assert due.issue_due() == 0, "it may change again"
    with on_day(TODAY, 10):
        assert due.issue_due() == 1
    assert db.session.query(Invoice).order_by(Invoice.id.desc()).first().kind is Kind.CREDIT_NOTE


def test_a_house_that_bills_by_hand_still_gives_back_by_itself(app):
    room = a_paying_room()
    booking, _ = billed_booking(room)
    a_booking(room, friday(9, 11))
    bookings.cancel(booking.id, by=a_manager(room.venue), reason="The heating broke down.")

    with on_day(date(2026, 4, 2)):
        assert due.issue_due() == 1
    assert db.session.query(Invoice).filter_by(kind=Kind.CREDIT_NOTE).one().total_cents == 2000


def test_what_was_called_off_for_nothing_is_not_billed(room):
    booking = a_booking(room, friday(19, 21))
    bookings.cancel(booking.id, by=a_manager(room.venue), reason="The heating broke down.")

    with on_day(date(2026, 4, 2)):
        assert due.issue_due() == 0


def test_one_that_cannot_be_billed_keeps_nobody_else_waiting(room, monkeypatch, caplog):
    for hour in (9, 12):
        a_booking(room, friday(hour, hour + 2))
    real, first = due.bill, []

    def fails_once(found, **more):
        if not first:
            first.append(found)
            raise ValueError("odd")
        return real(found, **more)

    monkeypatch.setattr(due, "bill", fails_once)
    with on_day(date(2026, 3, 14)):
        assert due.issue_due() == 1
    assert "an invoice could not be made" in caplog.text
    assert numbers() == [1], "the other gave its number back"


def test_a_month_gives_one_invoice_a_group_also_when_it_is_made_twice(room):
    bram = a_person()
    choir, other = a_monthly_group(bram), a_group(bram)
    for week in (0, 1, 3):
        a_booking(room, friday(19, 21, weeks=week), for_=choir, by=bram)
    a_booking(room, friday(9, 11), for_=other, by=bram)
    chandra = a_treasurer(room.venue)

    with on_day(date(2026, 4, 5)):
        [invoice] = actions.issue_month(room.venue, 2026, 3, by=chandra)
        assert actions.issue_month(room.venue, 2026, 3, by=chandra) == []
    assert invoice.batch == f"2026-03/{choir.id}"
    assert invoice.total_cents == 4000, "the third is in April"
    assert [line.supplied_on for line in invoice.lines] == [FRIDAY, FRIDAY + timedelta(days=7)]


def test_what_comes_up_later_in_a_month_is_on_a_second_invoice(room):
    bram = a_person()
    choir = a_monthly_group(bram)
    a_booking(room, friday(19, 21), for_=choir, by=bram)
    chandra = a_treasurer(room.venue)
    with on_day(date(2026, 3, 15)):
        actions.issue_month(room.venue, 2026, 3, by=chandra)
        a_booking(room, on(date(2026, 3, 20), 19, 21), for_=choir, by=bram)
    with on_day(date(2026, 4, 1)):
        [second] = actions.issue_month(room.venue, 2026, 3, by=chandra)

    assert second.batch == f"2026-03/{choir.id}/2"


def test_a_month_of_many_groups_asks_as_often_as_one_of_few(room):
    bram, chandra = a_person(), a_treasurer(room.venue)
    asked = []
    for week, count in enumerate((2, 9)):
        for place in range(count):
            choir = a_monthly_group(bram, f"Koor {week}-{place}")
            a_booking(room, friday(9 + place, 10 + place, weeks=week), for_=choir, by=bram)
        with on_day(date(2026, 4, 5)), statements() as sent:
            assert len(actions.issue_month(room.venue, 2026, 3, by=chandra)) == count
        asked.append(len(sent))
    handful = 2 * 7 if db.engine.dialect.name == "sqlite" else 0
    assert asked[1] <= asked[0] + handful, "SQLite stores a row with its number one by one"
    assert asked[0] <= 25


def test_the_worker_bills_the_month_before_and_gives_back_at_once(room):
    bram = a_person()
    choir = a_monthly_group(bram)
    first = a_booking(room, friday(19, 21), for_=choir, by=bram)
    a_booking(room, friday(19, 21, weeks=3), for_=choir, by=bram)
    with on_day(date(2026, 3, 31)):
        assert due.issue_due() == 0
    with on_day(date(2026, 4, 1)):
        assert due.issue_due() == 1
        assert due.issue_due() == 0
    assert numbers() == [1]

    db.session.refresh(first)
    first.total_cents, first.list_cents = 1000, 1000
    first.price_lines = [{**first.price_lines[0], "cents": 1000}]
    db.session.commit()
    with on_day(date(2026, 4, 2)):
        assert due.issue_due() == 1
    assert db.session.query(Invoice).filter_by(kind=Kind.CREDIT_NOTE).one().total_cents == 1000


def test_the_list_of_what_is_to_be_billed_is_one_question_and_tells_corrections(room):
    booking, _ = billed_booking(room)
    fresh = a_booking(room, friday(9, 11), for_=booking.initiative, by=booking.booked_by)
    changes.move(booking.id, room, friday(19, 22), by=a_manager(room.venue))

    [new, more] = to_bill(room.venue, FRIDAY)
    assert (new.booking.id, new.cents, new.is_begun) == (fresh.id, 2000, False)
    assert (more.booking.id, more.cents, more.is_begun) == (booking.id, 1000, True)
    assert [each.booking.id for each in to_bill(room.venue, TODAY)] == [booking.id]
    bill_now(booking, fresh)
    assert to_bill(room.venue, FRIDAY) == []


def test_however_many_there_are_what_is_to_be_billed_and_open_is_one_question_each(room):
    bram = a_person()
    groups = [a_group(bram, name=f"Group {number}") for number in range(4)]
    for hour, group in enumerate(groups, start=9):
        a_booking(room, friday(hour, hour + 1), for_=group, by=bram)
    venue = room.venue
    with asked_once(venue):
        waiting = to_bill(venue, FRIDAY, TODAY)
        assert len({each.booking.initiative.name for each in waiting}) == 4
    for each in waiting:
        bill_now(each.booking)
    with asked_once(venue):
        assert len({each.initiative.name for each in open_items(venue, TODAY)}) == 4


@contextmanager
def asked_once(venue):
    """All is asked anew meanwhile, but for the house, and in one question."""
    db.session.expire_all()
    db.session.refresh(venue)
    with statements() as sent:
        yield
    assert len(sent) == 1


def test_the_year_of_a_number_is_that_of_the_clock_in_amsterdam(room):
    booking = a_booking(room, friday(19, 21))

    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        [invoice] = bill_now(booking)
    assert (invoice.year, invoice.number, invoice.issued_on) == (2027, 1, date(2027, 1, 1))


def test_an_invoice_goes_to_the_address_that_the_group_gave_for_it(room):
    bram = a_person()
    group = a_monthly_group(bram)
    db.session.get_one(BillingParty, group.id).email = "geld@koor.example"
    a_booking(room, friday(19, 21), for_=group, by=bram)
    with on_day(date(2026, 4, 1)):
        due.issue_due()

    [letter] = db.session.query(OutboxLetter).filter_by(template="invoice")
    assert (letter.recipient, letter.language) == ("geld@koor.example", bram.language)
