"""One invoice, for the group that pays it and for the treasurer."""

from datetime import date

import pytest
import time_machine

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.queries import open_cents
from buurthuis.payments.receiving.models import Payment
from buurthuis.tariffs.ways.queries import account_of
from tests.builders import a_person, a_role, at, friday
from tests.payments.builders import a_paying_room, a_payment, an_invoice, bill_now, billed_booking
from tests.payments.moving import gave_back

LATER = at(date(2026, 3, 25), 10)


@pytest.fixture
def invoice(room, bram, repair):
    return billed_booking(room, friday(19, 21), by=bram, for_=repair)[1]


def came_in(desk, invoice, **typed):
    typed = {"cents": "20", "means": "cash", "day": "2026-03-02", **typed}
    return desk.post(f"/invoices/{invoice.id}/received", data=typed, follow_redirects=True)


def still_open(invoice):
    return open_cents([invoice.id])[invoice.id]


def test_a_group_reads_what_it_is_for_and_how_to_pay(own, invoice):
    page = own.get(f"/invoices/{invoice.id}").text

    assert invoice.name in page
    assert "Lesruimte 1" in page
    assert "€20.00" in page
    assert "by 16 Mar 2026" in page
    assert "NL91 ABNA 0417 1643 00" in page
    assert invoice.reference[:4] in page
    assert "Scan with your bank app" in page
    assert "Money came in" not in page
    assert "Let it go" not in page


def test_another_group_does_not_know_that_there_is_one(sign_in, invoice):
    assert sign_in(a_person("Dirk")).get(f"/invoices/{invoice.id}").status_code == 404


def test_a_house_without_a_bank_number_is_paid_in_the_house(own, venue, room, bram, repair):
    account_of(venue).iban = ""
    db.session.commit()
    _booking, invoice = billed_booking(room, friday(9, 10), by=bram, for_=repair)

    page = own.get(f"/invoices/{invoice.id}").text

    assert "You can pay in the house, with cash or a card." in page
    assert "IBAN" not in page


def test_vat_is_told_by_rate(own, venue, bram, repair):
    hall = a_paying_room(venue, hourly_cents=None)
    from buurthuis.tariffs.models import Rate, RateCard
    from tests.builders import a_card

    card = db.session.query(RateCard).filter_by(venue_id=venue.id).first() or a_card(venue)
    db.session.add(Rate(card_id=card.id, room_id=hall.id, unit="hour", cents=1000, vat_bp=2100))
    db.session.commit()
    _booking, invoice = billed_booking(hall, friday(19, 21), by=bram, for_=repair)

    page = own.get(f"/invoices/{invoice.id}").text

    assert "VAT 21% of €20.00" in page
    assert "€24.20" in page


def test_money_that_came_in_settles_it(desk, own, invoice):
    page = came_in(desk, invoice).text

    assert "Written down: €20.00." in page
    assert "Paid: cash" in page
    assert still_open(invoice) == 0
    assert "Money came in" not in page
    assert "How to pay" not in own.get(f"/invoices/{invoice.id}").text


def test_a_part_leaves_the_rest_open(desk, invoice):
    page = came_in(desk, invoice, cents="7,50").text

    assert "Partly paid" in page
    assert still_open(invoice) == 1250


def test_a_form_that_is_sent_twice_is_written_down_once(desk, invoice):
    came_in(desk, invoice, cents="7,50", seen="2000")
    page = came_in(desk, invoice, cents="7,50", seen="2000").text

    assert "This invoice just changed: €12.50 is still open." in page
    assert db.session.query(Payment).count() == 1
    assert still_open(invoice) == 1250


def test_the_page_tells_its_forms_what_is_open(desk, invoice):
    came_in(desk, invoice, cents="7,50")

    page = desk.get(f"/invoices/{invoice.id}").text

    assert page.count('name="seen" type="hidden" value="1250"') == 2


def test_a_part_is_let_go_once_however_often_it_is_sent(desk, invoice):
    for _turn in range(2):
        typed = {"no_more": "5", "reason": "Besluit van het bestuur", "seen": "2000"}
        desk.post(f"/invoices/{invoice.id}/let-go", data=typed)

    assert still_open(invoice) == 1500


@pytest.mark.parametrize("seen", ["", "٢٠٠٠", "lots", "9" * 30])
def test_a_form_that_does_not_tell_what_was_open_still_counts(desk, invoice, seen):
    came_in(desk, invoice, seen=seen)

    assert still_open(invoice) == 0


