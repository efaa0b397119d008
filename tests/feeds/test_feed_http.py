"""How feeds answer over HTTP: whole or not at all, cheap when nothing is new, and without cookies."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from buurthuis.accounts.models import Person
from buurthuis.feeds import calendars, queries
from buurthuis.feeds.actions import Scope, make
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation.errors import Busy
from tests.builders import a_confirmed_booking, a_person, a_room, a_venue, an_initiative, friday

PUBLIC = ("/ical/agenda.ics", "/ical/venues/de-meevaart.ics", "/ical/rooms/lesruimte-1.ics")


@pytest.fixture(autouse=True)
def _house(app: Flask) -> None:
    room = a_room(a_venue("de-meevaart"), slug="lesruimte-1")
    bram = a_person("Bram")
    for hour in (10, 14, 19):
        a_confirmed_booking(
            room, friday(hour, hour + 2), by=bram, for_=an_initiative(bram), is_public=True
        )


@pytest.fixture
def private(app: Flask) -> str:
    return f"/ical/p/{make(Scope(FeedKind.MINE), name='Mijn', by=a_person('Amina'))}.ics"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_feed_that_did_not_change_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_change_shows_at_the_next_request(client: FlaskClient) -> None:
    first = client.get(PUBLIC[0])
    a_confirmed_booking(a_room(), friday(10, 12), is_public=True)

    again = client.get(PUBLIC[0], headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.data.count(b"BEGIN:VEVENT") == 4


@pytest.mark.parametrize("address", PUBLIC)
def test_a_feed_is_a_calendar_that_must_be_asked_for_again(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_head_answers_as_get_without_the_calendar(client: FlaskClient) -> None:
    head, whole = client.head(PUBLIC[0]), client.get(PUBLIC[0])

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.data))


def test_nobody_posts_to_a_feed(client: FlaskClient) -> None:
    answer = client.post(PUBLIC[0])

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_piece_of_a_feed_is_not_for_sale(client: FlaskClient) -> None:
    answer = client.get(PUBLIC[0], headers={"Range": "bytes=0-10"})

    assert answer.status_code == 200
    assert answer.data.endswith(b"END:VCALENDAR\r\n")


def test_a_feed_reads_no_cookie_and_sets_none(
    sign_in: Callable[[Person], FlaskClient], private: str
) -> None:
    browser = sign_in(a_person("Bram"))
    for address in (*PUBLIC, private, "/ical/venues/nowhere.ics"):
        answer = browser.get(address)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_private_feed_stays_out_of_search_and_of_shared_caches(
    client: FlaskClient, private: str
) -> None:
    for address, status in ((private, 200), ("/ical/p/nobody.ics", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "public" not in answer.headers.get("Cache-Control", "")
    assert client.get(private).headers["Cache-Control"] == "private, no-cache"


def test_a_public_feed_may_be_found(client: FlaskClient) -> None:
    assert "X-Robots-Tag" not in client.get(PUBLIC[0]).headers


@pytest.mark.parametrize("trouble", [RuntimeError("the database went away"), Busy()])
def test_a_feed_in_trouble_says_later_and_never_a_part(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fails(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(calendars.events, "closed", fails)

    answer = client.get(PUBLIC[1])

    assert answer.status_code == 503
    assert b"VCALENDAR" not in answer.data


def test_thirty_polls_in_a_row_are_normal(app: Flask, private: str) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    client = app.test_client()
    try:
        for _turn in range(30):
            assert client.get(PUBLIC[0]).status_code == 200
            assert client.get(private).status_code == 200
    finally:
        app.config["RATELIMIT_ENABLED"] = False


def test_a_feed_holds_ten_thousand_events_within_reason(app: Flask) -> None:
    rows = queries.public_bookings(queries.window(friday(10, 11).start))
    many = [row._replace(uid=f"{number}@buurthuis") for number in range(3334) for row in rows]
    places = queries.places()

    written = calendars.ical.calendar_bytes(
        calendars.events.for_everybody(many, places), name="Alles"
    )

    assert written.count(b"BEGIN:VEVENT") == 10_002
