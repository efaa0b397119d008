"""Managers hang up notices, and set prices from a day on with the decision behind them."""

import pytest

from buurthuis.foundation.db import db
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Room
from buurthuis.venues.notices import Notice
from tests.builders import a_booking, a_person, a_recognition, an_initiative, friday

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering"}


def notices():
    return [(each.text, each.from_on, each.to_on) for each in db.session.query(Notice)]


def test_a_notice_hangs_on_the_board_from_today(house):
    page = house.fill_in("/notices/new", text="De lift is stuk.")

    assert "De lift is stuk." in page.text
    assert "on the board" in page.text
    ((text, from_on, to_on),) = notices()
    assert (text, from_on.isoformat(), to_on) == ("De lift is stuk.", "2026-03-02", None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write what you want to tell."),
        ({"text": "x" * 301}, "This text is too long."),
        ({"from_on": ""}, "Choose the first day."),
        ({"to_on": "2026-03-01"}, "lies before the first"),
    ],
)
def test_a_notice_that_makes_no_sense_is_explained(house, typed, sentence):
    answer = house.fill_in("/notices/new", **{"text": "Hallo", **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert notices() == []


@pytest.mark.parametrize("place", ["0", "-1", "7", "x", ""])
def test_only_the_notice_that_is_meant_comes_down(house, place):
    house.fill_in("/notices/new", text="De lift is stuk.")

    house.post("/notices/take-down", place=place)

    assert len(notices()) == (0 if place == "0" else 1)


def test_new_prices_hold_from_a_day_on(house, room):
    bram = a_person()
    repair = an_initiative(bram)
    page = house.fill_in("/prices/new", **DECIDED, valid_from="2026-03-10", price_zaal="12,50")

    assert "New prices from Tuesday 10 March 2026." in page.text
    before = a_booking(room, friday(10, 12, weeks=-1), by=bram, for_=repair)
    after = a_booking(room, friday(10, 12), by=bram, for_=repair)
    assert (before.total_cents, after.total_cents) == (2000, 2500)


def test_what_a_kind_of_group_pays_can_change(house, room):
    bram = a_person()
    repair = an_initiative(bram)
    a_recognition(repair, "resident_initiative", venue=room.venue)
    house.fill_in("/prices/new", **DECIDED, valid_from="2026-03-10", pays_resident_initiative="50")

    assert a_booking(room, friday(10, 12), by=bram, for_=repair).total_cents == 1000


def test_a_card_with_which_bookings_were_priced_is_not_edited(house, room):
    a_booking(room, friday(10, 12))
    card = db.session.query(RateCard).one()

    answer = house.fill_in(
        "/prices/new", **DECIDED, valid_from=card.valid_from.isoformat(), price_zaal="1"
    )

    assert answer.status_code == 422
    assert "Choose a later day." in answer.text
    assert db.session.query(RateCard).count() == 1


@pytest.mark.parametrize("typed", ["-1", "1e999", "1e999999", "NaN", "12.505", "a lot", "Infinity"])
def test_a_price_that_is_none_is_explained(house, typed):
    answer = house.fill_in("/prices/new", **DECIDED, valid_from="2026-03-10", price_zaal=typed)

    assert answer.status_code == 422
    assert "Write a number such as" in answer.text


def test_an_empty_price_is_free(house, room):
    house.fill_in("/prices/new", **DECIDED, valid_from="2026-03-10", price_zaal="")

    assert a_booking(room, friday(10, 12)).total_cents == 0


BOOGERD = {"block_minutes": "240", "block": "50", "block_grace": "30", "hour_on_top": "12,50"}


@pytest.mark.parametrize(("ends", "cents"), [(14.5, 5000), (15, 6250), (15.5, 7500)])
def test_a_block_of_time_is_priced_on_a_page(house, room, ends, cents):
    house.fill_in(
        f"/prices/rooms/{room.slug}",
        **DECIDED,
        **BOOGERD,
        valid_from="2026-03-10",
        rounding="60",
        hour="",
    )

    assert a_booking(room, friday(10, ends)).total_cents == cents
    assert "€50.00 for 4 hours" in house.get("/prices").text


def test_a_group_has_prices_of_its_own_by_the_square_metre(house, room):
    house.fill_in(f"/rooms/{room.slug}", area="37,5")
    house.fill_in(
        f"/prices/rooms/{room.slug}", **DECIDED, valid_from="2026-03-10", metre_hour="0,50", hour=""
    )
    house.fill_in(
        f"/prices/rooms/{room.slug}?for=social_enterprise",
        **DECIDED,
        valid_from="2026-03-10",
        metre_hour="0,30",
    )
    bram = a_person()
    works = an_initiative(bram, kind="social_enterprise")
    before = a_booking(room, friday(10, 11.5), by=bram, for_=works)
    a_recognition(works, "social_enterprise", venue=room.venue)
    after = a_booking(room, friday(12, 13.5), by=bram, for_=works)

    assert (before.total_cents, before.price_reason) == (2813, "not_recognised")
    assert (after.list_cents, after.total_cents, after.price_reason) == (2813, 1688, "standing")


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ({"block": "50"}, "Say both: how long a block is, and what it costs."),
        ({"metre_hour": "0.5"}, "First say how large the room is"),
        ({"rounding": "0"}, "Write a number from 1 to 60."),
        ({"vat": "900"}, "Write a number such as"),
        ({"also": "nowhere"}, "list"),
    ],
)
def test_a_price_of_a_room_that_makes_no_sense_is_explained(house, room, typed, cure):
    answer = house.fill_in(
        f"/prices/rooms/{room.slug}", **DECIDED, valid_from="2026-03-10", **typed
    )

    assert answer.status_code == 422
    assert cure in answer.text


