"""Who pays what: visitors, initiatives that a house knows, and those it does not know yet."""

from datetime import date

import pytest

from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind, Purpose, StandingCode
from buurthuis.tariffs.models import Rate, RateCard, Standing
from buurthuis.tariffs.queries import Priced, card_on, cards_of, price, price_many
from buurthuis.tariffs.wording import reason_text
from buurthuis.venues.models import Room
from buurthuis.venues.queries import bookable_rooms
from tests.builders import (
    FRIDAY,
    a_card,
    a_recognition,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.venues.counting import counted

pytestmark = pytest.mark.usefixtures("app")


def for_kind(room: Room, kind: Kind | None, *, recognised: StandingCode | None = None) -> Priced:
    initiative = None if kind is None else an_initiative(kind=kind)
    if initiative is not None and recognised is not None:
        a_recognition(initiative, recognised, venue=room.venue)
    return price(room, friday(19, 21), initiative=initiative, purpose=Purpose.MEETING)


def test_a_visitor_sees_the_list_price():
    found = for_kind(a_room(), None)

    assert (found.quote.total_cents, found.reason, found.would_pay) == (2000, "visitor", None)


def test_an_initiative_without_standing_pays_list_and_sees_what_it_would_pay():
    found = for_kind(a_room(), Kind.SOCIAL_ENTERPRISE)

    assert (found.quote.total_cents, found.reason) == (2000, "not_recognised")
    assert found.standing is None
    assert found.would_pay is not None
    assert found.would_pay.total_cents == 700


def test_what_the_house_recognised_counts_and_not_what_one_says():
    found = for_kind(a_room(), Kind.COMMERCIAL, recognised=Kind.SOCIAL_ENTERPRISE)

    assert (found.quote.total_cents, found.standing) == (700, Kind.SOCIAL_ENTERPRISE)


def test_nobody_escapes_a_surcharge_by_not_asking():
    found = for_kind(a_room(), Kind.COMMERCIAL)

    assert (found.quote.total_cents, found.quote.surcharge_cents) == (4000, 2000)
    assert (found.reason, found.standing) == ("surcharge", Kind.COMMERCIAL)


def test_a_kind_the_card_does_not_name_pays_list():
    found = for_kind(a_room(), Kind.PRIVATE, recognised=Kind.PRIVATE)

    assert (found.quote.total_cents, found.reason) == (2000, "no_discount")


def test_a_recognition_of_another_house_is_not_a_discount_here():
    here, there = a_room(), a_room()
    initiative = an_initiative()
    a_recognition(initiative, Kind.RESIDENT_INITIATIVE, venue=there.venue)

    found = price(here, friday(19, 21), initiative=initiative, purpose=Purpose.MEETING)

    assert found.reason == "not_recognised"


def test_a_recognition_that_is_over_on_the_day_of_the_booking_counts_no_more():
    room = a_room()
    initiative = an_initiative()
    a_recognition(initiative, Kind.RESIDENT_INITIATIVE, valid_to=date(2026, 3, 12))

    found = price(room, friday(19, 21), initiative=initiative, purpose=Purpose.MEETING)

    assert found.quote.total_cents == 2000


def test_the_card_of_the_day_counts_also_when_a_dearer_one_is_coming():
    room = a_room()
    coming = a_card(room.venue, valid_from=date(2026, 3, 14))
    db.session.add(Rate(card_id=coming.id, room_id=room.id, unit="hour", cents=5000))
    db.session.commit()

    on_friday = price(room, friday(19, 21), initiative=None, purpose=Purpose.MEETING)
    week_later = price(room, friday(19, 21, weeks=1), initiative=None, purpose=Purpose.MEETING)

    assert (on_friday.quote.total_cents, week_later.quote.total_cents) == (2000, 10000)
    assert card_on(room.venue_id, FRIDAY) == cards_of(room.venue)[0]
    assert week_later.card_id == coming.id


def test_a_room_without_any_rate_costs_nothing_and_says_why():
    room = a_room(hourly_cents=None)

    found = price(room, friday(19, 21), initiative=None, purpose=Purpose.PARTY)

    assert (found.quote.total_cents, found.reason, found.card_id) == (0, "no_rate", None)


def test_a_room_that_no_rate_covers_is_left_out_of_many():
    room, other = a_room(), a_room(hourly_cents=None)
    card = a_card(other.venue)
    evening = {"unit": "part", "starts_minute": 18 * 60, "ends_minute": 22 * 60}
    db.session.add(Rate(card_id=card.id, room_id=other.id, cents=5000, name="evening", **evening))
    db.session.commit()

    found = price_many([room, other], friday(10, 12), initiative=None, purpose=Purpose.MEETING)

    assert set(found) == {room.id}


def test_a_standing_can_ask_a_deposit():
    room = a_room()
    (card,) = cards_of(room.venue)
    card.standings[2].deposit_cents = 30000
    db.session.commit()

    assert for_kind(room, Kind.COMMERCIAL).quote.deposit_cents == 30000


def test_a_standing_of_the_house_s_own_pays_its_part_once_it_is_recognised():
    room = a_room()
    (card,) = cards_of(room.venue)
    card.standings.append(Standing(kind="students", label="Studenten", percentage_bp=2500))
    db.session.commit()

    found = for_kind(room, Kind.PRIVATE, recognised="students")

    assert (found.quote.total_cents, found.standing, found.reason) == (500, "students", "standing")
    assert reason_text(found).endswith(": Studenten.")


def test_a_party_costs_extra_unless_the_standing_says_otherwise():
    room = a_room()
    (card,) = cards_of(room.venue)
    card.party_multiplier_bp, card.party_cleaning_cents = 20000, 5000
    db.session.commit()

    def party() -> int:
        found = price(room, friday(19, 21), initiative=neighbours, purpose=Purpose.PARTY)
        return found.quote.total_cents

    neighbours = an_initiative(kind=Kind.RESIDENT_INITIATIVE)
    a_recognition(neighbours, Kind.RESIDENT_INITIATIVE)
    assert party() == 5000
    card.standings[0].has_party_surcharge = False
    db.session.commit()
    assert party() == 0


def test_thirty_rooms_take_as_many_statements_as_two():
    initiative = an_initiative(kind=Kind.SOCIAL_ENTERPRISE)
    a_recognition(initiative, Kind.SOCIAL_ENTERPRISE)
    initiative_id = initiative.id

    def statements_for_all() -> int:
        db.session.commit()
        db.session.expunge_all()
        known = db.session.get(type(initiative), initiative_id)
        rooms = bookable_rooms()
        with counted() as statements:
            found = price_many(rooms, friday(19, 21), initiative=known, purpose=Purpose.MEETING)
        assert [each.quote.total_cents for each in found.values()] == [700] * len(rooms)
        return len(statements)

    for _ in range(2):
        a_room()
    few = statements_for_all()
    for _ in range(4):
        venue = a_venue()
        for _ in range(7):
            a_room(venue)

    assert len(bookable_rooms()) == 30
    assert statements_for_all() == few
    assert db.session.query(RateCard).count() == 6
