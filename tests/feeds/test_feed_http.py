"""How feeds answer over HTTP: whole or not at all, cheap when nothing is new, and without cookies."""

import gzip
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from buurthuis.accounts.models import Person
from buurthuis.feeds import calendars, events, rows, serving
from buurthuis.feeds.actions import Scope, make
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Busy
from buurthuis.foundation.ical_event import Event
from buurthuis.foundation.pulse import Pulse
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


def asking_again(answer: TestResponse) -> dict[str, str]:
    """What an app sends along that has this answer."""
    return {"If-None-Match": answer.headers["ETag"]}


@pytest.fixture
def private(app: Flask) -> str:
    return f"/ical/p/{make(Scope(FeedKind.MINE), name='Mijn', by=a_person('Amina'))}.ics"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_feed_that_did_not_change_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("named", ["W/{}", '"another", {}', "*"])
def test_an_app_may_name_several_or_what_a_proxy_made_of_it(
    client: FlaskClient, named: str
) -> None:
    for asked in ({}, {"Accept-Encoding": "gzip"}):
        tag = client.get(PUBLIC[0], headers=asked).headers["ETag"]
        headers = {**asked, "If-None-Match": named.format(tag)}
        assert client.get(PUBLIC[0], headers=headers).status_code == 304


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


@pytest.mark.parametrize("address", PUBLIC)
def test_who_asks_for_it_gets_it_packed(client: FlaskClient, address: str) -> None:
    plain = client.get(address)

    for asked in ("gzip", "br, gzip;q=0.5", "GZIP"):
        packed = client.get(address, headers={"Accept-Encoding": asked})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"]
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        headers = {"Accept-Encoding": asked, **asking_again(packed)}
        assert client.get(address, headers=headers).status_code == 304


@pytest.mark.parametrize("asked", ["", "identity", "*", "br", "gzip;q=0", "gzip;q=0.0, *;q=1"])
def test_nobody_gets_packed_what_they_did_not_ask_for(client: FlaskClient, asked: str) -> None:
    answer = client.get(PUBLIC[0], headers={"Accept-Encoding": asked})

    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"BEGIN:VCALENDAR")


@pytest.fixture
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """An hour at which the program runs since yesterday."""
    monkeypatch.setattr(serving, "STARTED_AT", clock.now() - timedelta(days=1))
    return clock.now()


def test_who_knows_no_etag_asks_by_the_moment_of_the_last_change(
    client: FlaskClient, private: str, on_a_day: datetime
) -> None:
    for address in (*PUBLIC, private):
        with time_machine.travel(on_a_day + timedelta(minutes=9), tick=False):
            first = client.get(address)
            when = {"If-Modified-Since": first.headers["Last-Modified"]}
            assert client.get(address, headers=when).status_code == 304
            assert client.head(address, headers=when).status_code == 304
            # Who knows another ETag goes by that alone.
            other = when | {"If-None-Match": '"of another one"'}
            assert client.get(address, headers=other).status_code == 200
            assert client.get(address, headers={"If-Modified-Since": "then"}).status_code == 200


@pytest.mark.parametrize("wait", [0, 1, 2, 3, 30])
def test_the_moment_of_the_last_change_never_hides_one(
    client: FlaskClient, on_a_day: datetime, wait: int
) -> None:
    """What an app asks with is the header, or the date of the answer where there was none."""
    room = a_room()
    asked = on_a_day + timedelta(minutes=9)
    with time_machine.travel(asked, tick=False):
        first = client.get(PUBLIC[0])
        a_confirmed_booking(room, friday(10, 12), is_public=True)  # in the same second
        [second] = {client.get(PUBLIC[0]).data} - {first.data}
    date = f"{asked:%a, %d %b %Y %H:%M:%S} GMT"
    for known in {first.headers.get("Last-Modified", date), date}:
        with time_machine.travel(asked + timedelta(seconds=wait), tick=False):
            again = client.get(PUBLIC[0], headers={"If-Modified-Since": known})
            assert (again.status_code, again.data) == (200, second)


def test_a_change_a_day_and_a_new_program_each_make_a_calendar_new(
    client: FlaskClient, on_a_day: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(on_a_day + timedelta(minutes=9), tick=False):
        known = {"If-Modified-Since": client.get(PUBLIC[0]).headers["Last-Modified"]}
    with time_machine.travel(on_a_day + timedelta(days=1), tick=False):
        assert client.get(PUBLIC[0], headers=known).status_code == 200
    with time_machine.travel(on_a_day + timedelta(minutes=30), tick=False):
        assert client.get(PUBLIC[0], headers=known).status_code == 304
        monkeypatch.setattr(serving, "STARTED_AT", on_a_day + timedelta(minutes=20))
        assert client.get(PUBLIC[0], headers=known).status_code == 200


def test_a_change_of_a_moment_ago_has_no_moment_yet(
    client: FlaskClient, on_a_day: datetime
) -> None:
    shown = []
    changed = on_a_day + timedelta(minutes=9)
    with time_machine.travel(changed, tick=False):
        a_person()
    for seconds in range(5):
        with time_machine.travel(changed + timedelta(seconds=seconds), tick=False):
            shown.append("Last-Modified" in client.get(PUBLIC[0]).headers)

    assert shown == [False, False, False, True, True]


def test_every_change_has_a_second_of_its_own(app: Flask) -> None:
    seconds = []
    for _ in range(3):
        a_person()
        seconds.append(db.session.scalars(select(Pulse.changed_second)).one())
    with time_machine.travel(clock.now() - timedelta(hours=1), tick=False):
        a_person()  # the clock of this machine goes back
        seconds.append(db.session.scalars(select(Pulse.changed_second)).one())

    assert seconds == sorted(set(seconds))
    assert seconds[0] > clock.now().timestamp()


def test_a_feed_that_breaks_half_way_is_no_feed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = events.event_bytes
    count = iter(range(100))

    def breaks(event: Event) -> bytes:
        if next(count) == 1:
            raise OSError("the second event")
        return written(event)

    events._text.cache_clear()
    monkeypatch.setattr(events, "event_bytes", breaks)

    answer = client.get(PUBLIC[0])
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "120")
    assert b"BEGIN" not in answer.data
    assert "ETag" not in answer.headers

    monkeypatch.undo()
    assert client.get(PUBLIC[0]).data.count(b"BEGIN:VEVENT") == 3


def test_the_calendar_of_google_may_read_everything(client: FlaskClient) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())

    for address in (*PUBLIC, "/ical/p/abc.ics"):
        assert robots.can_fetch("Google-Calendar-Importer", address)


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


def test_a_feed_holds_ten_thousand_events_within_reason(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = rows.public_bookings(rows.window(friday(10, 11).start))
    many = [row._replace(uid=f"{number}@buurthuis") for number in range(3334) for row in seen]
    monkeypatch.setattr(rows, "public_bookings", lambda _period: many)

    answer = client.get(PUBLIC[0])

    assert len(set(re.findall(rb"UID:(.*)\r", answer.data))) == 3334
    assert answer.data.count(b"BEGIN:VEVENT") == 10_002
    assert client.get(PUBLIC[0], headers=asking_again(answer)).status_code == 304