def test_more_than_it_asks_stays_with_the_money(desk, invoice):
    came_in(desk, invoice, cents="25")

    assert still_open(invoice) == 0
    assert db.session.query(Payment).one().cents == 2500


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"cents": ""}, "Write an amount."),
        ({"cents": "0"}, "Write an amount of more than nothing."),
        ({"cents": "lots"}, "Write a number such as 12.50"),
        ({"means": ""}, "Choose how it came in."),
        ({"means": "online"}, "Choose one from the list."),
        ({"day": ""}, "Write the day."),
        ({"day": "2026-03-03"}, "This day is still to come."),
    ],
)
def test_what_makes_no_sense_is_explained_and_kept(desk, invoice, typed, sentence):
    answer = came_in(desk, invoice, note="Kees bracht het", **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kees bracht het" in answer.text
    assert still_open(invoice) == 2000


def test_a_payment_that_was_a_mistake_is_taken_back(desk, invoice):
    payment = a_payment(invoice)

    page = desk.post(f"/payments/{payment.id}/undo", follow_redirects=True).text

    assert "Taken back" in page
    assert "it was written down by mistake" in page
    assert still_open(invoice) == 2000
    assert f"/payments/{payment.id}/undo" not in page


def test_money_that_went_back_cannot_be_taken_back(desk, room, bram, repair):
    _booking, invoice = billed_booking(room, friday(19, 21), by=bram, for_=repair)
    payment = a_payment(invoice, 2500)
    gave_back(payment, 500)

    page = desk.post(f"/payments/{payment.id}/undo", follow_redirects=True).text

    assert 'class="notice notice--danger"' in page
    assert still_open(invoice) == 0


def test_a_treasurer_asks_once_more_and_not_twice_a_day(desk, invoice):
    with time_machine.travel(LATER, tick=False):
        first = desk.post(f"/invoices/{invoice.id}/remind", follow_redirects=True).text
        second = desk.post(f"/invoices/{invoice.id}/remind", follow_redirects=True).text

    assert "A letter is on its way." in first
    assert "A letter asked for it once more" in first
    assert 'class="notice notice--danger"' in second


def test_what_is_let_go_says_why(desk, own, invoice):
    typed = {"no_more": "20", "reason": "De groep is gestopt, besluit bestuur"}
    desk.post(f"/invoices/{invoice.id}/let-go", data=typed)

    page = own.get(f"/invoices/{invoice.id}").text

    assert "Let go: De groep is gestopt, besluit bestuur" in page
    assert still_open(invoice) == 0


def test_who_pays_what_was_let_go_is_asked_after_all(desk, own, invoice):
    page = f"/invoices/{invoice.id}"
    assert "after all" not in desk.get(page).text
    desk.post(f"{page}/let-go", data={"no_more": "20", "reason": "Besluit bestuur"})
    assert "Ask €20.00 after all" in desk.get(page).text
    assert "Ask €20.00 after all" not in own.get(page).text

    told = desk.post(f"{page}/ask-after-all", follow_redirects=True).text

    assert "The house asks €20.00 again." in told
    assert "Ask €20.00 after all" not in told
    assert "What was let go counts again" in own.get(page).text
    assert still_open(invoice) == 2000
    again = desk.post(f"{page}/ask-after-all", follow_redirects=True).text
    assert "All of it is asked already." in again


@pytest.mark.parametrize(
    ("typed", "status"), [({"no_more": "30"}, 422), ({"reason": ""}, 422), ({"no_more": "0"}, 422)]
)
def test_no_more_is_let_go_than_is_open_and_never_without_a_reason(desk, invoice, typed, status):
    typed = {"no_more": "5", "reason": "x", **typed}

    answer = desk.post(f"/invoices/{invoice.id}/let-go", data=typed)

    assert answer.status_code == status
    assert 'id="errors"' in answer.text
    assert still_open(invoice) == 2000


def test_a_credit_note_and_its_invoice_name_each_other(desk, own, room, bram, repair):
    from buurthuis.bookings import actions as bookings

    booking, invoice = billed_booking(room, friday(19, 21), by=bram, for_=repair)
    a_payment(invoice)
    bookings.cancel(booking.id, by=bram)
    [note] = bill_now(booking)

    of_note, of_invoice = (
        own.get(f"/invoices/{note.id}").text,
        own.get(f"/invoices/{invoice.id}").text,
    )

    assert "This takes €20.00 off invoice" in of_note
    assert invoice.name in of_note
    assert f"Credit note {note.name}" in of_invoice
    assert "€20.00 goes back" in of_invoice
    assert "/money/refunds" in desk.get(f"/invoices/{invoice.id}").text


def test_a_debt_from_before_has_no_paper_of_ours(own, venue, repair):
    opening = an_invoice(4500, venue=venue, for_=repair)

    page = own.get(f"/invoices/{opening.id}").text

    assert "Debt from before OUD-7" in page
    assert ".pdf" not in page


def test_the_board_sees_an_invoice_without_its_deeds(sign_in, venue, invoice):
    chandra = a_person("Chandra")
    a_role(chandra, "board", venue)

    page = sign_in(chandra).get(f"/invoices/{invoice.id}").text

    assert invoice.name in page
    assert "Money came in" not in page
