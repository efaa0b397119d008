"""Billing a booking: once, with all it costs; later only what is different."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from buurthuis.bookings import actions
from buurthuis.bookings.changes import actions as changes
from buurthuis.bookings.owed import actions as owed_actions
from buurthuis.bookings.owed.models import Owed, State, Why
from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, Kind
from buurthuis.payments.invoices.queries import invoice as invoice_with_all
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.ledger.queries import balances_of
from buurthuis.payments.refusals import TwoGroups
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.standing import Kind as Standing
from buurthuis.tariffs.models import Rate
from tests.builders import (
    a_booking,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_venue,
    an_initiative,
    an_owed,
    friday,
)
from tests.payments.builders import (
    a_paying_room,
    a_treasurer,
    an_account,
    bill_now,
    billed_booking,
)


def books(invoice):
    return {account: cents for account, cents in balances_of(invoice.venue_id).items() if cents}


def moved(booking, period):
    by = a_manager(booking.venue)
    return changes.move(booking.id, booking.room, period, by=by)


def test_a_booking_is_billed_with_its_room_its_time_and_its_price(app):
    room = a_paying_room(a_venue("de-meevaart"), name="Lesruimte 1")
    booking, invoice = billed_booking(room)

    assert (invoice.kind, invoice.name, invoice.number) == (Kind.INVOICE, "DM-2026-0001", 1)
    [line] = invoice.lines
    assert line.text == "Lesruimte 1, Friday 13 March 2026, 19:00 to 21:00: 2 hours"
    assert (line.cents, line.vat_bp, line.quantity, line.unit_cents) == (2000, None, 2, 1000)
    assert line.supplied_on == booking.from_at.date()
    assert invoice.total_cents == 2000
    assert books(invoice) == {Account.RECEIVABLE: 2000, Account.INCOME: -2000}


def test_billing_twice_bills_once(app):
    booking, _ = billed_booking()

    assert bill_now(booking) == []
    assert db.session.query(Invoice).count() == 1


def test_a_discount_is_a_line_with_its_reason_and_stands_in_the_books(app):
    room, bram = a_paying_room(), a_person()
    group = an_initiative(bram, kind=Standing.SOCIAL_ENTERPRISE)
    a_recognition(group, Standing.SOCIAL_ENTERPRISE)
    booking = a_booking(room, friday(19, 21), for_=group, by=bram)
    [invoice] = bill_now(booking)

    assert [line.cents for line in invoice.lines] == [2000, -1300]
    assert invoice.lines[1].text == "Discount (A social enterprise)"
    assert invoice.lines[0].given_cents == 1300
    assert books(invoice) == {
        Account.RECEIVABLE: 700,
        Account.INCOME: -2000,
        Account.DISCOUNT: 1300,
    }


def test_vat_stands_on_each_line_and_apart_in_the_books(app):
    room = a_paying_room(hourly_cents=None)
    rate_of(room, cents=1875)
    booking, invoice = billed_booking(room)

    assert (invoice.net_cents, invoice.vat_cents, invoice.total_cents) == (3750, 788, 4538)
    assert invoice.lines[0].vat_bp == 2100
    assert books(invoice)[Account.VAT] == -788
    assert booking.total_cents == 4538


def rate_of(room, *, cents, vat_bp=2100):
    other = a_paying_room(room.venue)
    card = db.session.query(Rate).filter_by(room_id=other.id).one().card_id
    db.session.add(Rate(card_id=card, room_id=room.id, unit="hour", cents=cents, vat_bp=vat_bp))
    db.session.commit()


def test_who_moves_to_a_longer_time_is_billed_the_difference_alone(app):
    booking, _ = billed_booking()
    moved(booking, friday(19, 22))

    [more] = bill_now(booking)
    assert (more.kind, more.total_cents) == (Kind.INVOICE, 1000)
    assert more.lines[0].text.startswith("Changed booking: Room")
    assert bill_now(booking) == []


def test_who_moves_to_a_shorter_time_gets_a_credit_note_for_the_invoice(app):
    booking, invoice = billed_booking()
    moved(booking, friday(19, 20))

    [credit] = bill_now(booking)
    assert (credit.kind, credit.total_cents, credit.corrects_id) == (
        Kind.CREDIT_NOTE,
        1000,
        invoice.id,
    )
    assert (credit.year, credit.number) == (2026, 2), "one series for both"
    assert open_cents([invoice.id, credit.id]) == {invoice.id: 1000, credit.id: 0}
    assert books(invoice) == {Account.RECEIVABLE: 1000, Account.INCOME: -1000}


def test_a_credit_comes_off_the_newest_invoice_first(app):
    booking, first = billed_booking()
    moved(booking, friday(19, 22))
    [second] = bill_now(booking)
    moved(booking, friday(19, 20))

    of_first, of_second = bill_now(booking)
    assert {
        of_first.corrects_id: of_first.total_cents,
        of_second.corrects_id: of_second.total_cents,
    } == {
        first.id: 1000,
        second.id: 1000,
    }
    assert open_cents([first.id, second.id]) == {first.id: 1000, second.id: 0}


def test_a_cancelled_booking_is_credited_whole(app):
    booking, invoice = billed_booking()
    actions.cancel(booking.id, by=a_manager(booking.venue), reason="The heating broke down.")

    [credit] = bill_now(booking)
    assert credit.total_cents == 2000
    assert credit.lines[0].text.startswith("Cancelled booking")
    assert open_cents([invoice.id]) == {invoice.id: 0}


def test_a_booking_that_was_cancelled_late_costs_what_is_owed(app):
    booking = a_confirmed_booking(a_paying_room(), friday(19, 21))
    actions.cancel(booking.id, by=a_manager(booking.venue), reason="Nobody can come.")
    an_owed(booking, 1000, base_cents=2000)

    [invoice] = bill_now(booking)
    assert invoice.total_cents == 1000
    assert invoice.lines[0].text.startswith("Cancelled late: Room")


def test_while_the_house_decides_nothing_is_billed_and_nothing_credited(app):
    booking, _ = billed_booking()
    actions.cancel(booking.id, by=a_manager(booking.venue), reason="Nobody can come.")
    owed = an_owed(booking, 1000, base_cents=2000, state=State.TO_DECIDE)
    assert bill_now(booking) == []

    treasurer = a_treasurer(booking.venue)
    owed_actions.decide(owed.booking_id, by=treasurer, cents=500, reason="They phoned.")
    [credit] = bill_now(booking)
    assert (credit.kind, credit.total_cents) == (Kind.CREDIT_NOTE, 1500)


@pytest.mark.parametrize(("owed_cents", "costs"), [(None, 2000), (1000, 1000), (3000, 3000)])
def test_who_stays_away_pays_what_it_read_that_it_owes_and_else_the_price(app, owed_cents, costs):
    booking = a_booking(a_paying_room(), friday(19, 21))
    db.session.execute(text("UPDATE booking SET status = 'no_show'"))
    if owed_cents:
        an_owed(booking, owed_cents, base_cents=3000, why=Why.UNUSED)
    db.session.expire_all()

    [invoice] = bill_now(booking)
    assert invoice.total_cents == costs


def test_a_free_group_that_stays_away_owes_a_share_of_the_list(app):
    bram = a_person()
    group = an_initiative(bram)
    a_recognition(group, Standing.RESIDENT_INITIATIVE)
    room = a_paying_room(hourly_cents=None)
    rate_of(room, cents=1875, vat_bp=900)
    booking = a_booking(room, friday(19, 21), for_=group, by=bram)
    assert bill_now(booking) == [], "free is free"

    db.session.execute(text("UPDATE booking SET status = 'no_show'"))
    an_owed(booking, 3750, why=Why.UNUSED)
    db.session.expire_all()
    [invoice] = bill_now(booking)
    assert (invoice.net_cents, invoice.vat_cents) == (3440, 310)
    assert invoice.lines[0].vat_bp == 900
    assert db.session.query(Owed).one().cents == invoice.total_cents


def test_bookings_of_two_groups_never_share_an_invoice(app):
    room = a_paying_room()
    mine, yours = a_booking(room, friday(19, 21)), a_booking(room, friday(9, 11))

    with pytest.raises(TwoGroups):
        bill_now(mine, yours)
    assert bill_now() == []


def test_each_house_and_each_year_counts_by_itself(app):
    first, here = billed_booking()
    _, there = billed_booking()
    [again] = bill_now(a_booking(first.room, friday(9, 10)))

    assert [each.number for each in (here, there, again)] == [1, 1, 2]
    assert len({each.reference for each in (here, there, again)}) == 3


def test_an_invoice_keeps_the_names_and_addresses_of_its_day(app):
    room = a_paying_room()
    an_account(room.venue, days=30)
    booking, invoice = billed_booking(room)
    name = booking.initiative.name
    booking.initiative.name = "Another name"
    booking.venue.street = "Another street 1"
    db.session.commit()

    kept = invoice_with_all(invoice.id)
    assert (kept.buyer["name"], kept.seller["street"]) == (name, "")
    assert kept.seller["iban"].startswith("NL91")
    assert (kept.due_on - kept.issued_on).days == 30


TABLES = ("ledger_entry", "invoice", "invoice_line")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET id = id + 1"])
def test_the_database_refuses_every_change_of_what_was_issued(app, table, deed):
    billed_booking()

    with pytest.raises(DBAPIError, match=f"{table}_is_kept"):
        db.session.execute(text(deed.format(table)))
    db.session.rollback()
