"""Random days of a house as its door sees them, and what somebody promised."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st

from buurthuis.rules.opening import DayPart
from buurthuis.rules.periods import Period
from buurthuis.rules.sessions import CutAt, Habits, Use
from buurthuis.rules.shifts import Part, Promise
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at

DEEP = 2000


def many() -> int:
    """Ten thousand random days where one looks deep; else as many as usual."""
    usual = settings().max_examples
    return 10_000 if usual >= DEEP else usual


PARTS = (
    DayPart("morning", 540, 780),
    DayPart("afternoon", 780, 1020),
    DayPart("evening", 1020, 1380),
)
FEW = st.integers(0, 2)

periods = st.builds(
    lambda day, start, length: Period(
        at(0, day) + timedelta(minutes=15 * start),
        at(0, day) + timedelta(minutes=15 * (start + length)),
    ),
    st.sampled_from([FRIDAY, SPRING, AUTUMN]),
    st.integers(-8, 200),  # two days, over midnight and the change of the clock
    st.integers(1, 24),
)

habits = st.builds(
    Habits,
    merge_gap=st.sampled_from([0, 15, 60, 120]),
    lead_in=st.sampled_from([0, 10, 15, 60]),
    lead_out=st.sampled_from([0, 5, 15, 45]),
    longest=st.sampled_from([None, None, 60, 180, 360]),
    cut_at=st.sampled_from(CutAt),
    hand_over=st.sampled_from([0, 15, 30]),
    openers=FEW,
    closers=FEW,
    hosts=FEW,
)


@st.composite
def uses(draw: st.DrawFn, *, only_certain: bool = False) -> list[Use]:
    """Up to a dozen bookings of a house, some of which only may come, and some open themselves."""
    numbers = draw(st.lists(st.integers(1, 40), unique=True, max_size=12))
    sure = st.just(True) if only_certain else st.sampled_from([True, True, False])
    rare = st.sampled_from([False, False, False, True])
    return [Use(number, draw(periods), draw(sure), draw(rare)) for number in numbers]


@st.composite
def promises(draw: st.DrawFn, shifts: list, bookings_of: dict) -> list[Promise]:
    """What people promised for some of these shifts, in some order, each part once."""
    wanted = [(shift, part) for shift in shifts for part in Part]
    chosen = draw(st.lists(st.sampled_from(wanted), unique=True, max_size=8)) if wanted else []
    return [
        Promise(number, *shift.name, part, shift.period, frozenset(bookings_of[shift.session]))
        for number, (shift, part) in enumerate(chosen, start=1)
    ]
