"""Managers change opening hours from a day on; what holds before and after stays."""

from dataclasses import replace
from datetime import date

import pytest

from buurthuis.imports.actions import change
from buurthuis.imports.house import HouseHours
from buurthuis.imports.models import Part
from buurthuis.imports.queries import house_of
from buurthuis.pages.house.hour_plans import Plan, hours_changes, laid_over, plan_on, without
from tests.builders import a_confirmed_booking, friday

DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering"}
MONDAY, SUMMER, AUTUMN = date(2026, 3, 2), date(2026, 7, 1), date(2026, 9, 1)
LAST_OF_SUMMER = date(2026, 8, 31)


def week(opens, closes, first=None, last=None, room=None, days=range(7)):
    return tuple(HouseHours(day, opens * 60, closes * 60, room, first, last) for day in days)


def spans(house, day, room=None, weekday=0):
    return plan_on(house_of(house).opening_hours, room, day).on(weekday)


def test_a_plan_leaves_what_holds_before_and_after():
    always = week(8, 23)
    summer = Plan(None, SUMMER, LAST_OF_SUMMER, week(10, 18, SUMMER, LAST_OF_SUMMER))

    hours = laid_over(always, summer)

    found = [plan_on(hours, None, day).on(0) for day in (MONDAY, SUMMER, LAST_OF_SUMMER, AUTUMN)]
    assert found == [[(480, 1380)], [(600, 1080)], [(600, 1080)], [(480, 1380)]]


def test_a_plan_that_goes_leaves_all_as_it_was():
    always = week(8, 23)
    summer = Plan(None, SUMMER, LAST_OF_SUMMER, week(10, 18, SUMMER, LAST_OF_SUMMER))

    assert set(without(laid_over(always, summer), summer)) == set(always)


def test_a_plan_for_good_that_goes_lets_the_one_before_go_on():
    later = Plan(None, SUMMER, None, week(10, 18, SUMMER))

    assert set(without(laid_over(week(8, 23), later), later)) == set(week(8, 23))


def test_hours_of_a_room_touch_neither_the_house_nor_other_rooms():
    hours = (*week(8, 23), *week(9, 12, room="atelier"))
    evenings = Plan("zaal", None, None, week(18, 22, room="zaal"))

    assert set(hours) <= set(laid_over(hours, evenings))


def test_only_the_days_that_differ_are_told():
    after = laid_over(week(8, 23), Plan(None, SUMMER, None, (*week(8, 23, SUMMER, days=range(6)),)))

    (change,) = hours_changes(week(8, 23), after)

    assert (change.weekday, change.was, change.now, change.since) == (6, ((480, 1380),), (), SUMMER)


def test_hours_change_from_a_day_on(house, venue):
    page = house.fill_in(
        "/hours/week", valid_from=SUMMER.isoformat(), closes_0_0="21:00", **DECIDED
    )

    assert "Monday: was 08:00–23:00, now 08:00–21:00." in page.text
    assert "Decided by Bewonersvergadering" in page.text
    assert spans(venue, MONDAY) == [(480, 1380)]
    assert spans(venue, SUMMER) == [(480, 1260)]


def test_a_day_may_have_two_times_and_an_evening_may_pass_midnight(house, venue):
    typed = {"closes_4_0": "12:00", "opens_4_1": "18:00", "closes_4_1": "01:00"}
    house.fill_in("/hours/week", **typed, **DECIDED)

    assert spans(venue, date(2026, 3, 6), weekday=4) == [(480, 720), (1080, 1500)]


def test_an_empty_day_is_closed(house, venue):
    house.fill_in("/hours/week", opens_6_0="", closes_6_0="", **DECIDED)

    assert spans(venue, date(2026, 3, 8), weekday=6) == []


def test_monday_is_copied_without_script(house, venue):
    page = house.fill_in("/hours/week", closes_0_0="17:00", copy="workdays", **DECIDED)

    assert page.status_code == 200
    assert page.text.count('value="17:00"') == 5
    assert spans(venue, MONDAY) == [(480, 1380)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"closes_0_0": ""}, "Write both times, or leave both empty."),
        ({"closes_0_0": "half past"}, "Write a time such as 19:00."),
        ({"closes_0_0": "25:00"}, "Write a time such as 19:00."),
        ({"opens_0_0": "20:00", "closes_0_0": "14:00"}, "Close at noon of the next day"),
        ({"opens_0_1": "09:00", "closes_0_1": "23:00"}, "begins before the first one ends"),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, "lies before the first"),
        ({"decided_by": ""}, "Write who decided it"),
    ],
)
def test_hours_that_make_no_sense_are_explained(house, venue, typed, sentence):
    answer = house.fill_in("/hours/week", **{**DECIDED, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert spans(venue, MONDAY) == [(480, 1380)]


def test_a_room_may_be_open_shorter(house, venue):
    typed = {"opens_0_0": "18:00", "closes_0_0": "22:00", **DECIDED}
    house.fill_in("/hours/week?room=zaal", **typed)

    assert spans(venue, MONDAY, room="zaal") == [(1080, 1320)]
    assert spans(venue, MONDAY) == [(480, 1380)]
    assert "Zaal" in house.get("/hours").text


def test_a_plan_is_taken_away(house, venue):
    house.fill_in("/hours/week", valid_from=SUMMER.isoformat(), closes_0_0="21:00", **DECIDED)

    house.post("/hours/drop", **{"from": SUMMER.isoformat()})

    assert spans(venue, SUMMER) == [(480, 1380)]


def test_the_parts_of_the_day_get_other_names(house, venue):
    typed = {"name_0": "Ochtend", "name_2": "", "starts_2": "", "ends_2": ""}
    page = house.fill_in("/day-parts", **typed)

    assert page.status_code == 200
    assert [part.name for part in venue.day_parts] == ["Ochtend", "afternoon"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name_0": ""}, "Give this part of the day a name."),
        ({"ends_0": ""}, "Write a time such as 19:00."),
        ({"name_1": "morning"}, "This name is there twice."),
    ],
)
def test_parts_of_the_day_that_make_no_sense_are_explained(house, typed, sentence):
    answer = house.fill_in("/day-parts", **typed)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_bookings_outside_the_new_hours_stay_and_are_told(house, venue, room, amina):
    a_confirmed_booking(room, friday(10, 12), title="Breiclub")
    choir = a_confirmed_booking(room, friday(20, 22), title="Late koor")
    assert "Late koor" not in house.get("/hours").text

    change(
        venue.slug, lambda now: replace(now, opening_hours=week(8, 19)), part=Part.HOURS, by=amina
    )

    page = house.get("/hours").text
    assert "1 booking stays" in page
    assert "Late koor" in page
    assert "Breiclub" not in page
    assert choir.is_live
