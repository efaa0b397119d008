"""What comes on top of a room, as programs ask for it: the worked table of the house rules, over HTTP."""

from datetime import date, timedelta

import pytest

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.charges import Measure
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.charge_models import ExtraRate, Reduction, Surcharge
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Approval
from tests.api.asking import wish
from tests.builders import (
    FRIDAY,
    a_person,
    a_recognition,
    a_room,
    a_venue,
    an_extra,
    an_initiative,
    on,
)
from tests.rules.test_docs import MORE, cents, clocks, named

SATURDAY_AND_SUNDAY = 0b1100000
SURCHARGES = {
    "weekend": {"measure": Measure.SHARE, "amount": 5000, "weekdays": SATURDAY_AND_SUNDAY},
    "late": {
        "measure": Measure.HOUR,
        "amount": 500,
        "starts_minute": 22 * 60,
        "ends_minute": 26 * 60,
    },
    "administration": {"measure": Measure.BOOKING, "amount": 750, "vat_bp": 2100},
}
EXTRAS = {
    "coffee": {"measure": Measure.PERSON, "cents": 150, "vat_bp": 900},
    "beamer": {"measure": Measure.BOOKING, "cents": 1000},
}


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def cafe(bram):
    cafe = an_initiative(bram)
    a_recognition(cafe, Kind.RESIDENT_INITIATIVE)
    return cafe


@pytest.fixture
def hall(app):
    return a_room(a_venue("blue"), slug="hall", approval=Approval.ALWAYS)


def asks(room, *names):
    """Let the card of a room ask this, and lend what is asked for; gives the extras as an address says."""
    card = db.session.query(RateCard).one()
    card.surcharges = [
        Surcharge(name=name, **SURCHARGES[name]) for name in names if name in SURCHARGES
    ]
    lent = {
        name: an_extra(room.venue, name, slug=name, stock=None) for name in names if name in EXTRAS
    }
    card.extra_rates = [ExtraRate(extra_id=each.id, **EXTRAS[name]) for name, each in lent.items()]
    db.session.commit()
    return ",".join(lent)


@pytest.mark.parametrize("row", MORE, ids=named)
def test_the_table_of_the_house_rules_is_what_is_quoted(program, bram, cafe, hall, row):
    day = FRIDAY + timedelta(days=row["day"] == "Saturday")
    period = on(day, *(each / 60 for each in clocks(row["time"])))
    extras = asks(hall, *row["asks"].split(", "))
    more = {
        **({"extras": extras} if extras else {}),
        **({"people": row["people"]} if row["people"] else {}),
        **({"initiative": cafe.id} if row["pays"] == "0 %" else {}),
    }

    when = {"from_": period.start.isoformat(), "to": period.end.isoformat()}
    quoted = program(bram).get("/quote", room="hall", **when, **more).body

    told = [quoted[name] for name in ("list_cents", "surcharge_cents", "vat_cents", "total_cents")]
    assert told == [cents(row[column]) for column in ("list", "surcharge", "VAT", "total")]


def test_what_is_booked_costs_what_was_quoted_and_coffee_follows_the_people(
    program, bram, cafe, hall
):
    asks(hall, "weekend", "administration", "coffee")
    api = program(bram)
    coffee = [{"slug": "coffee", "quantity": 1}]

    made = api.post("/bookings", wish(hall, cafe, 10, 12, people=12, extras=coffee)).body

    assert made["price"]["surcharge_cents"] == 750 + 1800
    booking = db.session.query(Booking).one()
    assert [line["name"] for line in booking.price_lines][-2:] == ["administration", "coffee"]
    assert booking.recognised_since == date(2020, 1, 1)
    address = f"/bookings/{made['id']}"
    fewer = api.patch(address, {"people": 10}).body["price"]
    assert fewer["surcharge_cents"] == 750 + 1500
    assert fewer["discount_cents"] == made["price"]["discount_cents"]
    without = api.patch(address, {"extras": []}).body["price"]
    assert without["surcharge_cents"] == 750
    assert without["total_cents"] == 750 + 158


def test_days_of_a_series_cost_more_in_the_weekend_and_less_once_there_are_many(
    program, bram, hall
):
    group = an_initiative(bram)
    asks(hall, "weekend")
    card = db.session.query(RateCard).one()
    card.reductions = [Reduction(reason=Reason.FREQUENT, off_bp=1000, from_nth=4, per=Span.MONTH)]
    db.session.commit()

    daily = {**wish(hall, group, 10, 12), "rrule": "FREQ=DAILY;COUNT=5"}
    made = program(bram).post("/series", daily).body["booked"]

    assert [each["price"]["total_cents"] for each in made] == [2000, 3000, 3000, 1800, 1800]
    booked = db.session.query(Booking).order_by(Booking.from_at)
    assert [each.had_before for each in booked] == [0, 1, 2, 3, 4]


def test_extras_that_make_no_sense_are_explained(anybody, hall):
    asks(hall, "coffee")
    when = {"from_": "2026-03-13T10:00:00+01:00", "to": "2026-03-13T12:00:00+01:00"}

    for extras in ("piano", "coffee:0", "coffee:many", "coffee:" + "9" * 400, ",".join("a" * 200)):
        refused = anybody.get("/quote", room="hall", extras=extras, **when)
        assert (refused.status, list(refused.errors)) == (422, ["extras"])
