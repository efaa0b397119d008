"""What if: a year by other prices, adding up to the cent, and refusing what it cannot read."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update

from buurthuis.bookings.bundles.actions import book_together
from buurthuis.bookings.models import Booking
from buurthuis.discounts.queries import Asked
from buurthuis.discounts.replay import Tally, replayed, sorted_tallies
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.imports.drafts import draft_card
from buurthuis.imports.house_writer import write_house
from buurthuis.imports.queries import house_of
from buurthuis.rules.charges import Measure
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.states import Status
from buurthuis.tariffs.charge_models import ExtraRate
from buurthuis.tariffs.models import Standing
from buurthuis.tariffs.queries import cards_of
from buurthuis.venues.models import Approval, Venue
from tests.builders import (
    a_booking,
    a_card,
    a_manager,
    a_person,
    a_recognition,
    a_room,
    a_wish,
    an_extra,
    an_initiative,
    friday,
)
from tests.venues.counting import counted

PAGE = "/houses/de-meevaart/house/prices/what-if"


@pytest.fixture
def room(house):
    return a_room(house, approval=Approval.ALWAYS)


@pytest.fixture
def booked(house, room):
    """Neighbours who pay nothing, a social enterprise that pays 35 %, and a firm that pays double."""
    person, groups = a_person("Bram"), {}
    for hour, (name, kind) in enumerate(
        {
            "Repair café": Kind.RESIDENT_INITIATIVE,
            "Soup bus": Kind.SOCIAL_ENTERPRISE,
            "Bank": Kind.COMMERCIAL,
        }.items()
    ):
        groups[name] = an_initiative(person, name=name, kind=kind)
        a_recognition(groups[name], kind, venue=house)
        time = friday(9 + 3 * hour, 11 + 3 * hour)
        a_booking(room, time, by=person, for_=groups[name], purpose=Purpose.MEETING)
    return {name: group.id for name, group in groups.items()}


def a_card_with(house, **shares):
    """A card that holds from next year on, on which these standings pay other shares."""
    card = a_card(house, valid_from=date(2027, 1, 1))
    for standing in card.standings:
        standing.percentage_bp = shares.get(standing.kind, standing.percentage_bp)
    [now, _] = cards_of(house)
    for rate in now.rates:
        facts = {"room_id": rate.room_id, "unit": rate.unit, "cents": rate.cents}
        card.rates.append(type(rate)(**facts))
    db.session.commit()
    return card


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_demos_bookings_by_their_own_cards_come_to_what_was_booked(app):
    app.test_cli_runner().invoke(args=["seed"], catch_exceptions=False)
    demo = ["demo", "--bookings", "120", "--years", "1", "--seed", "3"]
    app.test_cli_runner().invoke(args=demo, catch_exceptions=False)
    checked = 0
    for venue in db.session.query(Venue):
        for year in (2025, 2026):
            found = replayed(venue, year, None)
            period = Asked(frozenset({venue.id}), year).period
            booked = db.session.query(Booking).filter(
                Booking.venue_id == venue.id,
                Booking.status == Status.CONFIRMED,
                Booking.from_at >= period.start,
                Booking.from_at < period.end,
            )
            assert found.total.paid_cents == sum(each.total_cents for each in booked)
            assert found.total.would_pay_cents == found.total.paid_cents
            assert found.other_price.bookings == found.not_sold.bookings == 0
            checked += found.total.bookings

    assert checked > 30


def test_each_group_is_told_what_it_paid_and_would_pay(house, booked):
    card = a_card_with(house, resident_initiative=1000, commercial=15_000)
    found = replayed(house, 2026, card)

    assert found.initiatives == {
        booked["Repair café"]: Tally(1, 0, 200),
        booked["Soup bus"]: Tally(1, 700, 700),
        booked["Bank"]: Tally(1, 4000, 3000),
    }
    assert found.total == Tally(3, 4700, 3900)
    assert [group for group, _ in sorted_tallies(found.initiatives)] == [
        booked["Repair café"],
        booked["Soup bus"],
        booked["Bank"],
    ]


def test_a_price_that_does_not_come_from_its_card_is_left_out_and_counted(house, booked):
    kept_price = {"list_cents": 2300, "total_cents": 3000, "surcharge_cents": 700}
    of_the_bank = update(Booking).where(Booking.initiative_id == booked["Bank"])
    db.session.execute(of_the_bank.values(**kept_price))
    db.session.commit()
    found = replayed(house, 2026, a_card_with(house))

    assert found.other_price == Tally(1, 3000, 3000)
    assert booked["Bank"] not in found.initiatives


def test_coffee_for_everybody_in_rooms_that_go_together_is_priced_again_to_the_cent(house, room):
    other, bram = a_room(house, approval=Approval.ALWAYS), a_person("Bram")
    coffee = an_extra(house, "Koffie", slug="koffie", stock=None)
    [card] = cards_of(house)
    card.extra_rates = [ExtraRate(extra_id=coffee.id, measure=Measure.PERSON, cents=150)]
    db.session.commit()
    wish = a_wish(friday(10, 12), people=room.capacity + 2, extras=(Wanted(coffee.id, 1),))
    book_together([room, other], wish, by=bram, for_=an_initiative(bram))

    found = replayed(house, 2026, None)

    assert (found.total.bookings, found.other_price.bookings) == (2, 0)


def test_a_firm_that_nobody_recognised_gets_no_discount_for_saying_so(house, room):
    bram = a_person("Bram")
    bank = an_initiative(bram, kind=Kind.COMMERCIAL)
    a_booking(room, friday(9, 11), by=bram, for_=bank, purpose=Purpose.MEETING)
    listed = sum(each.list_cents for each in db.session.query(Booking))

    found = replayed(house, 2026, a_card_with(house, commercial=8000))

    assert (found.total.paid_cents, found.total.would_pay_cents) == (2 * listed, listed)


def test_a_time_that_the_other_prices_do_not_sell_is_told_apart(house, booked):
    card = a_card_with(house)
    for rate in card.rates:
        rate.unit, rate.starts_minute, rate.ends_minute = "part", 9 * 60, 14 * 60
    db.session.commit()
    found = replayed(house, 2026, card)

    assert found.not_sold == Tally(1, 4000, 0)
    assert found.total.bookings == 2


def test_only_confirmed_bookings_of_that_year_count(house, booked):
    one, two, three = db.session.query(Booking).order_by(Booking.id)
    one.status, two.status = Status.CANCELLED, Status.NO_SHOW
    three.from_at -= timedelta(days=365)
    three.to_at -= timedelta(days=365)
    db.session.commit()

    assert replayed(house, 2026, None).total.bookings == 0
    assert replayed(house, 2025, None).total.bookings == 1


def test_the_number_of_questions_does_not_grow_with_the_bookings(house, room, booked):
    card, person = a_card_with(house), a_person()
    group = an_initiative(person)

    def ask():
        db.session.refresh(house)
        with counted() as sent:
            replayed(house, 2026, card)
        return len(sent)

    few = ask()
    for week in range(1, 6):
        a_booking(room, friday(9, 11, weeks=week), by=person, for_=group)

    assert ask() == few


def test_a_drafted_card_prices_as_the_stored_one_and_leaves_no_trace(house, booked):
    described = house_of(house).rate_cards[-1]
    before = db.session.query(Standing).count()
    draft = draft_card(house, described, set())
    found = replayed(house, 2026, draft)

    assert found.total.would_pay_cents == found.total.paid_cents == 4700
    assert draft not in db.session
    assert db.session.query(Standing).count() == before


def test_other_shares_are_typed_on_the_page(house, booked, sign_in):
    desk = sign_in(a_manager(house))
    first = desk.get(PAGE)
    page = desk.post(PAGE, data={"year": "2026", "by": "typed", "pays_resident_initiative": "10",
                                 "pays_social_enterprise": "35", "pays_commercial": "150"}).text  # fmt: skip

    assert first.status_code == 200
    assert "1 group pays more." in page
    assert "1 pays less." in page
    assert "€8.00 less" in page
    assert "<svg" in page
    assert page.index("Repair café") < page.index("Bank")


def test_a_card_that_comes_is_chosen_from_the_list(house, booked, sign_in):
    a_card_with(house, social_enterprise=5000)
    page = sign_in(a_manager(house)).post(PAGE, data={"year": "2026", "by": "2027-01-01"}).text

    assert "€3.00 more" in page


def test_a_house_file_may_hold_the_other_prices(house, booked, sign_in):
    text = write_house(house_of(house)).replace("percentage = 35", "percentage = 0")
    assert "percentage = 0" in text
    desk = sign_in(a_manager(house))
    sent = {"year": "2026", "by": "file", "file": (BytesIO(text.encode()), "house.toml")}
    by_file = desk.post(PAGE, data=sent).text
    by_text = desk.post(PAGE, data={"year": "2026", "by": "file", "text": text}).text

    assert "€7.00 less" in by_file
    assert "€7.00 less" in by_text


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ({"by": "typed", "pays_commercial": "9000"}, "Write a number such as 12.50"),
        ({"by": "file"}, "Choose a house file, or put its text here."),
        ({"by": "file", "text": "rooms = 1"}, "This key is missing. Add it."),
        ({"by": "file", "file": b"\xff\xfe\x00"}, "Save it as text in UTF-8."),
        ({"by": "1999-01-01"}, "Choose one from the list."),
        ({"by": "typed", "year": "1e999"}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_compared_is_told_with_its_cure(house, room, sign_in, typed, cure):
    if "file" in typed:
        typed = {**typed, "file": (BytesIO(typed["file"]), "house.toml")}
    answer = sign_in(a_manager(house)).post(PAGE, data={"year": "2026", **typed})

    assert answer.status_code == 422
    assert cure in answer.text


def test_looking_changes_nothing(house, booked, sign_in):
    before = house_of(house)
    sign_in(a_manager(house)).post(PAGE, data={"year": "2026", "by": "typed"})

    assert house_of(house) == before
