"""Random houses for a few days: overlaps, midnights and changes of the clock.

Times are whole quarters of an hour, or with a `step` of 1 any minute.
"""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from buurthuis.rules.calendar import moment, moment_forgiving
from buurthuis.rules.figures.facts import (
    Facts,
    Fate,
    Frame,
    Head,
    Part,
    SpaceFrame,
    Use,
    Watch,
    Work,
)
from buurthuis.rules.periods import Period, merge
from tests.rules.moments import AUTUMN, FRIDAY, SPRING

A_DAY = timedelta(days=1)
QUARTER = 15
VENUE = 7
SPACES = (1, 2, 3)
PARTS = {"morning": (540, 780), "afternoon": (780, 1020), "evening": (1020, 1500)}
STANDINGS = ("resident_initiative", "private", "students", "")
HEADS = (None, Head(1, 5, 6), Head(11, 20, 31), Head(40, 40, 80))

days = st.sampled_from([FRIDAY, SPRING, AUTUMN, SPRING - A_DAY, date(2026, 12, 31)])


@st.composite
def periods(draw, day: date, step: int, longest: int = 600) -> Period:
    """Up to ten hours, on the day itself or over one of its midnights."""
    passing = timedelta(minutes=step)
    start = moment(day, 0) + passing * draw(st.integers(-450 // step, 1500 // step))
    return Period(start, start + passing * draw(st.integers(1, longest // step)))


@st.composite
def uses_of(draw, number: int, day: date, step: int) -> Use:
    """One booking of one space or more, of whatever fate."""
    around = st.sampled_from([0, 0, step, 45, 120])
    return Use(
        id=number,
        venue=VENUE,
        room=draw(st.integers(1, 2)),
        spaces=draw(st.frozensets(st.sampled_from(SPACES), min_size=1)),
        initiative=draw(st.integers(1, 3)),
        period=draw(periods(day, step)),
        before_minutes=draw(around),
        after_minutes=draw(around),
        fate=draw(st.sampled_from([Fate.REALISED, Fate.REALISED, *Fate])),
        is_asked=draw(st.booleans()),
        standing=draw(st.sampled_from(STANDINGS)),
        theme=draw(st.sampled_from(["food", ""])),
        series=draw(st.sampled_from([None, 1, 2])),
        head=draw(st.sampled_from(HEADS)),
        capacity=draw(st.sampled_from([0, 40])),
        list_cents=draw(st.integers(0, 500)),
        given_cents=draw(st.integers(0, 500)),
        income_cents=draw(st.integers(0, 500)),
        answered_in_minutes=draw(st.sampled_from([None, 5, 59, 60, 1500])),
    )


@st.composite
def frames(draw, day: date, step: int) -> Frame:
    """Up to three spaces with hours of their own; now and then nothing is open at all."""
    windows = st.lists(periods(day, step, 1440), max_size=3).map(lambda each: tuple(merge(each)))
    areas = st.sampled_from([None, Fraction(40), Fraction(61, 2)])
    spaces = tuple(SpaceFrame(each, VENUE, draw(windows), draw(areas)) for each in SPACES)
    parts = tuple(
        Part(each, name, Period(moment_forgiving(each, start), moment_forgiving(each, end)))
        for each in (day - A_DAY, day, day + A_DAY)
        for name, (start, end) in PARTS.items()
    )
    return Frame(VENUE, spaces[: draw(st.integers(1, 3))], draw(windows), parts)


def work_of(day: date) -> st.SearchStrategy[Work]:
    """A shift of somebody around that day."""
    minutes = st.integers(0, 300)
    near = st.sampled_from([day - A_DAY, day, day + A_DAY])
    return st.builds(
        Work, st.just(VENUE), st.integers(1, 3), near, minutes, st.booleans(), st.booleans()
    )


def watches_of(day: date) -> st.SearchStrategy[Watch]:
    """A shift that had to be done around that day."""
    near = st.sampled_from([day - A_DAY, day])
    ahead, hours = (st.sampled_from([None, *each]) for each in ((0, 6, 7, 30), (0, 1, 50)))
    return st.builds(Watch, st.just(VENUE), near, st.booleans(), ahead, hours)


@st.composite
def facts(draw, step: int = QUARTER) -> tuple[Facts, date]:
    """A house around a day, and that day."""
    day = draw(days)
    count = draw(st.integers(0, 7))
    uses = tuple(draw(uses_of(number, day, step)) for number in range(1, count + 1))
    work = tuple(draw(st.lists(work_of(day), max_size=3)))
    watches = tuple(draw(st.lists(watches_of(day), max_size=3)))
    return Facts(draw(frames(day, step)), uses, work, watches), day
