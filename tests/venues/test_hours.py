"""When a room can be booked: hours, holidays and closures, also in the weeks the clock changes."""

from datetime import date, timedelta

import pytest

from buurthuis.foundation.db import db
from buurthuis.rules.periods import Period
from buurthuis.venues.hours import bookable_windows, closures_of, dutch_holidays
from buurthuis.venues.models import OpeningHours, Venue
from buurthuis.venues.queries import bookable_rooms, room_by_slug
from tests.builders import FRIDAY, a_closure, a_room, a_venue, friday, on
from tests.venues.counting import counted

SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)

pytestmark = pytest.mark.usefixtures("app")


def with_hours(*hours: tuple[int, float, float]) -> Venue:
    """A house with these hours only: weekday, from and to in hours of the clock."""
    venue = a_venue()
    venue.opening_hours = [
        OpeningHours(
            weekday=weekday, opens_minute=round(opens * 60), closes_minute=round(closes * 60)
        )
        for weekday, opens, closes in hours
    ]
    db.session.commit()
    return venue


def windows(room_slug: str, first: date, last: date | None = None) -> list[Period]:
    return bookable_windows(room_by_slug(room_slug), first, last or first)


@pytest.mark.parametrize("day", [SPRING, AUTUMN, FRIDAY])
def test_nine_to_ten_stays_nine_to_ten_on_every_day(day):
    room = a_room(with_hours((day.weekday(), 9, 22)))

    assert windows(room.slug, day) == [on(day, 9, 22)]


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 6), (AUTUMN, 8)])
def test_a_night_over_a_clock_change_has_an_hour_less_or_more(day, hours):
    eve = day - timedelta(days=1)
    room = a_room(with_hours((eve.weekday(), 22, 29)))

    (night,) = windows(room.slug, eve)

    assert night == on(eve, 22, 29)
    assert night.minutes == hours * 60


def test_a_house_that_opens_in_the_missing_hour_opens_after_it():
    room = a_room(with_hours((SPRING.weekday(), 2.5, 12)))

    assert windows(room.slug, SPRING) == [on(SPRING, 3, 12)]


def test_a_room_with_hours_of_its_own_keeps_within_the_house():
    venue = with_hours((4, 9, 22))
    room = a_room(venue)
    other = a_room(venue)
    venue.opening_hours.append(
        OpeningHours(room_id=room.id, weekday=4, opens_minute=8 * 60, closes_minute=18 * 60)
    )
    db.session.commit()

    assert windows(room.slug, FRIDAY) == [friday(9, 18)]
    assert windows(other.slug, FRIDAY) == [friday(9, 22)]


def test_a_closure_cuts_a_hole_in_the_hours():
    venue = a_venue()
    room = a_room(venue)
    a_closure(venue, friday(12, 14))

    assert windows(room.slug, FRIDAY) == [friday(8, 12), friday(14, 23)]


def test_a_closed_part_closes_its_hall_and_not_the_other_part():
    venue = a_venue()
    east, west = a_room(venue), a_room(venue)
    hall = a_room(venue, parts=[east, west])
    a_closure(venue, friday(12, 14), east)

    for room, closed in ((hall, [friday(12, 14)]), (east, [friday(12, 14)]), (west, [])):
        assert closures_of(room_by_slug(room.slug), FRIDAY, FRIDAY) == closed


def test_a_closed_hall_closes_the_parts_of_its_parts():
    venue = a_venue()
    front, back, east = a_room(venue), a_room(venue), a_room(venue)
    west = a_room(venue, parts=[front, back])
    hall = a_room(venue, parts=[west, east])
    a_closure(venue, friday(12, 14), hall)

    assert windows(back.slug, FRIDAY) == [friday(8, 12), friday(14, 23)]


def test_a_closure_of_yesterday_evening_reaches_into_the_night():
    eve = FRIDAY - timedelta(days=1)
    venue = with_hours((eve.weekday(), 20, 26))
    room = a_room(venue)
    a_closure(venue, on(eve, 21, 25))

    assert windows(room.slug, FRIDAY) == [on(eve, 20, 21), on(eve, 25, 26)]


def test_a_house_closes_on_a_holiday_if_it_says_so():
    kings_day = date(2026, 4, 27)
    closing, open_house = a_venue(closed_on_holidays=True), a_venue(closed_on_holidays=False)

    assert windows(a_room(closing).slug, kings_day) == []
    assert windows(a_room(open_house).slug, kings_day) == [on(kings_day, 8, 23)]


def test_the_night_of_a_holiday_is_closed_on_the_day_after_too():
    second_christmas_day = date(2026, 12, 26)
    venue = with_hours((second_christmas_day.weekday(), 20, 26))
    venue.closed_on_holidays = True
    room = a_room(venue)

    assert windows(room.slug, second_christmas_day + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2025, 4, 26), "Koningsdag"),  # The 27th was a Sunday.
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 12, 25), "Eerste kerstdag"),
    ],
)
def test_dutch_holidays_are_known_by_name(day, name):
    assert dutch_holidays(day, day) == {day: name}


def test_holidays_of_two_years_come_in_one_answer():
    days = dutch_holidays(date(2026, 12, 20), date(2027, 1, 5))

    assert list(days) == [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)]


def test_hours_of_many_rooms_ask_the_database_nothing_more():
    for _ in range(3):
        venue = a_venue()
        rooms = [a_room(venue) for _ in range(3)]
        hall = a_room(venue, parts=rooms)
        a_closure(venue, friday(12, 14), hall)
    db.session.expire_all()
    loaded = bookable_rooms()

    with counted() as statements:
        found = [bookable_windows(room, FRIDAY, FRIDAY) for room in loaded]

    assert found == [[friday(8, 12), friday(14, 23)]] * 12
    assert statements == []
