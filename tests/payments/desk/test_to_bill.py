"""Looking at what is to be billed, making it, and the month of groups that come often."""

from datetime import date

import pytest
import time_machine

from buurthuis.bookings import actions as bookings
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.tariffs.ways.queries import account_of
from tests.builders import a_booking, at, friday
from tests.payments.builders import a_group, a_monthly_group, a_paying_room, billed_booking

TO_BILL = "/houses/de-meevaart/money/to-bill"
MONTH = "/houses/de-meevaart/money/month"
SATURDAY = at(date(2026, 3, 14), 10)
IN_APRIL = at(date(2026, 4, 1), 10)


@pytest.fixture
def saturday():
    with on_saturday():
        yield


@pytest.fixture
def booking(room, bram, repair):
    return a_booking(room, friday(19, 21), by=bram, for_=repair)


def on_saturday():
    return time_machine.travel(SATURDAY, tick=False)


def make(desk, *found):
    data = {"booking": [str(each.id) for each in found]}
    return desk.post(TO_BILL, data=data, follow_redirects=True)


def invoices():
    return db.session.query(Invoice).order_by(Invoice.id).all()


def test_one_looks_before_anything_is_made(desk, booking, saturday):
    page = desk.get(TO_BILL).text

    assert "Repair Café Oost" in page
    assert "€20.00" in page
    assert "Lesruimte 1" in page
    assert invoices() == []


def test_what_was_looked_at_is_made(desk, booking, saturday):
    page = make(desk, booking).text

    assert "1 invoice is made." in page
    assert "Nothing to bill" in page
    assert [each.total_cents for each in invoices()] == [2000]


def test_one_group_can_be_made_first(desk, room, bram, repair, booking):
    choir = a_group(bram, "Koor Oost")
    other = a_booking(room, friday(9, 10), by=bram, for_=choir)
    data = {"booking": [str(booking.id), str(other.id)], "group": str(choir.id)}

    with on_saturday():
        desk.post(TO_BILL, data=data)

    assert [each.initiative_id for each in invoices()] == [choir.id]


def test_pressed_twice_it_is_made_once(desk, booking, saturday):
    make(desk, booking)
    page = make(desk, booking).text

    assert "There was nothing to make any more." in page
    assert len(invoices()) == 1


def test_only_what_was_looked_at_is_made(desk, room, bram, booking):
    a_booking(room, friday(9, 10), by=bram, for_=a_group(bram, "Koor Oost"))

    with on_saturday():
        page = make(desk, booking).text

    assert len(invoices()) == 1
    assert "Koor Oost" in page


def test_bookings_of_another_house_are_left_alone(desk, bram):
    elsewhere = a_booking(a_paying_room(), friday(9, 10), by=bram, for_=a_group(bram))

    with on_saturday():
        make(desk, elsewhere)

    assert invoices() == []


def test_what_became_cheaper_gets_a_credit_note(desk, room, bram, repair):
    booking, _invoice = billed_booking(room, friday(19, 21), by=bram, for_=repair)
    bookings.cancel(booking.id, by=bram)

    with on_saturday():
        seen = desk.get(TO_BILL).text
        page = make(desk, booking).text

    assert "It had an invoice, and costs something else now." in seen
    assert "-€20.00" in seen
    assert "1 credit note is made." in page
    assert invoices()[-1].kind == Kind.CREDIT_NOTE


def test_a_house_that_bills_by_itself_is_not_told_that_it_could(desk, venue):
    before = desk.get(TO_BILL).text
    account_of(venue).bills_from = date(2026, 3, 1)
    db.session.commit()
    after = desk.get(TO_BILL).text

    assert "Say from which day" not in before  # Nothing is to be billed.
    assert "Say from which day" not in after


def test_it_is_told_that_the_program_can_do_it(desk, venue, booking, saturday):
    before = desk.get(TO_BILL).text
    account_of(venue).bills_from = date(2026, 3, 1)
    db.session.commit()
    after = desk.get(TO_BILL).text

    assert "Say from which day" in before
    assert "Say from which day" not in after


def test_groups_with_one_invoice_a_month_wait_apart(desk, room, bram):
    choir = a_booking(room, friday(9, 10), by=bram, for_=a_monthly_group(bram))

    with on_saturday():
        page = desk.get(TO_BILL).text

    assert "These groups get one invoice for the whole month." in page
    assert f'href="{MONTH}?month=2026-03"' in page
    assert f'name="booking" value="{choir.id}"' not in page


def test_a_month_is_looked_at_and_made_once(sign_in, treasurer, room, bram):
    choir = a_monthly_group(bram)
    for hour in (9, 19):
        a_booking(room, friday(hour, hour + 1), by=bram, for_=choir)

    with time_machine.travel(IN_APRIL, tick=False):
        desk = sign_in(treasurer)
        seen = desk.get(MONTH).text
        first = desk.post(f"{MONTH}?month=2026-03", follow_redirects=True).text
        second = desk.post(f"{MONTH}?month=2026-03", follow_redirects=True).text

    assert "Invoices of March 2026" in seen
    assert "Make 1 invoice" in seen
    assert "1 invoice is made." in first
    assert "There was nothing to make any more." in second
    assert [each.total_cents for each in invoices()] == [2000]


def test_a_month_that_is_not_over_is_only_looked_at(desk, room, bram):
    a_booking(room, friday(9, 10), by=bram, for_=a_monthly_group(bram))

    with on_saturday():
        page = desk.get(f"{MONTH}?month=2026-03").text
        made = desk.post(f"{MONTH}?month=2026-03")

    assert "The month is not over yet." in page
    assert made.status_code == 404
    assert invoices() == []


@pytest.mark.parametrize("named", ["", "2026", "2026-13", "x-y", "0001-01", "9999-01", "2026-3-1"])
def test_a_month_that_is_none_is_the_last_one(desk, named):
    assert "Invoices of February 2026" in desk.get(f"{MONTH}?month={named}").text


def test_what_was_before_the_house_began_to_bill_is_told_and_made_by_hand(desk, venue, room, bram):
    account_of(venue).bills_from = date(2026, 3, 14)
    choir, group = a_monthly_group(bram), a_group(bram)
    before = a_booking(room, friday(19, 21), by=bram, for_=choir)
    a_booking(room, friday(9, 10), by=bram, for_=group)

    with on_saturday():
        assert "2 bookings from before 14 mar 2026 never had an invoice: €30.00." in (
            desk.get(TO_BILL).text.replace("Mar", "mar")
        )
        make(desk, before)
        assert invoices() == [], "not by accident"
        page = desk.get(f"{TO_BILL}?since=2026-03-13").text
        assert f'name="booking" value="{before.id}"' in page
        assert "never had an invoice" not in page
        desk.post(f"{TO_BILL}?since=2026-03-13", data={"booking": [str(before.id)]})

    assert [each.total_cents for each in invoices()] == [2000]


@pytest.mark.parametrize("typed", ["x", "0", "-1", "9" * 30])
def test_numbers_that_are_none_make_nothing(desk, typed):
    page = desk.post(TO_BILL, data={"booking": [typed]}, follow_redirects=True).text

    assert "There was nothing to make any more." in page
