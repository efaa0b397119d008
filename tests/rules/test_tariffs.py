"""Tariffs: a quote explained line by line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.charges import ExtraRate, Measure
from buurthuis.rules.money import half_up
from buurthuis.rules.tariffs import (
    HourRate,
    LineKind,
    NoRate,
    PartRate,
    PartySurcharge,
    RoomRates,
    Terms,
    quote,
    with_extras,
)
from tests.rules.moments import span
from tests.rules.rates import BY_THE_HOUR, FREE, GARDEN_ROOM, LIST_PRICE, anybody, evenings, rooms


def test_a_quote_explains_its_parts_and_hours():
    lines = quote(span(17, 22), GARDEN_ROOM, LIST_PRICE).lines

    assert [(line.kind, line.name, line.quantity, line.cents) for line in lines] == [
        (LineKind.PART, "evening", 1, 3750),
        (LineKind.HOUR, "", 1, 1250),
    ]


def test_the_same_part_on_two_days_is_one_line():
    rates = RoomRates(parts=[PartRate("day", 0, 1440, 5000)])
    (line,) = quote(span(10, 34), rates, LIST_PRICE).lines

    assert (line.quantity, line.unit_cents, line.cents) == (2, 5000, 10_000)


@pytest.mark.parametrize(
    ("rounding", "end", "hours"), [(15, 20, "10"), (15, 11.1, "1.25"), (20, 10.1, "0.3333")]
)
def test_hours_are_told_as_people_write_them(rounding, end, hours):
    rates = RoomRates(hour=HourRate(1000, rounding_minutes=rounding))

    assert str(quote(span(10, end), rates, LIST_PRICE).lines[0].quantity) == hours


def test_the_lines_of_a_room_share_its_vat_to_the_cent():
    priced = quote(span(17, 22), GARDEN_ROOM, LIST_PRICE)

    assert [line.vat_cents for line in priced.lines] == [788, 262]
    assert priced.vat_cents == 1050


def test_what_is_free_carries_no_vat():
    priced = quote(span(17, 22), GARDEN_ROOM, FREE)

    assert (priced.list_cents, priced.discount_cents) == (5000, 5000)
    assert (priced.vat_cents, priced.total_cents) == (0, 0)
    assert priced.lines[-1].kind is LineKind.DISCOUNT
    assert priced.lines[-1].name == priced.reason == "standing"


def test_cleaning_is_taxed_on_a_line_of_its_own():
    terms = Terms(party=PartySurcharge(20_000, 5001))
    cleaning = quote(span(18, 22), GARDEN_ROOM, terms, party=True).lines[-1]

    assert (cleaning.kind, cleaning.cents, cleaning.vat_cents) == (LineKind.CLEANING, 5001, 1050)


def test_exempt_lines_say_so():
    assert all(line.vat_bp is None for line in quote(span(10, 12), BY_THE_HOUR, FREE).lines)


def test_a_party_costs_no_more_where_the_house_asks_nothing_for_it():
    plain = quote(span(10, 12), BY_THE_HOUR, LIST_PRICE)

    assert quote(span(10, 12), BY_THE_HOUR, LIST_PRICE, party=True) == plain


def test_a_party_without_cleaning_only_multiplies():
    terms = Terms(party=PartySurcharge(20_000))

    assert quote(span(10, 12), BY_THE_HOUR, terms, party=True).surcharge_cents == 2000


def test_a_party_is_no_reason_to_pay_less():
    terms = Terms(percentage_bp=20_000, party=PartySurcharge(15_000))

    assert quote(span(10, 12), BY_THE_HOUR, terms, party=True).total_cents == 4000


def test_the_deposit_is_told_and_not_charged():
    priced = quote(span(10, 12), BY_THE_HOUR, Terms(deposit_cents=10_000))

    assert (priced.deposit_cents, priced.total_cents) == (10_000, 2000)


@given(evenings(), rooms, anybody, st.booleans())
def test_a_quote_adds_up_and_is_never_negative(period, room, terms, party):
    try:
        priced = quote(period, room, terms, party=party)
    except NoRate:
        return
    without_vat = priced.list_cents - priced.discount_cents + priced.surcharge_cents
    assert priced.total_cents == without_vat + priced.vat_cents
    assert priced.total_cents == sum(line.cents + line.vat_cents for line in priced.lines)
    assert min(priced.discount_cents, priced.surcharge_cents, priced.vat_cents) >= 0
    assert 0 <= priced.discount_cents <= priced.list_cents + priced.surcharge_cents
    for line in priced.lines:
        assert half_up(Fraction(line.quantity) * line.unit_cents) == line.cents


@given(evenings(), rooms, anybody, st.integers(0, 9), st.none() | st.integers(1, 40))
def test_other_extras_change_their_own_lines_and_no_others(period, room, terms, many, people):
    coffee, beamer = (
        ExtraRate("coffee", Measure.PERSON, 150, 900),
        ExtraRate("beamer", Measure.HOUR, 5),
    )
    try:
        before = quote(period, room, terms, extras={beamer: 2}, people=12)
    except NoRate:
        return

    after = with_extras(before, period, {coffee: many, beamer: 1}, people)

    assert after == quote(period, room, terms, extras={coffee: many, beamer: 1}, people=people)
    assert with_extras(after, period, {beamer: 2}, 12) == before


def test_the_normal_price_is_told_with_its_vat():
    priced = quote(span(17, 22), GARDEN_ROOM, FREE)

    assert (priced.normal_cents, priced.total_cents) == (6050, 0)