def test_the_same_prices_may_be_for_more_rooms(house, room):
    house.fill_in("/rooms/new", name="Kelder", capacity="5")
    house.fill_in(
        f"/prices/rooms/{room.slug}",
        **DECIDED,
        valid_from="2026-03-10",
        booking="40",
        hour="",
        also="de-meevaart-kelder",
    )

    cellar = db.session.query(Room).filter_by(slug="de-meevaart-kelder").one()
    assert a_booking(cellar, friday(10, 15), people=4).total_cents == 4000


def test_a_new_room_keeps_its_price_apart(house):
    house.fill_in("/rooms/new", name="Kelder", capacity="5")

    house.fill_in(
        "/prices/new", **DECIDED, **{"valid_from": "2026-03-10", "price_de-meevaart-kelder": "3"}
    )

    cellar = db.session.query(Room).filter_by(slug="de-meevaart-kelder").one()
    assert a_booking(cellar, friday(10, 12), people=4).total_cents == 600


def test_parties_and_joined_parts_are_decided_on_a_page_of_their_own(house, room):
    bram = a_person()
    repair = an_initiative(bram, kind="private")
    house.fill_in("/prices/party", **DECIDED, valid_from="2026-03-10", share="200", cleaning="50")

    party = a_booking(room, friday(10, 12), by=bram, for_=repair, purpose=Purpose.PARTY)
    page = house.get("/prices").text

    assert party.total_cents == 2 * 2000 + 5000
    assert "A party pays 200% of the price." in page
    assert "After a party comes cleaning: €50.00." in page


def test_a_group_may_be_spared_what_a_party_costs(house, room):
    house.fill_in("/prices/new", **DECIDED, valid_from="2026-03-09", pays_resident_initiative="50")
    house.fill_in(
        "/prices/party",
        **DECIDED,
        valid_from="2026-03-10",
        share="200",
        spared="resident_initiative",
        free_gap="y",
    )
    bram = a_person()
    repair = an_initiative(bram)
    a_recognition(repair, "resident_initiative", venue=room.venue)

    assert (
        a_booking(room, friday(10, 12), by=bram, for_=repair, purpose=Purpose.PARTY).total_cents
        == 1000
    )
    assert "The time between two parts of the day is free" in house.get("/prices").text
