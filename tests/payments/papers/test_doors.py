"""Who gets which paper, under which name, and that nobody in between keeps it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.foundation.db import db
from buurthuis.payments.invoices.models import Kind
from buurthuis.venues import album
from buurthuis.venues.photos import Picture
from tests.builders import a_booking, a_person, a_photo, a_role, a_series, an_initiative, friday
from tests.payments.builders import (
    a_paying_room,
    a_treasurer,
    an_account,
    an_invoice,
    bill_now,
)
from tests.payments.papers.checked import broken_rules
from tests.payments.papers.reading import words_on


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def evening(bram):
    room = a_paying_room()
    an_account(room.venue)
    room.venue.kvk_number = "12345678"
    return a_booking(room, friday(19, 21), by=bram, for_=an_initiative(bram))


@pytest.fixture
def invoice(evening):
    [made] = bill_now(evening)
    return made


def test_bram_and_the_treasurer_read_the_invoice_of_bram(sign_in, bram, evening, invoice):
    for person in (bram, a_treasurer(evening.venue)):
        answer = sign_in(person).get(f"/invoices/{invoice.id}.pdf")

        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'inline; filename="{invoice.name}.pdf"'
        assert answer.headers["Cache-Control"] == "private, no-store"
        told = words_on(answer.data)
        assert invoice.name in told
        assert f"/invoices/{invoice.id}" in told
        assert invoice.lines[0].text.split(":")[0] in told
        assert "13 March 2026" in told


def test_the_file_for_programs_is_saved_under_its_name(sign_in, bram, invoice):
    answer = sign_in(bram).get(f"/invoices/{invoice.id}.xml")

    assert answer.mimetype == "application/xml"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{invoice.name}.xml"'
    assert broken_rules(answer.data) == []


def test_dirk_and_the_key_holder_find_no_paper(sign_in, evening, invoice):
    amina = a_person("Amina")
    a_role(amina, "key_holder", evening.venue)
    for person in (a_person("Dirk"), amina):
        for kind in ("pdf", "xml"):
            assert sign_in(person).get(f"/invoices/{invoice.id}.{kind}").status_code == 404


def test_a_credit_note_has_papers_too(sign_in, bram, evening, invoice):
    evening.price_lines = [{**line, "cents": 500} for line in evening.price_lines]
    [note] = bill_now(evening)
    told = words_on(sign_in(bram).get(f"/invoices/{note.id}.pdf").data)

    assert note.kind is Kind.CREDIT_NOTE
    assert invoice.name in told
    assert broken_rules(sign_in(bram).get(f"/invoices/{note.id}.xml").data) == []


def test_a_debt_from_before_has_no_papers(sign_in, bram, app):
    opening = an_invoice(for_=an_initiative(bram))

    for kind in ("pdf", "xml"):
        assert sign_in(bram).get(f"/invoices/{opening.id}.{kind}").status_code == 404


def test_a_house_that_told_no_number_has_no_file_for_programs(sign_in, bram):
    [invoice] = bill_now(
        a_booking(a_paying_room(), friday(19, 21), by=bram, for_=an_initiative(bram))
    )

    assert sign_in(bram).get(f"/invoices/{invoice.id}.xml").status_code == 404
    assert sign_in(bram).get(f"/invoices/{invoice.id}.pdf").status_code == 200


def test_bram_reads_what_his_evening_is_worth(sign_in, bram, evening):
    answer = sign_in(bram).get(f"/me/bookings/{evening.id}/value.pdf")

    assert answer.headers["Content-Disposition"] == f'inline; filename="waarde-{evening.id}.pdf"'
    assert "What the use was worth" in words_on(answer.data)
    assert sign_in(a_person("Dirk")).get(f"/me/bookings/{evening.id}/value.pdf").status_code == 404


def test_a_year_without_bookings_says_so_to_its_own_group_alone(sign_in, bram, evening):
    address = f"/initiatives/{evening.initiative_id}/value/2019.pdf"

    assert sign_in(bram).get(address).status_code == 409
    assert sign_in(a_person("Dirk")).get(address).status_code == 404
    for year in (0, 1999, 2200, 99999):
        other = f"/initiatives/{evening.initiative_id}/value/{year}.pdf"
        assert sign_in(bram).get(other).status_code == 404


def test_the_ways_to_the_papers_of_a_use_stand_where_one_looks(sign_in, bram, evening):
    address = f"/me/bookings/{evening.id}/value.pdf"
    browser = sign_in(bram)
    assert address not in browser.get(f"/me/bookings/{evening.id}").text

    evening.given_cents = evening.discount_cents = 2000
    evening.total_cents = 0
    db.session.commit()
    assert address in browser.get(f"/me/bookings/{evening.id}").text
    with time_machine.travel(evening.to_at + timedelta(days=1)):
        mine = sign_in(bram).get("/me/invoices").text
    assert f"/initiatives/{evening.initiative_id}/value/2026.pdf" in mine


def test_a_picture_is_kept_as_long_as_an_invoice_shows_it(bram, evening):
    photo = a_photo(evening.venue)
    bill_now(evening)
    name = photo.name
    db.session.delete(photo)
    album.let_unused_go()
    db.session.commit()

    [picture] = db.session.scalars(select(Picture).where(Picture.name == name))
    assert picture.unused_since is None


def test_bram_reads_what_his_series_is_worth(sign_in, bram, evening):
    series = a_series(evening.room, start=10, end=12, by=bram, for_=evening.initiative)
    answer = sign_in(bram).get(f"/me/series/{series.id}/value.pdf")

    assert (
        answer.headers["Content-Disposition"] == f'inline; filename="waarde-reeks-{series.id}.pdf"'
    )
    assert "€80.00" in words_on(answer.data)
    assert sign_in(a_person("Dirk")).get(f"/me/series/{series.id}/value.pdf").status_code == 404
