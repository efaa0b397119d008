"""The worked tables of docs/rules/sessions.md are true."""

import pytest

from buurthuis.rules.calendar import day_period, minute_of
from buurthuis.rules.opening import DayPart
from buurthuis.rules.sessions import CutAt, Habits, Use, open_sessions
from buurthuis.rules.shifts import Part, Promise, ShiftKind, settle, shifts_of
from tests.rules.moments import FRIDAY, span
from tests.rules.test_docs import clock, clocks, tables

SESSIONS, CUTS, KINDS, SHIFTS, PROMISES = tables("sessions.md")
PARTS = [DayPart(str(one), one * 60, two * 60) for one, two in ((9, 13), (13, 17), (17, 23))]


def uses_of(text, themselves=""):
    own = themselves.split(", ")
    return [
        Use(number, hours(each), opens_itself=each in own)
        for number, each in enumerate(filter(None, text.split(", ")), start=1)
    ]


def hours(text):
    return span(*(minute / 60 for minute in clocks(text)))


def told(period):
    return f"{shown(period.start)}–{shown(period.end)}"


def shown(moment):
    minutes = minute_of(moment) + (1440 if moment >= day_period(FRIDAY).end else 0)
    return f"{minutes // 60}:{minutes % 60:02d}"


@pytest.mark.parametrize("row", SESSIONS, ids=lambda row: row["bookings"])
def test_the_page_tells_when_a_house_is_open(row):
    found = open_sessions(uses_of(row["bookings"], row["open themselves"]), Habits())

    assert " and ".join(told(each.period) for each in found) == row["session"]
    asked = [each.asks for each in found if each.asks]
    assert " and ".join(map(told, asked)) == row["asks"].replace("nobody", "")


@pytest.mark.parametrize("row", CUTS, ids=lambda row: f"{row['bookings']} {row['at most']}")
def test_the_page_tells_where_a_session_is_cut(row):
    longest = clock(row["at most"]) if row["at most"] else None
    habits = Habits(longest=longest, cut_at=CutAt(row["cut at"]))

    (found,) = open_sessions(uses_of(row["bookings"]), habits, PARTS)

    assert ", ".join(map(shown, found.cuts)) == row["is cut at"]


@pytest.mark.parametrize("row", SHIFTS, ids=lambda row: row["shifts"])
def test_the_page_tells_what_there_is_to_do(row):
    people = {kind: int(row[kind]) for kind in ("openers", "closers", "hosts")}
    habits = Habits(longest=360, **people)

    (found,) = open_sessions(uses_of(row["bookings"]), habits, PARTS)

    named = [f"{each.kind} {told(each.period)}" for each in shifts_of(found, habits)]
    assert ", ".join(named) == row["shifts"]


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row["later"])
def test_the_page_tells_what_becomes_of_a_promise(row):
    habits = Habits()
    (before,) = open_sessions([Use(9, span(19, 21))], habits)
    opens = shifts_of(before, habits)[0]
    promise = Promise(1, *opens.name, Part.HOLDER, opens.period, frozenset({9}))
    later = uses_of(row["later"].removeprefix("none"))
    if later:
        later[-1] = Use(9, later[-1].period)

    settled = settle(open_sessions(later, habits), habits, [promise])

    fate = "free" if settled.freed else "told" if settled.moved else "stays"
    assert fate == row["promise"]


def test_the_page_has_all_its_rows():
    assert [len(each) for each in (SESSIONS, CUTS, SHIFTS, PROMISES)] == [8, 7, 5, 7]
    assert [row["kind"].strip("`") for row in KINDS] == list(ShiftKind)
