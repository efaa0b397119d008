"""The pages of a series: from "come more often" to the last day, with nothing booked unseen."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from buurthuis.bookings.actions import cancel
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.prime_time import Per
from buurthuis.rules.states import Status
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    fair_use,
    on,
)
from tests.conftest import MONDAY_MORNING

TUESDAY = MONDAY_MORNING.date() + timedelta(days=8)
FORM, DAYS = "/rooms/garden-room/series", "/rooms/garden-room/series/days"
WEEKLY = {
    "day": TUESDAY.isoformat(),
    "from": "19:00",
    "to": "21:00",
    "often": "week",
    "step": "1",
    "times": "4",
    "people": "8",
    "title": "Choir",
    "purpose": "culture",
}


@pytest.fixture
def room(app):
    return a_room(a_venue(), slug="garden-room", approval=Approval.ALWAYS, capacity=20)


@pytest.fixture
def bram(app):
    return a_person("Bram")


@pytest.fixture
def choir(bram):
    return an_initiative(bram, name="Choir")


@pytest.fixture
def browser(sign_in, bram, choir, room):
    return sign_in(bram)


def hidden(page):
    """The hidden fields that a page carries on, weekdays and all."""
    return re.findall(r'<input type="hidden" name="([\w_-]+)" value="([^"]*)">', page)


def ticked(page):
    return re.findall(r'name="on" value="([\d-]+)" checked', page)


def all_of(page, *more):
    """What the form of a page sends: its hidden fields, its ticks, and more."""
    return MultiDict([*hidden(page), *(("on", day) for day in ticked(page)), *more])


def looked(browser, **changes):
    answer = browser.post(FORM, data={**WEEKLY, **changes})
    assert answer.status_code == 200, answer.text
    return answer.text


def sent(browser, page, **more):
    return browser.post(DAYS, data=all_of(page, ("send", "1"), *more.items()))


def booked():
    found = db.session.scalars(select(Booking).where(Booking.series_id.is_not(None)))
    return sorted(found, key=lambda booking: booking.from_at)


def the_series():
    return db.session.scalars(select(Series)).one()


def days_of(bookings):
    return [booking.series_day for booking in bookings]


def weeks(count):
    return [TUESDAY + timedelta(weeks=ahead) for ahead in range(count)]


def test_what_was_typed_for_once_comes_along(browser):
    typed = {name: WEEKLY[name] for name in ("day", "from", "to", "people", "title", "purpose")}
    answer = browser.post("/rooms/garden-room/book", data={**typed, "series": "1"})
    assert answer.location == FORM

    page = browser.get(FORM).text
    assert 'value="Choir"' in page
    assert booked() == []


def test_all_days_are_shown_before_anything_is_booked(browser):
    page = looked(browser)

    assert ticked(page) == [day.isoformat() for day in weeks(4)]
    assert "Every Tuesday, 4 times" in page
    assert booked() == []


def test_exactly_the_ticked_days_are_booked(browser):
    page = looked(browser).replace(f'value="{weeks(4)[1]}" checked', f'value="{weeks(4)[1]}"')

    look = browser.post(DAYS, data=all_of(page, ("look", "1")))
    answer = sent(browser, look.text)

    assert answer.status_code == 303
    assert days_of(booked()) == [weeks(4)[0], *weeks(4)[2:]]
    assert browser.get(answer.location).text.count("Left out") == 1


def test_a_total_that_was_not_seen_is_shown_first(browser):
    page = looked(browser)
    fewer = page.replace(f'value="{weeks(4)[1]}" checked', f'value="{weeks(4)[1]}"')

    answer = sent(browser, fewer)

    assert answer.status_code == 409
    assert "Look at the total and send again." in answer.text
    assert booked() == []
    assert sent(browser, answer.text).status_code == 303
    assert len(booked()) == 3


def test_a_day_that_is_taken_goes_to_another_room(browser, room):
    other = a_room(room.venue, slug="attic", approval=Approval.ALWAYS, capacity=30)
    a_confirmed_booking(room, on(weeks(4)[2], 20, 22))

    page = looked(browser)
    assert f'name="at-{weeks(4)[2]}"' in page
    choice = {f"at-{weeks(4)[2]}": "attic"}
    look = browser.post(DAYS, data=all_of(page, ("look", "1"), *choice.items()))
    answer = sent(browser, look.text, **choice)

    assert answer.status_code == 303
    assert [booking.room_id for booking in booked()] == [room.id, room.id, other.id, room.id]


def test_what_was_taken_meanwhile_is_named_and_nothing_is_booked(browser, room):
    page = looked(browser)
    a_confirmed_booking(room, on(weeks(4)[3], 19, 21))

    answer = sent(browser, page)

    assert answer.status_code == 409
    assert booked() == []
    assert "cannot be as you want" in answer.text


def test_what_was_chosen_is_booked_even_where_the_room_came_free(browser, room):
    other = a_room(room.venue, slug="attic", approval=Approval.ALWAYS, capacity=30)
    in_the_way = a_confirmed_booking(room, on(weeks(4)[2], 20, 22))
    choice = {f"at-{weeks(4)[2]}": "attic"}
    page = browser.post(DAYS, data=all_of(looked(browser), ("look", "1"), *choice.items())).text
    cancel(in_the_way.id, by=in_the_way.booked_by)

    assert sent(browser, page, **{f"at-{weeks(4)[2]}": "castle"}).status_code == 409
    assert booked() == []
    assert sent(browser, page, **choice).status_code == 303
    assert [booking.room_id for booking in booked()] == [room.id, room.id, other.id, room.id]


def test_a_year_is_looked_at_and_sent_in_few_statements(browser, bram, choir, room):
    fair_use(room.venue, others_days=999, quotas=[{"per": Per.MONTH, "most_bookings": 40}])
    looked(browser)  # The house is known by then.
    with statements() as asked:
        page = looked(browser, times="52")
    fewer = page.replace(f'value="{weeks(4)[1]}" checked', f'value="{weeks(4)[1]}"')
    with statements() as again:
        look = browser.post(DAYS, data=all_of(fewer, ("look", "1"))).text
    with statements() as written:
        answer = sent(browser, look)

    assert answer.status_code == 303
    assert len(booked()) == 51
    assert len(asked) <= 10, asked
    assert len(again) <= 13, again
    assert len(written) <= 20, written


def test_sending_twice_books_once(browser):
    page = looked(browser)

    first, second = sent(browser, page), sent(browser, page)

    assert first.location == second.location
    assert len(booked()) == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"times": ""}, "Say how often, or until which day."),
        ({"until": "2026-12-01"}, "Say how often or until which day, not both."),
        ({"times": "9999"}, "Write a number from 2 to 366."),
        ({"times": "", "until": "2026-01-01"}, "The last day is before the first."),
        ({"often": "hourly"}, "Choose one from the list."),
        ({"group": "999"}, "Choose one of your own groups."),
        ({"people": "500"}, "20"),
    ],
)
def test_a_mistake_names_its_cure_and_loses_nothing(browser, changes, words):
    answer = browser.post(FORM, data={**WEEKLY, **changes})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Choir"' in answer.text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"weekdays": ["1", "3"], "times": "3"}, [0, 2, 7]),
        ({"weekdays": ["3"], "times": "2"}, [2, 9]),
        ({"step": "2", "times": "2"}, [0, 14]),
        ({"often": "day", "times": "3"}, [0, 1, 2]),
        ({"often": "month-weekday", "times": "2"}, [0, 35]),
        ({"often": "month-date", "times": "2"}, [0, 31]),
    ],
)
def test_it_repeats_as_one_says(browser, typed, expected):
    page = looked(browser, **typed)

    assert ticked(page) == [(TUESDAY + timedelta(days=ahead)).isoformat() for ahead in expected]


def test_whoever_has_no_group_names_one_first(sign_in, room):
    browser = sign_in(a_person("Dirk"))

    assert browser.get(FORM).location == "/me/initiatives/new?next=/rooms/garden-room/series"


@pytest.fixture
def series(browser):
    sent(browser, looked(browser))
    return the_series()


def test_a_day_that_was_cancelled_can_be_added_again(browser, series):
    second = booked()[1]
    browser.post(f"/me/bookings/{second.id}/cancel")
    page = browser.get(f"/me/series/{series.id}").text
    assert page.count("/add") == 1

    browser.post(f"/me/series/{series.id}/add", data={"day": second.series_day.isoformat()})

    assert days_of(b for b in booked() if b.is_live) == weeks(4)


def test_one_stops_from_a_day_on_and_sees_which_days_go(browser, series):
    path = f"/me/series/{series.id}/cancel"
    page = browser.get(path, query_string={"from_day": weeks(4)[2].isoformat()}).text
    assert "2 days go" in page

    browser.post(path, data=dict(hidden(page)))

    assert [b.status for b in booked()] == [Status.CONFIRMED] * 2 + [Status.CANCELLED] * 2


def test_one_goes_on_for_longer_after_a_look_at_the_new_days(browser, series):
    path = f"/me/series/{series.id}/extend"
    until = {"until": weeks(6)[5].isoformat()}
    page = browser.post(path, data=until).text
    assert ticked(page) == [day.isoformat() for day in weeks(6)[4:]]
    assert len(booked()) == 4

    browser.post(path, data=all_of(page, *until.items(), ("send", "1")))

    assert days_of(booked()) == weeks(6)


def test_one_goes_on_with_all_days_that_were_shown_or_not_at_all(browser, series, room):
    path, until = f"/me/series/{series.id}/extend", ("until", weeks(6)[5].isoformat())
    page = browser.post(path, data=MultiDict([until])).text
    taken = a_confirmed_booking(room, on(weeks(6)[4], 19, 21))
    fields = all_of(page, until, ("send", "1"))

    answer = browser.post(path, data=fields)
    assert answer.status_code == 409
    assert "cannot be as you want" in answer.text
    no_room = all_of(page, until, ("send", "1"), (f"at-{weeks(6)[4]}", "castle"))
    assert browser.post(path, data=no_room).status_code == 409
    assert days_of(booked()) == weeks(4)

    cancel(taken.id, by=taken.booked_by)
    with statements() as asked:
        browser.post(path, data=fields)
    assert days_of(booked()) == weeks(6)
    around = [each for each in asked if each.startswith("SELECT") and "json_" in each]
    assert len(around) == 1  # Who has the room is asked once.


def test_the_days_to_come_change_after_a_look_at_what_it_means(browser, series):
    path = f"/me/series/{series.id}/change"
    changes = {
        "from_day": weeks(4)[2].isoformat(),
        "from": "18:00",
        "to": "20:00",
        "room": "garden-room",
        "people": "9",
        "title": "Choir",
    }
    page = browser.post(path, data=changes)
    assert "2 days change." in page.text
    assert [booking.people for booking in booked()] == [8] * 4

    browser.post(path, data={**changes, **dict(hidden(page.text)), "send": "1"})

    assert [booking.people for booking in booked()] == [8, 8, 9, 9]
    assert booked()[2].from_at == on(weeks(4)[2], 18, 20).start


def test_others_do_not_find_it(sign_in, series):
    dirk = sign_in(a_person("Dirk"))

    for page in ("", "/cancel", "/change", "/extend"):
        assert dirk.get(f"/me/series/{series.id}{page}").status_code == 404
    assert dirk.post(f"/me/series/{series.id}/cancel").status_code == 404
    assert (
        dirk.post(f"/me/series/{series.id}/add", data={"day": TUESDAY.isoformat()}).status_code
        == 404
    )


@pytest.fixture
def asked(room, browser):
    room.approval = Approval.ASK
    sent(browser, looked(browser))
    return the_series()


def test_a_series_is_one_request_for_the_house_and_gets_one_answer(asked, room, sign_in):
    amina = sign_in(a_manager(room.venue))
    inbox = amina.get(f"/houses/{room.venue.slug}/requests").text
    assert inbox.count("Look at all days") == 1
    assert "And 3 days more." in inbox

    page = amina.get(f"/me/series/{asked.id}").text
    answer = amina.post(f"/me/series/{asked.id}/approve", data=dict(hidden(page)))

    assert answer.status_code == 303
    assert {booking.status for booking in booked()} == {Status.CONFIRMED}
    assert "Take it back" in amina.get(f"/me/series/{asked.id}").text
    inbox = amina.get(answer.location).text
    assert "You said yes to all days." in inbox
    [back] = re.findall(r'formaction="([^"]+/undo)"', inbox)
    waiting = amina.post(back, follow_redirects=True).text
    assert "This goes for all 4 bookings that you answered together." in waiting
    assert {booking.status for booking in booked()} == {Status.REQUESTED}


def test_a_no_to_a_series_needs_a_reason(asked, room, sign_in):
    amina = sign_in(a_manager(room.venue))
    path = f"/me/series/{asked.id}/refuse"
    seen = dict(hidden(amina.get(f"/me/series/{asked.id}").text))

    assert amina.post(path, data=seen).status_code == 422
    amina.post(path, data={**seen, "reason": "The hall is being painted."})

    assert {booking.refusal_reason for booking in booked()} == {"The hall is being painted."}


def test_the_booker_cannot_answer_for_the_house(asked, browser):
    assert "What do you say?" not in browser.get(f"/me/series/{asked.id}").text
    assert browser.post(f"/me/series/{asked.id}/approve").status_code == 403


def test_a_manager_sets_fair_use_aside_for_a_series_and_says_why(room, browser, sign_in):
    fair_use(room.venue, prime=False, quotas=[{"per": Per.MONTH, "most_bookings": 2}])
    assert "Why do you make an exception?" not in looked(browser)
    amina = a_manager(room.venue, "Amina")
    an_initiative(amina, name="Guests")
    house = sign_in(amina)
    page = looked(house)
    assert "Why do you make an exception?" in page
    why = ("exception", "The mayor comes")

    again = house.post(DAYS, data=all_of(page, why, ("look", "1"))).text
    assert 'value="The mayor comes"' in again
    days = [("on", day) for day in re.findall(r'name="on" value="([\d-]+)"', again)]
    total = house.post(DAYS, data=MultiDict([*hidden(again), *days, why, ("look", "1")])).text
    answer = house.post(DAYS, data=all_of(total, why, ("send", "1")))

    assert answer.status_code == 303
    assert len(booked()) == 4
    noted = db.session.query(LogEntry).filter_by(verb="booking.exception")
    assert {each.detail["reason"] for each in noted} == {"The mayor comes"}
