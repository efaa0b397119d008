"""Who still pays by how late it is, and debts from before."""

import re
from datetime import date

import pytest
import time_machine

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Invoice, Kind
from tests.builders import at, friday
from tests.payments.builders import a_group, a_payment, an_invoice, billed_booking

OPEN = "/houses/de-meevaart/money/open"
OPENING = "/houses/de-meevaart/money/opening"
LATER = at(date(2026, 3, 25), 10)


def row_of(page, name):
    """The cells of a row of the table, by the words at its head."""
    found = re.search(rf"<tr><th[^>]*>(?:<a[^>]*>)?{name}(?:</a>)?</th>(.*?)</tr>", page, re.DOTALL)
    return re.findall(r"<td[^>]*>(?:<strong>)?(.*?)(?:</strong>)?</td>", found[1])


def test_everybody_has_paid(desk):
    assert "Everybody has paid" in desk.get(OPEN).text


def test_what_is_open_stands_by_group_and_age_and_adds_up(desk, venue, room, bram, repair):
    choir = a_group(bram, "Koor Oost")
    billed_booking(room, friday(19, 21), by=bram, for_=repair)
    _booking, partly = billed_booking(room, friday(9, 10), by=bram, for_=choir)
    a_payment(partly, 400)
    with time_machine.travel(LATER, tick=False):
        an_invoice(5000, venue=venue, for_=choir)
        page = desk.get(OPEN).text

    assert row_of(page, "Koor Oost") == ["€50.00", "€6.00", "–", "–", "–", "€56.00"]
    assert row_of(page, "Repair Café Oost") == ["–", "€20.00", "–", "–", "–", "€20.00"]
    assert row_of(page, "Together") == ["€50.00", "€26.00", "–", "–", "–", "€76.00"]
    assert page.index(partly.name) < page.index("OUD-7")


def test_beyond_fifty_groups_the_others_are_one_line(desk, venue, bram, monkeypatch):
    monkeypatch.setattr("buurthuis.pages.money.open_items.MOST_GROUPS", 1)
    for name in ("Aquarel", "Breien", "Cello"):
        an_invoice(1000, venue=venue, for_=a_group(bram, name))

    few, every = desk.get(OPEN).text, desk.get(f"{OPEN}?all=1").text

    assert row_of(few, "2 other groups")[-1] == "€20.00"
    assert row_of(few, "Together")[-1] == row_of(every, "Together")[-1] == "€30.00"
    assert row_of(every, "Cello")[-1] == "€10.00"


def test_a_group_leads_to_its_invoices(desk, room, bram, repair):
    _booking, invoice = billed_booking(room, friday(19, 21), by=bram, for_=repair)

    found = desk.get("/houses/de-meevaart/money/invoices?word=Repair+Caf%C3%A9+Oost").text

    assert "invoices?word=Repair" in desk.get(OPEN).text
    assert invoice.name in found


def test_a_debt_from_before_is_written_down(desk, room, bram, repair):
    billed_booking(room, friday(19, 21), by=bram, for_=repair)
    typed = {"group": repair.id, "number": "2025-88", "cents": "125,50", "day": "2026-01-31"}

    page = desk.post(OPENING, data=typed, follow_redirects=True).text

    assert "Written down: €125.50 of Repair Café Oost." in page
    assert "2025-88" in page
    assert "€145.50" in page
    assert db.session.query(Invoice).filter_by(kind=Kind.OPENING).one().total_cents == 12550


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"group": ""}, "Choose the group."),
        ({"group": "999999"}, "Choose one from the list."),
        ({"group": "x"}, "Choose one of your own groups."),
        ({"number": " "}, "Write the number, or a word for it."),
        ({"number": "x" * 41}, "This text is too long."),
        ({"cents": "-1"}, "Write a number such as 12.50"),
        ({"day": "yesterday"}, "This day does not exist."),
    ],
)
def test_a_debt_that_makes_no_sense_is_explained(desk, room, bram, repair, typed, sentence):
    billed_booking(room, friday(19, 21), by=bram, for_=repair)
    right = {"group": repair.id, "number": "2025-88", "cents": "125", "day": "2026-01-31"}

    answer = desk.post(OPENING, data={**right, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_debt_from_before_is_written_down_once(desk, room, bram, repair):
    billed_booking(room, friday(19, 21), by=bram, for_=repair)
    typed = {"group": repair.id, "number": "2025-88", "cents": "125", "day": "2026-01-31"}
    desk.post(OPENING, data=typed)

    again = desk.post(OPENING, data=typed)
    other = desk.post(OPENING, data={**typed, "number": "2025-89"})

    assert again.status_code == 409
    assert "This debt is written down already." in again.text
    assert other.status_code == 303
    assert db.session.query(Invoice).filter_by(kind=Kind.OPENING).count() == 2


def test_only_groups_of_the_house_can_owe_it_from_before(desk, bram, repair):
    elsewhere = a_group(bram, "Elders")
    typed = {"group": elsewhere.id, "number": "1", "cents": "1", "day": "2026-01-31"}

    assert desk.post(OPENING, data=typed).status_code == 422
