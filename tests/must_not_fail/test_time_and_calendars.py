"""Lines 9, 13, 14, 17 and 21: one clock, calendars that every app reads alike, links that stay secret."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from buurthuis.bookings import actions, changes
from buurthuis.feeds.models import Feed
from buurthuis.foundation.db import db
from buurthuis.foundation.links import own_path
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.rules.calendar import on_the_clock
from tests.api.asking import times
from tests.builders import a_booking, friday, on
from tests.foundation.ics_reader import read

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_seven_in_the_evening_stays_so_and_the_missing_hour_is_refused(house, client):
    """Line 9."""
    for day in (date(2026, 3, 27), SPRING, date(2026, 10, 24), AUTUMN):
        booking = a_booking(house.west, on(day, 19, 21))
        assert on_the_clock(booking.from_at).strftime("%H:%M") == "19:00"
    typed = {"day": SPRING.isoformat(), "from": "02:30", "to": "04:00", "people": "5"}
    answer = client.post("/rooms/west/book", data={**typed, "title": "Night", "purpose": "other"})
    first_of_two = {"from": "2026-10-25T02:30:00+02:00", "to": "2026-10-25T04:00:00+01:00"}

    assert answer.status_code == 422
    assert "02:30 does not exist on Sunday 29 March" in answer.text
    assert times(on(AUTUMN, 2.5, 4)) == first_of_two


def test_an_app_sees_the_right_time_a_steady_uid_and_a_rising_sequence(house, sign_in):
    """Line 13, as far as there are no series yet."""
    booking = a_booking(house.west, on(SPRING, 19, 21), by=house.bram, for_=house.cafe)
    browser = sign_in(house.bram)

    def as_read():
        [event] = read(browser.get(f"/me/bookings/{booking.id}.ics").data)
        return event

    made = as_read()
    changes.move(booking.id, house.west, on(SPRING, 18, 21), by=house.bram)
    moved = as_read()
    actions.cancel(booking.id, by=house.bram)
    cancelled = as_read()

    assert made.starts_at == on(SPRING, 19, 21).start
    assert len({each.properties["UID"] for each in (made, moved, cancelled)}) == 1
    raised = [int(each.properties["SEQUENCE"]) for each in (made, moved, cancelled)]
    assert raised == sorted(set(raised))
    assert (made.properties["SUMMARY"], cancelled.properties["STATUS"]) == (
        "Repair evening",
        "CANCELLED",
    )


def test_a_private_link_is_hashed_scoped_and_ends_when_it_is_withdrawn(house, sign_in, client):
    """Line 14."""
    a_booking(house.west, friday(10, 12), by=house.bram, for_=house.cafe)
    a_booking(house.west, friday(13, 14), title="Somebody else")
    page = sign_in(house.bram).post("/me/feeds", data={"what": "mine", "name": "Phone"}).text
    token = re.search(r"/ical/p/([\w-]+)\.ics", page)[1]
    feed = db.session.query(Feed).one()

    shown = read(client.get(f"/ical/p/{token}.ics").data)
    sign_in(house.bram).post(f"/me/feeds/{feed.id}/withdraw")

    assert [each.properties["SUMMARY"] for each in shown] == ["Repair evening"]
    assert token not in feed.token_hash
    assert len(token) >= 40
    assert client.get(f"/ical/p/{token}.ics").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:x",
    ],
)
def test_no_redirect_leads_to_another_site(client, elsewhere):
    """Line 17; `tests/foundation/test_fetching.py` does the same for calendars that are fetched."""
    answer = client.get("/language/en", query_string={"next": elsewhere})

    assert own_path(elsewhere, "/home") == "/home"
    assert answer.location == "/"


def test_one_module_alone_turns_clock_time_into_moments(house):
    """Line 21; what hangs on the clocks of others is turned by one other module, and told in UTC."""
    converts = re.compile(r"ZoneInfo\(|\.localize\(|fromtimestamp\((?!.*UTC)|pytz|dateutil\.tz")
    package = Path(CHECKOUT) / "buurthuis"
    found = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if converts.search(file.read_text(encoding="utf-8"))
    }

    assert found == {"rules/calendar.py", "imports/readers/zones.py"}
    assert isinstance(friday(10, 12).start, datetime)
