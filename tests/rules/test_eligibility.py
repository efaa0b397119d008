"""Who may do a shift: nobody without the key, and nobody in two places at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurthuis.rules.eligibility import (
    HARD,
    Fitness,
    Hindrance,
    InHouse,
    Neighbourhood,
    Rest,
    Task,
    hard,
    hindrances,
)
from buurthuis.rules.offered_times import NO_TIMES, Offered, Otherwise, Times
from buurthuis.rules.periods import Period
from tests.rules.moments import AUTUMN, FRIDAY, SPRING, at, span

HERE, THERE, FAR = 1, 2, 3
AMINA, BRAM, LENA = 1, 2, 3
ALWAYS = Offered(tuple(Times(weekday, 0, 1440) for weekday in range(7)))
READY = InHouse(has_role=True, trained_on=date(2026, 1, 5), has_key=True)
SATURDAY = FRIDAY + timedelta(days=1)
EVENING = Task(HERE, 10, "open", span(18, 18.25))

amina = Fitness(
    AMINA,
    "Amina",
    houses={HERE: READY, THERE: READY, FAR: READY},
    offered=ALWAYS,
    around=Neighbourhood({(HERE, FAR): 50}, {HERE: Rest(600, 1320)}),
)


def amina_where(house: InHouse) -> Fitness:
    return replace(amina, houses={HERE: house})


def test_whoever_is_trained_holds_the_key_and_is_there_may():
    assert hindrances(amina, EVENING, []) == []


@pytest.mark.parametrize(
    ("house", "why"),
    [
        (replace(READY, has_role=False), Hindrance.NO_ROLE),
        (replace(READY, role_until=FRIDAY - timedelta(days=1)), Hindrance.NO_ROLE),
        (replace(READY, trained_on=None), Hindrance.NOT_TRAINED),
        (replace(READY, trained_on=SATURDAY), Hindrance.NOT_TRAINED),
        (replace(READY, is_learner=True, mentor=BRAM), Hindrance.NOT_TRAINED),
        (replace(READY, stopped_on=FRIDAY), Hindrance.STOPPED),
        (replace(READY, has_key=False), Hindrance.NO_KEY),
        (replace(READY, role_until=FRIDAY), None),
        (replace(READY, stopped_on=SATURDAY), None),
        (replace(READY, has_key=False, needs_key=False), None),
    ],
)
def test_role_training_and_key_count_in_that_house_on_that_day(house, why):
    assert hindrances(amina_where(house), EVENING, []) == ([why] if why else [])


def test_whoever_hosts_needs_no_key_for_somebody_else_opened():
    keyless = amina_where(replace(READY, has_key=False))

    assert hindrances(keyless, replace(EVENING, kind="host"), []) == []
    assert hindrances(keyless, replace(EVENING, kind="handover"), []) == [Hindrance.NO_KEY]


def test_in_a_house_where_nobody_knows_them_they_do_nothing():
    dirk = Fitness(4, "Dirk", offered=ALWAYS)

    assert hindrances(dirk, EVENING, []) == [
        Hindrance.NO_ROLE,
        Hindrance.NOT_TRAINED,
        Hindrance.NO_KEY,
    ]


def test_a_learner_comes_along_with_their_mentor_only():
    learner = amina_where(InHouse(has_role=True, is_learner=True, mentor=BRAM))
    along = replace(EVENING, part="learner")

    assert hindrances(learner, along, []) == [Hindrance.ALONE]
    assert hindrances(learner, replace(along, with_people=frozenset({LENA})), []) == [
        Hindrance.ALONE
    ]
    assert hindrances(learner, replace(along, with_people=frozenset({BRAM})), []) == []


def test_opening_hosting_and_closing_of_one_session_go_together():
    host = replace(EVENING, kind="host", period=span(18, 22))
    close = replace(EVENING, kind="close", period=span(21.75, 22))

    assert hindrances(replace(amina, most_a_week=9), EVENING, [host, close]) == []


def test_nobody_is_both_people_of_one_shift():
    assert hindrances(amina, EVENING, [replace(EVENING, part="backup")]) == [Hindrance.OVERLAP]


def test_two_sessions_at_once_are_an_overlap():
    other = Task(THERE, 11, "host", span(17, 19))

    assert hindrances(amina, EVENING, [other]) == [Hindrance.OVERLAP]


@pytest.mark.parametrize(
    ("venue", "ends", "why"),
    [
        (THERE, 17.5, []),
        (THERE, 17.75, [Hindrance.TRAVEL]),
        (FAR, 17.25, [Hindrance.TRAVEL]),
        (FAR, 17, []),
        (HERE, 18, []),
    ],
)
def test_between_two_houses_there_is_time_to_travel_both_ways(venue, ends, why):
    other = Task(venue, 11, "host", span(16, ends))

    assert hindrances(amina, EVENING, [other]) == why
    assert hindrances(amina, other, [EVENING]) == why


@pytest.mark.parametrize(
    ("closed_at", "opens_at", "why"),
    [
        (21.75, 7, []),
        (22, 7, [Hindrance.REST]),
        (22, 8, []),
        (24.5, 10, [Hindrance.REST]),
        (24.5, 10.5, []),
    ],
)
def test_whoever_closes_late_rests_also_past_midnight(closed_at, opens_at, why):
    late = Task(HERE, 9, "close", span(closed_at - 0.25, closed_at))
    early = Task(HERE, 12, "open", span(opens_at, opens_at + 0.25, SATURDAY))

    assert hindrances(amina, early, [late]) == why
    assert hindrances(amina, late, [early]) == why


def test_a_learner_and_a_host_need_no_rest_for_they_did_not_close():
    late = Task(HERE, 9, "close", span(22.75, 23), part="learner", with_people=frozenset({BRAM}))
    early = Task(HERE, 12, "open", span(7, 7.25, SATURDAY))

    assert hindrances(amina, early, [late]) == []
    assert hindrances(amina, early, [replace(late, kind="host", part="holder")]) == []


def test_more_than_most_a_week_is_too_many_from_monday_to_sunday():
    sunday = Task(HERE, 20, "open", span(10, 10.25, FRIDAY + timedelta(days=2)))
    monday = Task(HERE, 21, "open", span(10, 10.25, FRIDAY + timedelta(days=3)))
    wednesday = Task(HERE, 22, "open", span(10, 10.25, FRIDAY - timedelta(days=2)))
    backup = replace(EVENING, part="backup")

    assert hindrances(amina, EVENING, [sunday, wednesday]) == [Hindrance.TOO_MANY]
    assert hindrances(amina, EVENING, [sunday, monday]) == []
    assert hindrances(amina, EVENING, [sunday, replace(wednesday, part="learner")]) == []
    assert hindrances(amina, backup, [sunday, wednesday]) == []
    assert hard([Hindrance.TOO_MANY, Hindrance.NO_KEY]) == [Hindrance.NO_KEY]


WEEK = Offered(
    weekly=(Times(4, 17 * 60, 20 * 60), Times(4, 20 * 60, 25 * 60, is_liked=True)),
)


@pytest.mark.parametrize(
    ("period", "is_there", "is_glad"),
    [
        (span(17, 18), True, False),
        (span(16.75, 18), False, False),
        (span(19, 24.5), True, False),
        (span(20, 25), True, True),
        (span(24.25, 25.25), False, False),
        (span(17, 18, SATURDAY), False, False),
    ],
)
def test_times_of_the_week_join_and_run_into_the_night(period, is_there, is_glad):
    assert WEEK.covers(period) == is_there
    assert WEEK.comes_gladly(period) == is_glad


def test_the_shortest_entry_about_a_day_says_how_it_is():
    summer = Otherwise(FRIDAY - timedelta(days=20), FRIDAY + timedelta(days=20), (600, 720))
    holiday = Otherwise(FRIDAY - timedelta(days=3), FRIDAY + timedelta(days=3))
    back = Otherwise(FRIDAY, FRIDAY, (1080, 1200))
    gone = Otherwise(FRIDAY, FRIDAY)

    assert Offered(otherwise=(summer,)).covers(span(10, 12))
    assert not replace(WEEK, otherwise=(summer,)).covers(span(17, 18))
    assert Offered(otherwise=(summer, holiday)).is_away(FRIDAY)
    assert Offered(otherwise=(summer, holiday, back)).covers(span(18, 19))
    assert not Offered(otherwise=(back, gone)).covers(span(18, 19))
    assert not Offered(otherwise=(back,)).comes_gladly(span(18, 19))


def test_outside_their_times_is_told_apart_from_being_away():
    at_night = replace(EVENING, period=span(24.25, 24.5))
    away_tomorrow = replace(WEEK, otherwise=(Otherwise(SATURDAY, SATURDAY),))
    late = replace(EVENING, period=span(25, 25.5))

    assert hindrances(replace(amina, offered=NO_TIMES), EVENING, []) == [Hindrance.NOT_THEN]
    assert hindrances(replace(amina, offered=away_tomorrow), at_night, []) == []
    assert hindrances(replace(amina, offered=away_tomorrow), late, []) == [Hindrance.AWAY]
    assert not NO_TIMES.has_said_when
    assert WEEK.has_said_when
    assert Offered(otherwise=(Otherwise(FRIDAY, FRIDAY, (0, 60)),)).has_said_when


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_both_clock_changes_lie_in_the_night_that_was_offered(day):
    night = Offered((Times(5, 22 * 60, 30 * 60),))
    gap = Offered((Times(6, 120, 180),))

    assert night.covers(Period(at(22, day - timedelta(days=1)), at(6, day)))
    assert gap.covers(Period(at(3, AUTUMN) - timedelta(hours=1), at(3, AUTUMN)))
    assert not gap.covers(span(3, 3.5, SPRING))


tasks = st.builds(
    lambda venue, session, kind, part, start, minutes: Task(
        venue,
        session * 10 + venue,
        kind,
        Period(at(0) + timedelta(minutes=start), at(0) + timedelta(minutes=start + minutes)),
        part=part,
    ),
    st.sampled_from([HERE, THERE, FAR]),
    st.integers(1, 3),
    st.sampled_from(["open", "close", "host", "handover"]),
    st.sampled_from(["holder", "backup"]),
    st.integers(0, 4000),
    st.integers(1, 300),
)


@given(tasks, tasks)
def test_whether_two_shifts_go_together_does_not_depend_on_which_came_first(one, other):
    between = {Hindrance.OVERLAP, Hindrance.TRAVEL, Hindrance.REST}

    assert between & set(hindrances(amina, one, [other])) == between & set(
        hindrances(amina, other, [one])
    )


@given(tasks, st.lists(tasks, max_size=5), st.randoms())
def test_more_promises_never_make_a_shift_possible_and_their_order_is_nothing(
    shift, others, chance
):
    found = hindrances(amina, shift, others)
    shuffled = chance.sample(others, len(others))

    assert hindrances(amina, shift, shuffled) == found
    assert set(hindrances(amina, shift, others[:-1])) <= set(found)
    assert set(hard(found)) == set(found) & HARD


@given(st.integers(0, 8), st.integers(0, 1439), st.integers(1, 1440), st.integers(0, 600))
def test_a_time_covers_exactly_the_shifts_that_lie_in_it(day, starts, length, minutes):
    night = FRIDAY + timedelta(days=day)
    offered = Offered((Times(night.weekday(), starts, starts + length),))
    shift = Period(at(19, night), at(19, night) + timedelta(minutes=minutes + 1))

    lies_in_it = starts <= 19 * 60 and 19 * 60 + minutes + 1 <= starts + length
    assert offered.covers(shift) == lies_in_it
