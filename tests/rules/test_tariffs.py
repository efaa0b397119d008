"""Tariffs: the cheapest combination, explained line by line."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.combination import cheapest
from buurthuis.rules.money import half_up
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind
from buurthuis.rules.tariffs import (
    HourRate,
    LineKind,
    NoRate,
    PartRate,
    PartySurcharge,
    RoomRates,
    Terms,
    quote,
)
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at, span

LIST_PRICE = Terms()
FREE = Terms(Kind.RESIDENT_INITIATIVE, 0, "standing")
MORNING, AFTERNOON, EVENING = (
    PartRate("morning", 8 * 60, 12 * 60, 3750),
    PartRate("afternoon", 13 * 60, 17 * 60, 3750),
    PartRate("evening", 18 * 60, 22 * 60, 3750),
)
GARDEN_ROOM = RoomRates(
    on_top=HourRate(1250, only_on_top=True, rounding_minutes=60),
    parts=(MORNING, AFTERNOON, EVENING),
    free_gap_between_parts=True,
    vat_bp=2100,
)
BY_THE_HOUR = RoomRates(hour=HourRate(1000))


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


def test_hours_on_top_alone_buy_nothing():
    with pytest.raises(NoRate):
        quote(span(10, 12), RoomRates(on_top=HourRate(1250)), LIST_PRICE)
    with pytest.raises(NoRate):
        quote(span(10, 12), RoomRates(hour=HourRate(1250, only_on_top=True)), LIST_PRICE)


def test_the_hour_on_top_may_be_cheaper_than_the_hour_alone():
    rates = RoomRates(hour=HourRate(3000), on_top=HourRate(1000), parts=[EVENING])

    assert quote(span(17, 18), rates, LIST_PRICE).list_cents == 3000
    assert quote(span(17, 22), rates, LIST_PRICE).list_cents == 4750


def test_the_night_between_two_days_is_no_free_gap():
    assert cheapest(span(18, 36), GARDEN_ROOM).minutes == 10 * 60


def test_the_gap_around_a_part_one_skips_is_not_free():
    rates = replace(GARDEN_ROOM, parts=(MORNING, replace(AFTERNOON, cents=99_999), EVENING))

    assert cheapest(span(8, 22), rates).minutes == 6 * 60


def test_an_evening_past_midnight_stays_one_evening():
    rates = RoomRates(parts=[PartRate("evening", 18 * 60, 26 * 60, 9000)])

    assert quote(span(20, 25), rates, LIST_PRICE).list_cents == 9000
    assert quote(span(24.5, 26), rates, LIST_PRICE).list_cents == 9000
    with pytest.raises(NoRate):
        quote(span(25, 27), rates, LIST_PRICE)


def test_yesterdays_evening_is_not_sold_to_todays_morning():
    rates = RoomRates(on_top=HourRate(500), parts=[PartRate("late", 1200, 1500, 100)])

    assert cheapest(span(1.5, 2), rates).parts[0].name == "late"
    with pytest.raises(NoRate):
        quote(span(25.5, 26), RoomRates(parts=rates.parts), LIST_PRICE)


def test_a_whole_day_may_be_sold_beside_its_parts():
    day = PartRate("day", 8 * 60, 22 * 60, 10_000)
    rates = replace(GARDEN_ROOM, parts=(MORNING, AFTERNOON, EVENING, day))

    assert [part.name for part in cheapest(span(8, 22), rates).parts] == ["day"]
    assert quote(span(7, 23), rates, LIST_PRICE).list_cents == 12_500


def test_of_two_parts_at_the_same_time_the_cheaper_is_bought():
    dear, cheap = (PartRate(name, 480, 720, cents) for name, cents in [("a", 5000), ("b", 4000)])
    noon = PartRate("noon", 720, 960, 1000)

    for parts in ([dear, cheap, noon], [cheap, dear, noon]):
        assert cheapest(span(8, 16), RoomRates(parts=parts)).cents == 5000


def test_three_parts_in_a_row_cover_a_day():
    thirds = [PartRate(f"{start}", start, start + 240, 1000) for start in (480, 720, 960)]

    assert cheapest(span(8, 20), RoomRates(parts=thirds)).cents == 3000


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
@pytest.mark.parametrize(("start", "end"), [(0, 6), (20, 22), (-4, 4), (13, 22)])
def test_the_same_clock_times_cost_the_same_when_the_clock_changes(sunday, start, end):
    ordinary = FRIDAY + timedelta(days=2)
    rates = replace(GARDEN_ROOM, hour=HourRate(2000))

    changed = quote(span(start, end, sunday), rates, LIST_PRICE)
    assert changed == quote(span(start, end, ordinary), rates, LIST_PRICE)


def test_a_booking_of_two_weeks_is_priced_at_once():
    fortnight = Period(at(9), at(21, FRIDAY + timedelta(days=13)))

    assert cheapest(fortnight, GARDEN_ROOM).cents > 0


def quarters(draw, low, high):
    return draw(st.integers(low * 4, high * 4)) * 15


@st.composite
def part_rates(draw):
    starts = quarters(draw, 0, 22)
    ends = starts + quarters(draw, 1, 10)
    return PartRate(f"{starts}", starts, ends, draw(st.integers(0, 9000)))


hour_rates = st.builds(HourRate, st.integers(0, 4000), rounding_minutes=st.sampled_from([15, 60]))
rooms = st.builds(
    RoomRates,
    hour=st.none() | hour_rates,
    on_top=st.none() | hour_rates,
    parts=st.lists(part_rates(), max_size=4, unique_by=lambda part: part.starts),
    free_gap_between_parts=st.booleans(),
    vat_bp=st.sampled_from([None, 900, 2100]),
)
anybody = st.builds(
    Terms,
    percentage_bp=st.sampled_from([0, 1, 3500, 9999, 10_000, 15_000, 20_000]),
    party=st.none() | st.builds(PartySurcharge, st.integers(10_000, 30_000), st.integers(0, 9999)),
)


@st.composite
def evenings(draw):
    start = quarters(draw, 0, 20)
    end = start + quarters(draw, 1, 12)
    return span(start / 60, end / 60)


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
    assert 0 <= priced.discount_cents <= priced.list_cents
    for line in priced.lines:
        assert half_up(Fraction(line.quantity) * line.unit_cents) == line.cents


@st.composite
def busy_days(draw):
    """A booking and a room whose parts often meet, overlap and compete, all on one day."""
    hour = st.integers(8, 22)
    parts = [
        PartRate(f"{low}-{high}", low * 60, high * 60, draw(st.integers(1, 9)) * 1000)
        for low, high in draw(st.lists(st.tuples(hour, hour), max_size=5))
        if low < high
    ]
    start = draw(st.integers(8, 20))
    end = draw(st.integers(start + 1, 22))
    rates = st.none() | st.builds(HourRate, st.sampled_from([500, 1500, 4000]))
    return span(start, end), RoomRates(
        hour=draw(rates),
        on_top=draw(rates),
        parts=parts,
        free_gap_between_parts=draw(st.booleans()),
    )


def every_price(period, room):
    """All the list prices one could pay, found by trying every set of parts of the day."""
    start = round((period.start - at(0)).total_seconds()) // 60
    asked = set(range(start, start + period.minutes))
    for count in range(len(room.parts) + 1):
        for bought in combinations(sorted(room.parts, key=lambda part: part.starts), count):
            left = asked - {minute for part in bought for minute in range(part.starts, part.ends)}
            if room.free_gap_between_parts:
                left -= free_minutes(bought, room.parts)
            cost = sum(part.cents for part in bought)
            rates = [room.hour, room.on_top if bought else None]
            if not left:
                yield cost
            yield from (cost + rate.price(len(left)) for rate in rates if left and rate)


def free_minutes(bought, parts):
    """The gaps between two bought parts in which no whole part lies."""
    free = set()
    for earlier, later in combinations(bought, 2):
        gap = range(earlier.ends, later.starts)
        if not any(gap.start <= part.starts and part.ends <= gap.stop for part in parts):
            free.update(gap)
    return free


@given(busy_days())
def test_nothing_cheaper_can_be_bought(busy_day):
    period, room = busy_day
    prices = list(every_price(period, room))
    if not prices:
        with pytest.raises(NoRate):
            cheapest(period, room)
        return
    assert cheapest(period, room).cents == min(prices)


@given(evenings(), st.integers(1, 600), hour_rates)
def test_a_longer_booking_by_the_hour_never_costs_less(period, more, hour):
    longer = period.widened(after_minutes=more)
    room = RoomRates(hour=hour)

    assert cheapest(period, room).cents <= cheapest(longer, room).cents


@given(evenings(), rooms)
def test_the_order_of_the_rates_does_not_matter(period, room):
    try:
        price = cheapest(period, room).cents
    except NoRate:
        return
    assert cheapest(period, replace(room, parts=room.parts[::-1])).cents == price


def test_a_quantity_is_a_plain_number():
    assert quote(span(10, 12), BY_THE_HOUR, LIST_PRICE).lines[0].quantity == Decimal(2)
