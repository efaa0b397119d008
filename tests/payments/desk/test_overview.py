"""What a treasurer reads first: what waits, what is open, what came in, and that the books fit."""

from contextlib import contextmanager
from datetime import date

import pytest
import time_machine
from sqlalchemy import event

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.payments.ledger.models import LedgerEntry
from buurthuis.rules.paying.ledger import Account
from buurthuis.rules.paying.ways import Means
from tests.builders import a_booking, a_person, a_role, an_initiative, at, friday
from tests.payments.builders import a_payment, billed_booking
from tests.payments.doors import a_payment_to_look_at

MONEY = "/houses/de-meevaart/money"
SATURDAY = at(date(2026, 3, 14), 10)
LATER = at(date(2026, 3, 25), 10)


@contextmanager
def counted():
    found = []

    def keep(_link, _cursor, statement, *_more):
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    yield found
    event.remove(db.engine, "before_cursor_execute", keep)


def test_nothing_waits_in_a_new_house(desk):
    page = desk.get(MONEY).text

    assert "Nothing waits" in page
    assert "Everybody has paid." in page
    assert "The books fit" in page


def test_a_booking_without_an_invoice_waits(desk, room, bram, repair):
    a_booking(room, friday(19, 21), by=bram, for_=repair)

    with time_machine.travel(SATURDAY, tick=False):
        page = desk.get(MONEY).text

    assert "1 booking has no invoice yet: €20.00." in page
    assert f'href="{MONEY}/to-bill"' in page


def test_what_is_late_is_told_with_its_sum(desk, room, bram, repair):
    billed_booking(room, friday(19, 21), by=bram, for_=repair)
    billed_booking(room, friday(9, 10), by=bram, for_=repair)

    early = desk.get(MONEY).text
    with time_machine.travel(LATER, tick=False):
        late = desk.get(MONEY).text

    assert "Of 2 invoices. Nobody is late." in " ".join(early.split())
    assert "2 invoices are late: €30.00." in late
    assert "€30.00 of it is late." in late


def test_what_came_in_this_month_is_added_up(desk, room, bram, repair):
    _booking, invoice = billed_booking(room, friday(19, 21), by=bram, for_=repair)
    a_payment(invoice, 500)
    a_payment(invoice, 700, means=Means.CASH)

    page = desk.get(MONEY).text

    assert "€12.00" in page
    assert "With 2 payments." in page
    assert "€8.00" in page


def test_a_house_without_a_bank_number_is_asked_for_it(desk, venue):
    from buurthuis.tariffs.ways.queries import account_of

    account_of(venue).iban = ""
    db.session.commit()

    page = desk.get(MONEY).text

    assert "Groups cannot pay by bank yet." in page
    assert 'href="/houses/de-meevaart/house/paying"' in page


def test_an_online_payment_that_does_not_fit_is_decided_on_its_own_page(desk, room, bram, repair):
    _booking, invoice = billed_booking(room, friday(19, 21), by=bram, for_=repair)
    number = a_payment_to_look_at(invoice.id, by=bram)

    page = desk.get(MONEY).text

    assert "€20.00, paid online, does not fit." in page
    assert f'href="/pay/{number}/back"' in page


def test_books_that_say_something_else_than_the_invoices_are_told(desk, venue):
    db.session.add(
        LedgerEntry(
            venue_id=venue.id,
            on=date(2026, 3, 1),
            made_at=clock.now(),
            debit=Account.RECEIVABLE,
            credit=Account.INCOME,
            cents=1,
        )
    )
    db.session.commit()

    page = desk.get(MONEY).text

    assert "The books do not fit" in page
    assert "The books fit" not in page


def test_the_board_sees_it_and_does_nothing(sign_in, venue, room, bram, repair):
    chandra = a_person("Chandra")
    a_role(chandra, "board", venue)
    a_booking(room, friday(19, 21), by=bram, for_=repair)

    board = sign_in(chandra)
    with time_machine.travel(SATURDAY, tick=False):
        overview, to_bill = board.get(MONEY).text, board.get(f"{MONEY}/to-bill").text
        made = board.post(f"{MONEY}/to-bill")

    assert "What waits for the treasurer" in overview
    assert "<form" not in to_bill.split("<main")[1].split("</main>")[0]
    assert made.status_code == 403


@pytest.mark.parametrize("role", ["coordinator", "host", "key_holder"])
def test_who_works_in_the_house_otherwise_finds_no_money(sign_in, venue, role):
    amina = a_person("Amina")
    a_role(amina, role, venue)

    assert sign_in(amina).get(MONEY).status_code == 404
    assert MONEY not in sign_in(amina).get("/houses/de-meevaart/").text


def test_the_desk_leads_to_the_money(desk):
    assert f'href="{MONEY}"' in desk.get("/houses/de-meevaart/").text


def test_the_overview_asks_as_much_of_the_database_however_much_there_is(desk, room, bram, repair):
    def statements() -> list[str]:
        with time_machine.travel(LATER, tick=False), counted() as found:
            assert desk.get(MONEY).status_code == 200
        return found

    _booking, invoice = billed_booking(room, friday(8, 9), by=bram, for_=repair)
    a_payment(invoice, 300)
    a_booking(room, friday(9, 10), by=bram, for_=repair)
    statements()
    few = statements()
    for hour in range(10, 16):
        group = an_initiative(bram, name=f"Groep {hour}", kind=repair.kind)
        a_payment(billed_booking(room, friday(hour, hour + 1), by=bram, for_=group)[1], 300)
        a_booking(room, friday(hour, hour + 1, weeks=1), by=bram, for_=group)

    statements()

    assert len(statements()) == len(few)
