"""A small house and one week that was counted by hand: what docs/rules/figures.md tells, as values.

`BOOKINGS`, `WORK`, `WATCHES` and `VALUES` are rows of that page, for whoever builds the same week in a
database; `FACTS` and `BESIDE` are the same for the rules.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from buurthuis.rules.calendar import moment
from buurthuis.rules.figures.facts import (
    Beside,
    Facts,
    Fate,
    Frame,
    Head,
    Outcome,
    Part,
    SpaceFrame,
    Use,
    Watch,
    Work,
)
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.periods import Period, subtract
from tests.rules.test_docs import cents, clock, clocks, tables

NIGHTS, SHARED, SPACES, BOOKINGS, WORK, WATCHES, VALUES, DISPLACED = tables("figures.md")

MONDAY = date(2026, 10, 5)
SPAN = Span(MONDAY, MONDAY + timedelta(days=7))
EARLIER = date(2025, 9, 1)
"""Groups that were here before were here on this day, and nothing is known of before it."""
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
VENUE = 1
ROOMS = {"left": 1, "right": 2, "kitchen": 3, "hall": 4}
SPACES_OF = {"left": {1}, "right": {2}, "kitchen": {3}, "hall": {1, 2}}
CAPACITY = {"left": 40, "right": 20, "kitchen": 10, "hall": 60}
GROUPS = {"repair": 1, "choir": 2, "party": 3, "cooks": 4, "street": 5}
HERE_BEFORE = ("repair", "choir", "party")
SERIES = {"repair": 1, "choir": 2}
PEOPLE = {"Amina": 1, "Bram": 2, "Chandra": 3}
HOUSE_HOURS = {"Mon": (9, 22), "Tue": (9, 22), "Wed": (9, 22), "Thu": (9, 22)} | {
    "Fri": (9, 25),
    "Sat": (10, 18),
}
KITCHEN_HOURS = dict.fromkeys(WEEK[:5], (9, 17))
PARTS = {"morning": (9, 13), "afternoon": (13, 17), "evening": (17, 22)}
BANDS = {"11–20": Head(11, 20, 31), "21–40": Head(21, 40, 61)}


def day_named(name: str) -> date:
    """The day of the week that is told."""
    return MONDAY + timedelta(days=WEEK.index(name))


def hours(name: str, from_hour: int, to_hour: int) -> Period:
    """From one full hour to another, on a day of the week."""
    day = day_named(name)
    return Period(moment(day, 60 * from_hour), moment(day, 60 * to_hour))


def head_of(text: str) -> Head | None:
    """How many came, as the page tells it."""
    if not text:
        return None
    return BANDS[text] if text in BANDS else Head(int(text), int(text), 2 * int(text))


def use_of(row: dict[str, str]) -> Use:
    """One row of bookings."""
    day, (start, end) = day_named(row["day"]), clocks(row["time"])
    charged, listed = cents(row["charged"]), cents(row["list"])
    ran_out = row["became"] == "ran_out"
    return Use(
        id=int(row["nr"]),
        venue=VENUE,
        room=ROOMS[row["room"]],
        spaces=frozenset(SPACES_OF[row["room"]]),
        initiative=GROUPS[row["group"]],
        period=Period(moment(day, start), moment(day, end)),
        before_minutes=clock(row["set-up"] or "0"),
        after_minutes=clock(row["clearing"] or "0"),
        fate=Fate.OTHER if ran_out else Fate(row["became"]),
        is_asked=not ran_out,
        standing=row["standing"],
        theme=row["theme"],
        series=SERIES.get(row["series"]),
        head=head_of(row["people"]),
        capacity=CAPACITY[row["room"]],
        list_cents=listed,
        given_cents=max(0, listed - charged),
        income_cents=charged,
        answered_in_minutes=clock(row["answered in"]) if row["answered in"] else None,
    )


@dataclass(frozen=True)
class Value:
    """What a code must say; `shown` is rounded at four places."""

    code: str
    numerator: int | None
    denominator: int | None
    shown: str
    known: Fraction | None


def _value_of(row: dict[str, str]) -> Value:
    some, all_ = (int(row[each]) if row[each] else None for each in ("numerator", "denominator"))
    known = Fraction(row["known"]) if row["known"] else None
    return Value(row["code"], some, all_, row["value"], known)


def _frame() -> Frame:
    house = tuple(hours(name, *each) for name, each in HOUSE_HOURS.items())
    right = tuple(subtract(house, [hours("Wed", 13, 17)]))
    kitchen = tuple(hours(name, *each) for name, each in KITCHEN_HOURS.items())
    spaces = (
        SpaceFrame(1, VENUE, house, Fraction(40)),
        SpaceFrame(2, VENUE, right, Fraction(20)),
        SpaceFrame(3, VENUE, kitchen, None),
    )
    parts = tuple(
        Part(day_named(name), part, hours(name, *each))
        for name in WEEK
        for part, each in PARTS.items()
    )
    return Frame(VENUE, spaces, house, parts)


EXPECTED = {each.code: each for each in map(_value_of, VALUES)}
FACTS = Facts(
    frame=_frame(),
    uses=tuple(map(use_of, BOOKINGS)),
    work=tuple(
        Work(
            VENUE,
            PEOPLE[row["person"]],
            day_named(row["day"]),
            int(row["minutes"]),
            is_learner=row["as"] == "learner",
            is_supervised=row["supervised"] == "yes",
        )
        for row in WORK
    ),
    watches=tuple(
        Watch(
            VENUE,
            day_named(row["day"]),
            row["covered"] == "yes",
            int(row["days ahead"]) if row["days ahead"] else None,
            int(row["filled in hours"]) if row["filled in hours"] else None,
        )
        for row in WATCHES
    ),
)
BESIDE = Beside(
    logged_minutes={"board": 120, "cooking": 90},
    rates={
        "low": [(date(2026, 1, 1), 1200)],
        "mid": [(date(2026, 1, 1), 1500), (date(2026, 10, 1), 1800)],
        "high": [(date(2026, 10, 1), 2500)],
    },
    housing_costs_cents=35_000,
    contribution_cents=21_000,
    other_funds_cents=700,
    first_days={GROUPS[name]: EARLIER for name in HERE_BEFORE}
    | {GROUPS["cooks"]: day_named("Wed"), GROUPS["street"]: day_named("Sat")},
    known_since=EARLIER,
    outcomes=(
        Outcome(
            "BEZOEK",
            (100, 200),
            (Fraction(1, 2), Fraction(1, 4)),
            (Fraction(1, 2), Fraction(1)),
        ),
        Outcome(
            "LEER.HOURS",
            (2000, 3000),
            (Fraction(0), Fraction(0)),
            (Fraction(1), Fraction(1)),
        ),
    ),
    offered_minutes={PEOPLE["Amina"]: 720, PEOPLE["Bram"]: 720},
)
