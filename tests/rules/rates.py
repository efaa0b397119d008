"""Rates and terms for the tests of tariffs: those of a real room, and random ones."""

from decimal import Decimal

from hypothesis import strategies as st

from buurthuis.rules.charges import Measure, Surcharge, Window
from buurthuis.rules.standing import Kind
from buurthuis.rules.tariffs import (
    BlockRate,
    HourRate,
    PartRate,
    PartySurcharge,
    Reduction,
    RoomRates,
    Terms,
)
from tests.rules.moments import span

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


def quarters(draw, low, high):
    return draw(st.integers(low * 4, high * 4)) * 15


@st.composite
def part_rates(draw):
    starts = quarters(draw, 0, 22)
    ends = starts + quarters(draw, 1, 10)
    return PartRate(f"{starts}", starts, ends, draw(st.integers(0, 9000)))


hour_rates = st.builds(
    HourRate,
    st.integers(0, 4000),
    rounding_minutes=st.sampled_from([15, 60]),
    grace_minutes=st.integers(0, 14),
    square_metres=st.none() | st.sampled_from([Decimal("37.5"), Decimal(8)]),
)
block_rates = st.builds(
    BlockRate,
    st.integers(0, 9000),
    st.none() | st.sampled_from([60, 240]),
    st.sampled_from([0, 30]),
)
rooms = st.builds(
    RoomRates,
    hour=st.none() | hour_rates,
    on_top=st.none() | hour_rates,
    parts=st.lists(part_rates(), max_size=4, unique_by=lambda part: part.starts),
    blocks=st.lists(block_rates, max_size=2),
    free_gap_between_parts=st.booleans(),
    least_cents=st.sampled_from([0, 1500]),
    vat_bp=st.sampled_from([None, 900, 2100]),
)
windows = st.builds(
    Window,
    st.frozensets(st.integers(0, 6)),
    st.integers(0, 1440),
    st.integers(0, 2000),
).filter(lambda each: each.ends - each.starts <= 1440)  # a longer one would count an hour twice
surcharges = st.builds(
    Surcharge,
    st.just("late"),
    st.sampled_from([Measure.SHARE, Measure.HOUR, Measure.BOOKING]),
    st.integers(0, 20_000),
    windows,
    st.sampled_from([None, 900, 2100]),
)
anybody = st.builds(
    Terms,
    percentage_bp=st.sampled_from([0, 1, 3500, 9999, 10_000, 15_000, 20_000]),
    party=st.none() | st.builds(PartySurcharge, st.integers(10_000, 30_000), st.integers(0, 9999)),
    own_rates=st.none() | rooms,
    reductions=st.lists(
        st.builds(Reduction, st.just("starting"), st.integers(0, 10_000)), max_size=2
    ).map(tuple),
    surcharges=st.lists(surcharges, max_size=2).map(tuple),
)


@st.composite
def evenings(draw):
    start = quarters(draw, 0, 20)
    end = start + quarters(draw, 1, 12)
    return span(start / 60, end / 60)
