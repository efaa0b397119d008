"""What a use was worth: frozen prices, who gave what, and that it is no invoice."""

from datetime import date, timedelta

import pytest
import time_machine

from buurthuis.foundation.db import db
from buurthuis.payments.papers.uses import of_booking, of_series, of_year, worth_of
from buurthuis.payments.papers.value import value_statement
from buurthuis.rules.states import Status
from tests.builders import FRIDAY, a_booking, a_person, a_series, a_venue, an_initiative, friday
from tests.payments.builders import a_paying_room
from tests.payments.papers.reading import read_back, words_on

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

TODAY = date(2026, 3, 2)
IN_APRIL = FRIDAY + timedelta(weeks=4)


def given(booking, cents):
    """So much less than the list price was charged for it."""
    booking.given_cents = booking.discount_cents = cents
    booking.total_cents = booking.list_cents - cents
    db.session.commit()
    return booking


def drawn(use) -> str:
    """The words of the paper."""
    return words_on(value_statement(use, made_on=TODAY))


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def repair_cafe(bram):
    return an_initiative(bram, name="Repair café")


@pytest.fixture
def room(app):
    return a_paying_room(a_venue("here", name="De Meevaart"), name="Grote zaal")


@pytest.fixture
def evening(room, bram, repair_cafe):
    """Two hours of € 20,00."""
    return a_booking(room, friday(19, 21), by=bram, for_=repair_cafe)


def test_a_free_booking_tells_its_worth_and_that_nothing_is_to_be_paid(evening):
    told = drawn(of_booking(given(evening, 2000)))

    assert "Waarde van het gebruik Repair café" in told
    assert "De Meevaart geeft Repair café gratis ruimte." in told
    assert "13 mrt 2026 Grote zaal 19:00–21:00 € 20,00 € 0,00 € 20,00" in told
    assert "Dit is geen factuur. Je hoeft niets te betalen." in told
    assert "Gemaakt op 2 maart 2026" in told


def test_a_discount_tells_both_prices_and_does_not_say_that_nothing_is_to_be_paid(evening):
    told = drawn(of_booking(given(evening, 1300)))

    assert "De Meevaart geeft Repair café korting." in told
    assert "€ 20,00 € 7,00 € 13,00" in told
    assert "Dit is geen factuur." in told
    assert "niets te betalen" not in told


def test_a_free_room_with_coffee_does_not_say_that_nothing_is_to_be_paid(evening):
    given(evening, 2000)
    evening.surcharge_cents = evening.total_cents = 450

    assert "niets te betalen" not in drawn(of_booking(evening))


def test_who_pays_the_normal_price_reads_that(evening):
    assert "Repair café betaalt de normale prijs." in drawn(of_booking(evening))


def test_a_room_without_a_price_is_told_as_that(evening):
    evening.list_cents = evening.total_cents = 0

    assert "vraagt het huis geen geld" in drawn(of_booking(evening))


@pytest.mark.parametrize("status", [Status.REQUESTED, Status.CANCELLED, Status.NO_SHOW])
def test_what_is_not_certain_has_no_value_to_tell(evening, status):
    evening.status = status
    db.session.commit()

    assert not of_booking(evening).bookings


def test_a_series_is_told_day_by_day_and_adds_up(room, bram, repair_cafe):
    series = a_series(room, "FREQ=WEEKLY;COUNT=3", by=bram, for_=repair_cafe)
    use = of_series(series)
    for booking in use.bookings:
        given(booking, 500)
    told = drawn(use)

    assert len(use.bookings) == 3
    assert "13 maart 2026 tot en met 27 maart 2026" in told
    assert "Samen € 60,00 € 45,00 € 15,00" in told


def test_a_year_is_what_is_over_in_all_houses(evening, bram, repair_cafe):
    elsewhere = a_paying_room(a_venue("there", name="De Lutmastraat"), name="Keuken")
    a_booking(elsewhere, friday(10, 12), by=bram, for_=repair_cafe)
    a_booking(elsewhere, friday(10, 12, weeks=8), by=bram, for_=repair_cafe)
    dirk = a_person("Dirk")
    a_booking(elsewhere, friday(12, 14), by=dirk, for_=an_initiative(dirk))
    with time_machine.travel(IN_APRIL):
        use = of_year(repair_cafe.id, 2026)
        told = words_on(value_statement(use, made_on=IN_APRIL))

    assert len(use.bookings) == 2
    assert "De Meevaart, Grote zaal" in told
    assert "De Lutmastraat, Keuken" in told
    assert "2026, tot en met 10 april 2026" in told
    assert "4 uur" in told


def test_a_year_that_is_over_is_told_whole(evening, repair_cafe):
    with time_machine.travel(date(2027, 2, 1)):
        use = of_year(repair_cafe.id, 2026)
        told = words_on(value_statement(use, made_on=date(2027, 2, 1)))

    assert "tot en met" not in told
    assert not of_year(repair_cafe.id, 2025).bookings


def test_houses_together_give_together(evening, bram, repair_cafe):
    elsewhere = a_paying_room(a_venue("there", name="De Lutmastraat"))
    other = a_booking(elsewhere, friday(10, 12), by=bram, for_=repair_cafe)
    with time_machine.travel(IN_APRIL):
        given(evening, 2000)
        some = drawn(of_year(repair_cafe.id, 2026))
        given(other, 2000)
        all_of_it = drawn(of_year(repair_cafe.id, 2026))

    assert "Deze huizen geven Repair café korting." in some
    assert "Deze huizen geven Repair café gratis ruimte." in all_of_it


def test_it_is_for_every_reader_and_the_same_all_day(evening):
    paper = value_statement(of_booking(given(evening, 2000)), made_on=TODAY)
    reader = read_back(paper)

    assert b"pdfuaid" in paper
    assert reader.metadata.title == "Waarde van het gebruik: Repair café"
    assert len(reader.pages) == 1
    assert paper == value_statement(of_booking(evening), made_on=TODAY)
    assert paper != value_statement(of_booking(evening), made_on=TODAY + timedelta(days=1))


def test_the_years_of_a_group_are_those_in_which_something_is_over(evening, bram, repair_cafe):
    newcomers = an_initiative(bram, name="Newcomers")
    with time_machine.travel(date(2027, 2, 1)):
        assert worth_of([newcomers, repair_cafe]) == [(repair_cafe, [2026])]
    assert worth_of([repair_cafe]) == []
    assert worth_of([]) == []
