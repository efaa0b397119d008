"""What a group wants on its invoices."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.payments.invoices.models import BillingParty
from buurthuis.payments.invoices.party import NoSuchNumber, kvk_number, party_of, vat_number
from tests.builders import a_booking, a_person, friday
from tests.payments.builders import a_treasurer, billed_booking

RIGHT = {
    "legal_name": "Stichting Repair",
    "attention": "Bram",
    "street": "Dorpsstraat 1",
    "postcode": "1094 AB",
    "city": "Amsterdam",
    "country": "NL",
    "kvk_number": "99 00 00 01",
    "vat_number": "nl 0044.95.445.b01",
    "email": "Boek@repair.example",
    "order_text": "PO 12",
    "is_monthly": "y",
}


@pytest.fixture
def page(repair):
    return f"/initiatives/{repair.id}/billing"


def test_a_group_says_it_and_reads_it_back(own, repair, page):
    told = own.post(page, data=RIGHT, follow_redirects=True)
    again = own.get(page).text

    party = db.session.get(BillingParty, repair.id)
    assert "Saved." in told.text
    assert (party.kvk_number, party.vat_number) == ("99000001", "NL004495445B01")
    assert party.email.lower() == "boek@repair.example"
    assert party.is_monthly
    assert 'value="Stichting Repair"' in again
    assert "checked" in again


def test_it_can_be_emptied_again(own, repair, page):
    own.post(page, data=RIGHT)
    own.post(page, data={"country": "NL"})

    assert party_of(repair).legal_name == ""
    assert not party_of(repair).is_monthly


def test_it_stands_on_the_next_invoice_and_not_on_earlier_ones(own, room, bram, repair, page):
    _booking, before = billed_booking(room, friday(8, 9), by=bram, for_=repair)
    own.post(page, data=RIGHT)
    _booking, after = billed_booking(room, friday(9, 10), by=bram, for_=repair)

    assert before.buyer["legal_name"] == ""
    assert after.buyer["legal_name"] == "Stichting Repair"
    assert after.buyer["order_text"] == "PO 12"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kvk_number": "1234"}, "A KvK number has 8 digits."),
        ({"vat_number": "NL123456789B01"}, "This VAT number has a slip in it."),
        ({"email": "no address"}, "e-mail"),
        ({"country": "XX"}, "Choose one from the list."),
        ({"legal_name": "x" * 121}, "This text is too long."),
    ],
)
def test_what_cannot_be_right_is_explained_and_kept(own, repair, page, typed, sentence):
    answer = own.post(page, data={**RIGHT, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Dorpsstraat 1"' in answer.text
    assert db.session.get(BillingParty, repair.id) is None


def test_a_treasurer_writes_it_down_for_a_group_that_books_there(desk, room, bram, repair, page):
    a_booking(room, friday(19, 21), by=bram, for_=repair)

    answer = desk.post(f"{page}?house=de-meevaart", data=RIGHT)

    assert answer.headers["Location"].startswith("/houses/de-meevaart/money/invoices?word=Repair")
    assert db.session.query(LogEntry).filter_by(verb="initiative.billing").count() == 1


def test_nobody_else_finds_it(sign_in, desk, page):
    assert sign_in(a_person("Dirk")).get(page).status_code == 404
    assert desk.get(page).status_code == 404  # They never booked in the house of this treasurer.


def test_a_house_that_one_does_not_see_is_no_way_back(own, venue, page):
    assert 'href="/me/invoices"' in own.get(f"{page}?house=de-meevaart").text
    assert 'href="/me/invoices"' in own.get(f"{page}?house=nowhere").text


def test_a_treasurer_elsewhere_does_not_see_it(sign_in, room, bram, repair, page):
    from tests.builders import a_venue

    a_booking(room, friday(19, 21), by=bram, for_=repair)

    assert sign_in(a_treasurer(a_venue(), "Amina")).get(page).status_code == 404


@pytest.mark.parametrize("typed", ["1234567", "123456789", "abcdefgh", "١٢٣٤٥٦٧٨", ""])
def test_a_number_of_the_chamber_of_commerce_has_eight_digits(typed):
    with pytest.raises(NoSuchNumber):
        kvk_number(typed)


@pytest.mark.parametrize(
    ("typed", "country", "found"),
    [
        ("NL004495445B01", "NL", "NL004495445B01"),
        ("0044 95445 B01", "NL", "NL004495445B01"),
        ("BE 0428.759.497", "NL", "BE0428759497"),
        ("0428759497", "BE", "BE0428759497"),
    ],
)
def test_a_number_of_the_tax_office_is_kept_with_its_country(typed, country, found):
    assert vat_number(typed, country) == found
