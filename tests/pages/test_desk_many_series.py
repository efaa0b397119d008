"""A change of a whole series in the inbox: ticked, looked at, answered and taken back with others."""
# ruff: noqa: F401, F811 - fixtures of the inbox

import pytest

from buurthuis.bookings.series.changing import change_series
from buurthuis.bookings.series.deciding import approve_series
from buurthuis.bookings.series.queries import bookings_of, days_of_questions
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import on_the_clock
from tests.builders import (
    FRIDAY,
    a_booking,
    a_manager,
    a_person,
    a_series,
    an_initiative,
    friday,
)
from tests.pages.reading import filled_in
from tests.pages.test_desk_many import HOUSE, requests_keep_nothing, statuses


@pytest.fixture
def choir(room):
    """A choir that asks for an hour later on all of its days."""
    bram = a_person("Bram")
    series = a_series(room, title="Choir", by=bram, for_=an_initiative(bram, name="Koor"))
    approve_series(series.id, by=a_manager(room.venue))
    change_series(series.id, FRIDAY, by=bram, starts_minute=20 * 60, ends_minute=22 * 60)
    return series


def first_times(series):
    db.session.expire_all()
    return [f"{on_the_clock(each.from_at):%H:%M}" for each in bookings_of(series)]


def with_series(answer, series, *bookings, **more):
    numbers = [f"{booking.id}.{booking.sequence}" for booking in bookings]
    return {"answer": answer, "id": numbers, "series": str(series.changes[-1].id), **more}


def test_a_change_of_a_series_is_ticked_reviewed_answered_and_taken_back_with_others(
    desk, room, choir
):
    repair = a_booking(room, friday(9, 11), title="Repair")
    asked = with_series("yes", choir, repair)
    page = desk.get(f"{HOUSE}/requests")
    assert f'name="series" value="{asked["series"]}"' in page.text

    look = desk.get(f"{HOUSE}/requests/review", query_string=asked)
    assert "Yes to 2 requests" in look.text
    assert "Time: 19:00–21:00 → 20:00–22:00" in look.text
    done = desk.post(f"{HOUSE}/requests/answer", data=filled_in(look))
    again = desk.post(f"{HOUSE}/requests/answer", data=filled_in(look))

    assert first_times(choir) == ["20:00"] * 4
    assert "Time: 19:00–21:00 → 20:00–22:00" in done.text
    assert "This did not work" not in again.text
    desk.post(f"{HOUSE}/requests/undo", data=filled_in(done))
    assert (first_times(choir), choir.changes[-1].is_open) == (["19:00"] * 4, True)
    assert statuses(repair) == ["requested"]


def test_a_no_to_a_change_of_a_series_has_a_reason_and_nothing_is_answered_twice(desk, room, choir):
    form = with_series("no", choir, reason="Dan is er repetitie.")

    assert "Choir" in desk.post(f"{HOUSE}/requests/answer", data=form).text
    yes = desk.post(f"{HOUSE}/requests/answer", data=with_series("yes", choir))

    assert first_times(choir) == ["19:00"] * 4
    assert {each.reason for each in days_of_questions([choir.changes[-1].id], room.venue)} == {
        "Dan is er repetitie."
    }
    assert "This did not work" in yes.text


def test_a_change_of_a_series_that_others_want_too_is_left_out_of_a_yes(
    requests_keep_nothing, desk, room, choir
):
    with_others = with_series("yes", choir, a_booking(room, friday(21, 23), title="Rival"))

    look = desk.get(f"{HOUSE}/requests/review", query_string=with_others)

    assert "Others want this place too: Rival." in look.text
    assert 'name="series"' not in look.text
    assert f"/me/series/{choir.id}" in look.text
