"""What was billed and paid, told on the page of a booking; and how it is paid by bank."""

import re

import pytest

from buurthuis.bookings.actions import cancel
from buurthuis.foundation.db import db
from buurthuis.pages.money.beside import NOTHING, money_of
from buurthuis.pages.money.transfer import transfer_for
from buurthuis.payments.invoices.actions import write_off
from buurthuis.payments.invoices.models import Invoice
from buurthuis.payments.refunds.actions import give_back
from buurthuis.rules.paying.ways import Means
from buurthuis.rules.standing import Kind
from tests.builders import a_booking, a_manager, a_person, a_recognition, a_role, friday
from tests.payments.builders import a_payment, a_treasurer, bill_now, billed_booking
from tests.payments.desk.test_overview import counted


@pytest.fixture
def billed(room, bram, repair):
    return billed_booking(room, friday(19, 21), by=bram, for_=repair)


def said(answer):
    """The sheet about paying, in one line."""
    sheet = answer.text.partition('id="paying"')[2].partition("</section>")[0]
    return " ".join(re.sub("<[^>]*>", " ", sheet).split())


def of_house(booking):
    return f"/houses/de-meevaart/bookings/{booking.id}"


def test_who_booked_is_led_to_the_invoice(own, billed):
    booking, invoice = billed

    page = own.get(f"/me/bookings/{booking.id}").text

    assert f'href="/invoices/{invoice.id}"' in page
    assert "€20.00 is to be paid by 16 Mar 2026." in page


def test_the_desk_sees_that_it_is_paid(sign_in, venue, billed):
    booking, invoice = billed
    a_payment(invoice)

    page = sign_in(a_manager(venue)).get(of_house(booking)).text

    assert f'href="/invoices/{invoice.id}"' in page
    assert "is to be paid by" not in page


def test_who_cancels_what_was_paid_reads_at_once_that_it_comes_back(own, sign_in, venue, billed):
    booking, invoice = billed
    payment = a_payment(invoice)
    manager = a_manager(venue)
    mine, desk = f"/me/bookings/{booking.id}", of_house(booking)
    assert "back" not in said(own.get(mine))

    cancel(booking.id, by=manager, reason="The heating broke down.")
    before_it_is_credited = said(own.get(mine))
    bill_now(booking, by=manager)
    credited = said(own.get(mine))

    assert "You get €20.00 back. This can take a few days." in before_it_is_credited
    assert "You get €20.00 back." in credited
    assert "€20.00 goes back to the group." in said(sign_in(manager).get(desk))
    give_back(payment.id, 2000, "", by=manager, invoice_id=invoice.id, means=Means.CASH)
    assert "You get" not in said(own.get(mine))


@pytest.mark.parametrize(("paid", "let_go"), [(0, 0), (500, 0), (0, 2000), (500, 1500), (2600, 0)])
def test_only_what_was_paid_comes_back(app, billed, venue, bram, monkeypatch, paid, let_go):
    booking, invoice = billed
    if paid:
        a_payment(invoice, paid)
    if let_go:
        write_off(invoice.id, let_go, "The group has stopped.", by=a_treasurer(venue))
    monkeypatch.setattr("buurthuis.pages.money.beside.visitor", lambda: bram)

    cancel(booking.id, by=a_manager(venue), reason="The heating broke down.")

    assert money_of(booking).back_cents == min(paid, 2000)


@pytest.mark.parametrize(("paid", "let_go", "back"), [(4000, 0, 2000), (3000, 1000, 1000)])
def test_of_an_invoice_for_several_each_booking_tells_its_own_part(
    app, venue, room, bram, repair, monkeypatch, paid, let_go, back
):
    monkeypatch.setattr("buurthuis.pages.money.beside.visitor", lambda: bram)
    manager = a_manager(venue)
    off, stands = (a_booking(room, friday(at, at + 2), by=bram, for_=repair) for at in (9, 19))
    [invoice] = bill_now(off, stands)
    a_payment(invoice, paid)
    if let_go:
        write_off(invoice.id, let_go, "The group has stopped.", by=manager)

    cancel(off.id, by=manager, reason="The heating broke down.")
    before = [money_of(each).back_cents for each in (off, stands)]
    bill_now(off, by=manager)
    after = [money_of(each).back_cents for each in (off, stands)]

    assert before == after == [back, 0]


def test_who_cancels_before_paying_is_asked_for_nothing(own, venue, billed):
    booking, _invoice = billed
    cancel(booking.id, by=a_manager(venue), reason="The heating broke down.")

    page = own.get(f"/me/bookings/{booking.id}").text

    assert "You pay nothing." in page
    assert "is to be paid by" not in page


def test_who_opens_the_door_reads_nothing_of_it(sign_in, venue, billed):
    booking, invoice = billed
    amina = a_person("Amina")
    a_role(amina, "key_holder", venue)

    assert f"/invoices/{invoice.id}" not in sign_in(amina).get(of_house(booking)).text


def test_a_deposit_that_is_not_paid_is_told(own, room, bram, repair):
    booking = a_booking(room, friday(19, 21), by=bram, for_=repair)
    booking.deposit_cents = 5000
    db.session.commit()

    page = own.get(f"/me/bookings/{booking.id}").text

    assert "Deposit: €50.00. Not paid yet." in " ".join(page.split())


def test_a_free_booking_asks_nothing(app, room, bram, repair, venue, monkeypatch):
    a_recognition(repair, Kind.RESIDENT_INITIATIVE, venue=venue)
    booking = a_booking(room, friday(19, 21), by=bram, for_=repair)
    assert booking.total_cents == 0
    monkeypatch.setattr("buurthuis.pages.money.beside.visitor", lambda: bram)
    _loaded = booking.status, bram.memberships, booking.venue_id

    with counted() as found:
        told = money_of(booking)

    assert found == []
    assert told == NOTHING


def test_a_transfer_is_written_as_on_a_bank_card(billed):
    _booking, invoice = billed

    found = transfer_for(invoice, 1250)

    assert (found.iban, found.cents) == ("NL91 ABNA 0417 1643 00", 1250)
    assert found.reference.replace(" ", "") == invoice.reference
    assert found.holder == "De Meevaart"
    assert found.drawing.startswith("<svg")


@pytest.mark.parametrize("cents", [0, -500])
def test_nothing_is_paid_where_nothing_is_asked(billed, cents):
    assert transfer_for(billed[1], cents) is None


def test_somebody_who_pays_at_the_desk_gets_the_invoice_before_the_day(
    sign_in, venue, room, bram, repair
):
    booking = a_booking(room, friday(19, 21), by=bram, for_=repair)
    desk = sign_in(a_manager(venue))
    assert "Make the invoice now" in desk.get(of_house(booking)).text

    made = desk.post(f"/houses/de-meevaart/money/bookings/{booking.id}/bill")
    again = desk.post(f"/houses/de-meevaart/money/bookings/{booking.id}/bill")

    [invoice] = db.session.query(Invoice).all()
    assert (made.status_code, made.location) == (303, f"/invoices/{invoice.id}")
    assert (again.status_code, again.location) == (303, of_house(booking))
    assert "Make the invoice now" not in desk.get(of_house(booking)).text


def test_who_booked_makes_no_invoice(own, room, bram, repair):
    booking = a_booking(room, friday(19, 21), by=bram, for_=repair)

    assert "Make the invoice now" not in own.get(f"/me/bookings/{booking.id}").text
