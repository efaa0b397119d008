"""Prices that still come: read, changed before they hold, and taken away."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.tariffs.models import RateCard
from tests.builders import a_booking, friday

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering"}
COMING = "2026-03-10"


@pytest.fixture
def coming(house, room):
    """Prices that hold from a day on, € 12,50 an hour where it is € 10,00 today."""
    house.fill_in("/prices/new", **DECIDED, valid_from=COMING, price_zaal="12,50")
    return COMING


def cents_by_day():
    cards = db.session.query(RateCard).order_by(RateCard.valid_from)
    return [(str(card.valid_from), card.rates[0].cents) for card in cards]


def test_they_stand_beside_those_of_today_and_in_the_history(house, coming, client):
    page = house.get("/prices").text

    assert "From Tuesday 10 March 2026 on" in page
    assert "€12.50 an hour" in page
    assert "Tuesday 10 March 2026" in client.get("/venues/de-meevaart/history").text


def test_they_are_changed_before_they_hold(house, coming):
    way = house.get(f"/prices?from={coming}").text
    form = house.get(f"/prices/new?from={coming}").text
    assert f"/prices/new?from={coming}" in way
    assert 'value="12,50"' in form
    assert f'value="{coming}"' in form

    house.fill_in(f"/prices/new?from={coming}", **DECIDED, price_zaal="15")

    assert cents_by_day() == [("2020-01-01", 1000), (coming, 1500)]


@pytest.mark.parametrize("first", [COMING, "2026-04-01"])
def test_nobody_overwrites_prices_that_the_form_did_not_show(house, coming, first):
    answer = house.fill_in("/prices/new", **DECIDED, valid_from=first, price_zaal="11")

    assert answer.status_code == 422
    assert "From Tuesday 10 March 2026 on there are other prices." in answer.text
    assert cents_by_day() == [("2020-01-01", 1000), (coming, 1250)]


def test_they_are_taken_away_and_put_back(house, coming):
    house.post("/prices/take-away", **{"from": coming})
    assert cents_by_day() == [("2020-01-01", 1000)]
    assert "Undo" in house.get("/prices").text


def test_prices_that_bookings_have_stay(house, room, coming):
    a_booking(room, friday(10, 12))

    house.post("/prices/take-away", **{"from": coming})

    assert "Keep it. Add a new card." in house.get("/prices").text
    assert len(cents_by_day()) == 2


@pytest.mark.parametrize("day", ["2020-01-01", "2026-05-05", "x", ""])
def test_only_prices_that_still_come_are_taken_away(house, coming, day):
    house.post("/prices/take-away", **{"from": day})

    assert "Look at the page again." in house.get("/prices").text
    assert house.get(f"/prices?from={day}").status_code == 200
    assert len(cents_by_day()) == 2


def test_nobody_pays_nine_times_the_price(house):
    answer = house.fill_in("/prices/new", **DECIDED, valid_from=COMING, pays_commercial="900")

    assert answer.status_code == 422
    assert "of at most 500" in answer.text


def test_a_card_needs_a_decision(house):
    answer = house.fill_in("/prices/new", decided_on="", decided_by="", valid_from=COMING)

    assert "Choose the day of the decision." in answer.text
    assert "Write who decided it" in answer.text
    assert len(cents_by_day()) == 1


def test_a_part_of_the_day_when_the_house_is_closed_is_refused(house):
    answer = house.fill_in("/day-parts", name_0="nacht", starts_0="02:00", ends_0="05:00")  # fmt: skip

    assert answer.status_code == 422
    assert "The house is closed in the part of the day “nacht”." in answer.text


def test_each_of_two_lists_to_come_is_shown_and_changed_by_itself(house, coming):
    house.fill_in(
        f"/prices/surcharges?from={coming}",
        **DECIDED,
        name_0="Weekend",
        measure_0="hour",
        amount_0="5",
    )
    house.fill_in(
        f"/prices/surcharges?from={coming}",
        **DECIDED,
        name_0="Avond",
        valid_from="2026-04-01",
    )

    assert 'value="Weekend"' in house.get(f"/prices/surcharges?from={coming}").text
    assert 'value="Avond"' in house.get("/prices/surcharges?from=2026-04-01").text


def test_a_kind_that_only_comes_has_prices_in_the_list_that_comes(house, room, coming):
    house.fill_in(
        f"/prices/groups?from={coming}",
        **DECIDED,
        name__new="Studenten",
        pays__new="50",
        kind_new="",
    )

    page = house.get(f"/prices/rooms/{room.slug}?from={coming}&for=studenten").text

    assert "These prices are for: Studenten." in page
    assert f"from={coming}" in page


def test_every_form_of_prices_begins_with_what_holds_today(house, coming):
    extra = f"from={coming}"
    rules = {"late": "50", "notice_0": "2", "unit_0": "weeks", "due_0": "25"}
    house.fill_in(f"/prices/cancelling?{extra}", **DECIDED, **rules)

    assert 'value="50"' not in house.get("/prices/cancelling").text
    assert 'value="50"' in house.get(f"/prices/cancelling?{extra}").text
