"""Who begins in a house or comes there often pays less, by what is counted when it is booked."""

from datetime import date

import pytest
from flask_babel import force_locale

from buurthuis.bookings import actions, changes
from buurthuis.bookings.bundles.actions import book_together
from buurthuis.bookings.pricing import frozen_on, price_again
from buurthuis.bookings.things.actions import change_extras
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.rules.charges import Measure
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.charge_models import ExtraRate, Reduction
from buurthuis.tariffs.models import RateCard
from buurthuis.tariffs.wording import line_text, reason_text
from buurthuis.venues.models import Approval
from tests.builders import (
    a_booking,
    a_person,
    a_recognition,
    a_room,
    a_wish,
    an_extra,
    an_initiative,
    friday,
)
from tests.pages.reading import field_value

OFTEN = {"reason": Reason.FREQUENT, "off_bp": 2000, "from_nth": 3, "per": Span.MONTH}
BEGINS = {"reason": Reason.STARTING, "off_bp": 4000, "months": 2}


@pytest.fixture
def hall(app):
    return a_room(approval=Approval.ALWAYS)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    return an_initiative(bram, kind=Kind.SOCIAL_ENTERPRISE)


def takes_off(room, *offers):
    card = db.session.query(RateCard).filter_by(venue_id=room.venue_id).one()
    card.reductions = [Reduction(**each) for each in offers]
    db.session.commit()


@pytest.fixture
def booked(bram):
    def book(room, cafe, *hours, weeks=0):
        return a_booking(room, friday(*hours, weeks=weeks), by=bram, for_=cafe)

    return book


def test_the_third_booking_of_a_month_costs_less(hall, cafe, bram, booked):
    takes_off(hall, OFTEN)
    elsewhere = a_room(approval=Approval.ALWAYS)
    booked(elsewhere, cafe, 8, 9)
    gone = booked(hall, cafe, 8, 9)
    actions.cancel(gone.id, by=bram)
    booked(hall, cafe, 10, 11, weeks=7)

    days = [booked(hall, cafe, hour, hour + 1) for hour in (12, 14, 16)]

    assert [each.total_cents for each in days] == [1000, 1000, 800]
    assert [each.had_before for each in days] == [0, 1, 2]
    assert price_again(days[0]).quote.total_cents == 1000


def test_a_booking_that_changes_keeps_its_place_in_the_row(hall, cafe, bram, booked):
    takes_off(hall, OFTEN)
    first, _second, third = [booked(hall, cafe, hour, hour + 1) for hour in (12, 14, 16)]

    changes.move(first.id, hall, friday(18, 20), by=bram)
    changes.move(third.id, hall, friday(10, 12), by=bram)

    assert (first.total_cents, first.had_before) == (2000, 0)
    assert (third.total_cents, third.had_before) == (1600, 2)


def test_a_group_that_begins_pays_less_after_its_standing_until_it_has_begun(hall, cafe, booked):
    takes_off(hall, BEGINS)
    stranger = booked(hall, cafe, 8, 10)
    a_recognition(cafe, Kind.SOCIAL_ENTERPRISE, venue=hall.venue, valid_from=date(2026, 2, 1))

    begins, has_begun = booked(hall, cafe, 12, 14), booked(hall, cafe, 12, 14, weeks=3)

    assert stranger.total_cents == 2000
    assert (begins.total_cents, begins.recognised_since) == (420, date(2026, 2, 1))
    assert has_begun.total_cents == 700
    assert frozen_on(begins)["recognised_since"] == "2026-02-01"


def test_a_stranger_is_told_what_it_would_pay_as_a_group_that_begins(hall, cafe, booked):
    takes_off(hall, BEGINS, {**OFTEN, "from_nth": 2, "kind": Kind.PRIVATE})
    booking = booked(hall, cafe, 8, 10)

    priced = price_again(booking)

    assert priced.reason == "not_recognised"
    assert priced.would_pay.total_cents == 420


def test_who_only_comes_often_reads_why_it_pays_less(hall, bram, booked):
    takes_off(hall, {**OFTEN, "from_nth": 2})
    mine = an_initiative(bram, kind=Kind.PRIVATE)
    booked(hall, mine, 8, 9)
    again = booked(hall, mine, 10, 11)

    priced = price_again(again)

    assert (again.had_before, again.total_cents) == (1, 800)
    with force_locale("en"):
        assert reason_text(priced) == "You get a discount, because you come here often."
        assert line_text(priced.quote.lines[-1]) == "Discount for a group that comes often"


def test_more_coffee_is_told_before_it_is_saved_and_leaves_the_room_at_its_price(
    hall, cafe, bram, booked, sign_in
):
    a_recognition(cafe, Kind.SOCIAL_ENTERPRISE)
    booking = booked(hall, cafe, 10, 12)
    coffee = an_extra(hall.venue, "Koffie", slug="koffie", stock=None)
    card = db.session.query(RateCard).filter_by(venue_id=hall.venue_id).one()
    card.extra_rates = [ExtraRate(extra_id=coffee.id, measure=Measure.PERSON, cents=150)]
    db.session.commit()
    browser, address = sign_in(bram), f"/me/bookings/{booking.id}/extras"

    first = browser.post(address, data={"extra-koffie": "1"})

    assert first.status_code == 200
    assert booking.total_cents == 700
    assert field_value(first, "seen") == "2200"
    assert browser.post(address, data={"extra-koffie": "1", "seen": "2200"}).status_code == 303
    assert (booking.total_cents, booking.surcharge_cents) == (2200, 1500)


def test_coffee_that_comes_later_is_for_everybody_in_the_rooms_that_go_together(hall, cafe, bram):
    side = a_room(hall.venue, capacity=8, approval=Approval.ALWAYS)
    everybody = hall.capacity + 5
    wish = a_wish(friday(10, 12), people=everybody)
    both = book_together([hall, side], wish, by=bram, for_=cafe)
    coffee = an_extra(hall.venue, "Koffie", slug="koffie", stock=None)
    card = db.session.query(RateCard).filter_by(venue_id=hall.venue_id).one()
    card.extra_rates = [ExtraRate(extra_id=coffee.id, measure=Measure.PERSON, cents=100)]
    db.session.commit()
    before = both[0].total_cents

    change_extras(both[0].id, (Wanted(coffee.id, 1),), by=bram)

    assert both[0].total_cents == before + everybody * 100
