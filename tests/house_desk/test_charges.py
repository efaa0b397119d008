"""Managers decide on pages what comes on top of a room, what extras cost, and who pays less."""

import pytest

from buurthuis.extras.queries import extras_of
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.imports.queries import house_of
from buurthuis.tariffs.models import RateCard
from tests.builders import a_booking, a_person, an_initiative, friday

DECIDED = {
    "decided_on": "2026-02-20",
    "decided_by": "Bewonersvergadering",
    "valid_from": "2026-03-10",
}
LATE = {"name_0": "Late", "measure_0": "hour", "amount_0": "5", "starts_0": "20:00", "ends_0": "01"}


@pytest.fixture
def coffee(house, venue):
    house.fill_in("/extras/new", name="Koffie")
    return extras_of(venue)[0]


def test_a_late_evening_costs_more_from_a_day_on(house, room):
    page = house.fill_in("/prices/surcharges", **DECIDED, **LATE)

    assert "New prices from Tuesday 10 March 2026." in page.text
    assert "Late: €5.00 for each hour more (20:00–01:00)." in house.get("/prices").text
    assert a_booking(room, friday(18, 21)).total_cents == 3500
    assert a_booking(room, friday(18, 21, weeks=-1)).total_cents == 3000
    again = house.fill_in(
        "/prices/surcharges?from=2026-03-10", **{**DECIDED, "valid_from": "2026-04-10"}, name_0=""
    )
    assert "And 1 more." in again.text
    assert db.session.query(RateCard).count() == 3


def test_a_weekend_in_one_room_and_paperwork_stand_together(house, venue):
    house.fill_in(
        "/prices/surcharges",
        **DECIDED,
        name_0="Weekend",
        measure_0="share",
        amount_0="50",
        room_0="zaal",
        days_0="6",
    )
    paper = {"name_1": "Paperwork", "measure_1": "booking", "amount_1": "7,50", "vat_1": "21"}
    house.fill_in("/prices/surcharges?from=2026-03-10", **DECIDED, **paper)

    card = house_of(venue).rate_cards[-1]
    assert [(each.name, each.weekdays, each.room, each.vat_bp) for each in card.surcharges] == [
        ("Paperwork", (), None, 2100),
        ("Weekend", (6,), "zaal", None),
    ]
    wall = house.get("/prices").text
    assert "Weekend: 50% of the price more (Sunday, Zaal)." in wall
    assert "Paperwork: €7.50 for a booking, 21% VAT on top more." in wall


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount_0": "900", "measure_0": "share"}, "Write at most 500"),
        ({"amount_0": ""}, "Write how much it is."),
        ({"amount_0": "1e999"}, "Write a number such as"),
        ({"name_0": ""}, "Write what it is for"),
        ({"ends_0": ""}, "Write both times"),
        ({"ends_0": "19:00"}, "End at noon of the next day"),
        ({"measure_0": "person"}, "Choose one from the list."),
        ({"room_0": "elders"}, "Choose one from the list."),
        ({"days_0": "7"}, "Choose one from the list."),
        ({"name_0": "x" * 61}, "too long"),
    ],
)
def test_a_surcharge_that_makes_no_sense_is_explained(house, typed, sentence):
    answer = house.fill_in("/prices/surcharges", **DECIDED, **{**LATE, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.query(RateCard).count() == 1


def test_coffee_costs_something_for_each_person(house, room, coffee):
    house.fill_in(
        "/prices/extras", **DECIDED, cents_koffie="1,50", per_koffie="person", vat_koffie="9"
    )

    booking = a_booking(room, friday(10, 12), people=12, extras=(Wanted(coffee.id, 1),))

    assert (booking.surcharge_cents, booking.vat_cents, booking.total_cents) == (1800, 162, 3962)
    assert "Koffie: €1.50 for each person, 9% VAT on top." in house.get("/prices").text
    assert "free · As many as you like" in house.get("/extras").text
    house.post("/extras/drop", extra="koffie")
    assert "Koffie:" not in house.get("/prices").text
    house.fill_in("/extras/new", name="Koffie")
    assert "Koffie: €1.50 for each person" in house.get("/prices").text


def test_who_comes_often_pays_less_and_who_begins_too(house, room):
    house.fill_in(
        "/prices/reductions",
        **DECIDED,
        frequent_off_0="10",
        frequent_least_0="2",
        per="month",
        starting_off_0="40",
        starting_least_0="6",
    )
    bram = a_person()
    repair = an_initiative(bram)

    booked = [a_booking(room, friday(at, at + 1), by=bram, for_=repair) for at in (10, 12)]

    assert [each.total_cents for each in booked] == [1000, 900]
    page = house.get("/prices").text
    assert "A group that begins pays 40% less for 6 months." in page
    assert "A group that comes often pays 10% less, from booking 2 in a month." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starting_off_0": "900", "starting_least_0": "6"}, "Write a number such as"),
        ({"starting_off_0": "40"}, "Write both"),
        ({"frequent_least_0": "5"}, "Write both"),
        ({"frequent_off_0": "10", "frequent_least_0": "1"}, "Write a number from 2"),
        ({"per": "week"}, "Choose one from the list."),
        ({"starting_kind_0": "kings"}, "Choose one from the list."),
    ],
)
def test_a_reduction_that_makes_no_sense_is_explained(house, typed, sentence):
    answer = house.fill_in("/prices/reductions", **DECIDED, **typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_house_that_lends_nothing_is_told_where_to_begin(house):
    assert "The house lends nothing yet." in house.get("/prices/extras").text
