"""Combination: the cheapest parts and hours that cover a booking."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.combination import cheapest
from buurthuis.rules.periods import Period
from buurthuis.rules.tariffs import (
    BlockRate,
    HourRate,
    NoRate,
    PartRate,
    RoomRates,
    quote,
)
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at, span
from tests.rules.rates import (
    AFTERNOON,
    EVENING,
    GARDEN_ROOM,
    LIST_PRICE,
    MORNING,
    block_rates,
    evenings,
    hour_rates,
    rooms,
)


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


def test_a_booking_of_a_week_is_priced_at_once():
    week = Period(at(18), at(22, FRIDAY + timedelta(days=6)))

    assert cheapest(week, GARDEN_ROOM).cents == 19 * 3750 + 6 * 10 * 1250


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
    block = st.builds(BlockRate, st.sampled_from([2000, 5000]), st.sampled_from([None, 120, 180]))
    return span(start, end), RoomRates(
        blocks=draw(st.lists(block, max_size=1)),
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
            [block] = room.blocks or [BlockRate(0, 1)]
            for blocks in range(10 if room.blocks else 1):
                covered = blocks * (block.minutes or 9999)
                minutes = max(0, len(left) - covered)
                paid = cost + block.cents * blocks
                rates = [room.hour, room.on_top if bought or blocks else None]
                if not minutes:
                    yield paid
                yield from (paid + rate.price(minutes) for rate in rates if minutes and rate)


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


@given(evenings(), st.integers(1, 600), block_rates, hour_rates)
def test_a_longer_booking_in_blocks_never_costs_less(period, more, block, hour):
    longer = period.widened(after_minutes=more)
    room = RoomRates(on_top=hour, blocks=[block])

    assert cheapest(period, room).cents <= cheapest(longer, room).cents


def test_of_all_that_is_sold_the_cheapest_is_bought():
    booking, block = BlockRate(9000), BlockRate(5000, 240)
    metres = HourRate(100, square_metres=Decimal(30))
    rates = RoomRates(hour=HourRate(4000), metre_hour=metres, blocks=[block, booking])

    assert [cheapest(span(10, ends), rates).cents for ends in (11, 14, 20)] == [3000, 5000, 9000]


def test_hours_on_top_may_follow_a_block():
    rates = RoomRates(blocks=[BlockRate(5000, 240)], on_top=HourRate(1000))

    bought = cheapest(span(10, 15), rates)
    assert (bought.blocks, bought.minutes, bought.cents) == (1, 60, 6000)


@given(evenings(), rooms)
def test_the_order_of_the_rates_does_not_matter(period, room):
    try:
        price = cheapest(period, room).cents
    except NoRate:
        return
    assert cheapest(period, replace(room, parts=room.parts[::-1])).cents == price
