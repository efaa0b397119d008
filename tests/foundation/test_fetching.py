"""Fetching from an address: only what is outside, only whole answers, never for long."""

import gzip
import socket
from dataclasses import replace

import pytest

from buurthuis.foundation import fetching
from buurthuis.foundation import fetching_refused as refused
from buurthuis.foundation.fetching import Stamp, fetch, tidy
from buurthuis.foundation.public_addresses import is_public
from tests.conftest import settings_for
from tests.outside import OTHER_HOST, a_school, trusted

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
OUTSIDE = "93.184.216.34"


@pytest.fixture
def school(tmp_path, monkeypatch):
    """A school whose certificate we trust."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted(tmp_path)))
    with a_school(tmp_path) as school:
        school.gives(CALENDAR)
        yield school


@pytest.fixture
def settings(tmp_path):
    """Settings of a house that knows no server of its own."""
    return settings_for(tmp_path, "sqlite:///nothing")


@pytest.fixture
def ours(settings, school):
    """A function that fetches from the school, which stands in our own network."""
    known = replace(settings, own_calendars=frozenset({("localhost", school.port)}))
    return lambda address=school.address, stamp=fetching.NEW: fetch(known, address, stamp)


@pytest.fixture
def numbers(monkeypatch):
    """A function that says which numbers each name has from now on; gives the names looked up."""
    looked_up: list[str] = []
    truly = socket.getaddrinfo

    def say(**by_name):
        def look_up(host, port, *kind, **more):
            found = by_name.get(host.replace(".", "_"))
            if found is None:
                return truly(host, port, *kind, **more)  # a number, which is no name
            looked_up.append(host)
            return [(None, None, None, "", (number, port)) for number in found]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return looked_up

    return say


def test_a_calendar_is_fetched_whole_packed_or_not(ours, school):
    assert ours().body == CALENDAR

    school.gives(gzip.compress(CALENDAR, mtime=0), Content_Encoding="gzip")
    assert ours().body == CALENDAR
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n3\r\n:VC\r\n0\r\n\r\n"
    )
    school.answers([chunked])
    assert ours().body == b"BEGIN:VC"


def test_we_ask_plainly_and_take_nothing_along_but_the_stamp(ours, school):
    school.gives(
        CALENDAR, ETag='"first"', Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT", Set_Cookie="a=b"
    )
    stamp = ours().stamp
    school.gives(b"", "304 Not Modified")

    assert ours(stamp=stamp) is None
    first, second = school.asked
    assert stamp == Stamp('"first"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert f"Host: localhost:{school.port}" in first
    assert "User-Agent: buurthuis" in first
    assert 'If-None-Match: "first"' in second
    assert "If-Modified-Since: Mon, 02 Mar 2026 08:00:00 GMT" in second
    assert "cookie" not in second.lower()


def test_nothing_new_is_no_answer_to_somebody_who_has_nothing(ours, school):
    school.gives(b"", "304 Not Modified")

    with pytest.raises(refused.NothingHere):
        ours()


@pytest.mark.parametrize(
    "address",
    [
        *("http://school.example/a.ics", "ftp://school.example/a.ics", "file:///etc/passwd"),
        *("school.example/a.ics", "", "https://", "https:///a.ics", "https://a b.example/"),
        *(
            "https://user:pw@school.example/",
            "https://user@school.example/",
            "https://x.example:0/",
        ),
        *("https://school.example:8443/", "https://school.example:99999/", "https://[::1/"),
        *(
            "https://school.example\r\nX: y/",
            "https://school.example\\@inside/",
            "https://\u2028.nl/",
        ),
        *(
            "https://school.example/" + "a" * 3000,
            "https://" + "a" * 64 + ".example/",
            "https://\0/",
        ),
    ],
)
def test_only_a_plain_https_address_is_called(settings, monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("looked up"))

    with pytest.raises(refused.NotASafeAddress):
        fetch(settings, address)


def test_an_address_for_apps_is_the_same_address():
    assert tidy("  webcal://school.example/gym.ics ") == "https://school.example/gym.ics"
    with pytest.raises(refused.NotASafeAddress):
        tidy("gym.ics")


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("192.88.99.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1"),
        *("64:ff9b::7f00:1", "64:ff9b::a01:203", "64:ff9b:1::808:808", "2002:7f00:1::", "fe80::1"),
        *("fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "3fff::1"),
        *("100::1", "5f00::1", "2002:808:808::", "nonsense", ""),
    ],
)
def test_a_number_of_some_network_of_its_own_is_never_called(
    settings, numbers, monkeypatch, number
):
    numbers(school_example=[OUTSIDE, number])
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("called"))

    assert not is_public(number)
    with pytest.raises(refused.AddressInside):
        fetch(settings, "https://school.example/gym.ics")


@pytest.mark.parametrize("number", [OUTSIDE, "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_number_of_the_internet_may_be_called(number):
    assert is_public(number)


@pytest.mark.parametrize("written", ["127.1", "2130706433", "0x7f.0.0.1", "[::ffff:7f00:1]", "0"])
def test_our_own_machine_is_not_called_under_another_spelling(settings, written):
    with pytest.raises(refused.AddressInside):
        fetch(settings, f"https://{written}/")


def test_the_number_that_was_looked_at_is_the_one_that_is_called(
    settings, school, numbers, monkeypatch
):
    looked_up = numbers(localhost=[OUTSIDE])
    called = []

    def call(place, timeout):
        called.append(place)
        numbers(localhost=["127.0.0.1"])  # who asks the name again is led inside
        line = socket.socket()
        line.settimeout(timeout)
        line.connect(("127.0.0.1", school.port))
        return line

    monkeypatch.setattr(socket, "create_connection", call)

    assert fetch(settings, "https://localhost/gym.ics").body == CALENDAR
    assert called == [(OUTSIDE, 443)]
    assert looked_up == ["localhost"]


def test_a_name_with_a_number_that_does_not_work_is_called_at_its_next(ours, numbers):
    numbers(localhost=["127.99.99.99", "127.0.0.1"])

    assert ours().body == CALENDAR


def test_whoever_sends_us_on_leads_us_nowhere_that_we_would_not_go(ours, school, settings):
    def sends_to(place):
        return [f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()]

    plain = [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]
    school.answers(sends_to("/new.ics"), sends_to(school.address), sends_to("?a=b"), plain)
    assert ours().body == b"ok"
    assert [line.split()[1] for line in school.asked] == [
        "/gym.ics",
        "/new.ics",
        "/gym.ics",
        "/gym.ics?a=b",
    ]

    school.answers(sends_to("/round"))
    with pytest.raises(refused.SentAround):
        ours()
    for inside in ("https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest"):
        school.answers(sends_to(inside))
        with pytest.raises(refused.AddressInside):
            ours()
    for unsafe in (
        f"http://localhost:{school.port}/",
        "file:///etc/passwd",
        "https://a:b@c.example/",
    ):
        school.answers(sends_to(unsafe))
        with pytest.raises(refused.NotASafeAddress):
            ours()


def test_a_certificate_of_another_name_or_of_a_stranger_is_refused(
    ours, school, settings, tmp_path, monkeypatch
):
    with a_school(tmp_path, host=OTHER_HOST) as other:
        known = replace(settings, own_calendars=frozenset({("localhost", other.port)}))
        with pytest.raises(refused.NotWhoItSays):
            fetch(known, other.address)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(refused.NotWhoItSays):
        ours()
    assert school.asked == []


@pytest.mark.parametrize(
    "status", ["404 Not Found", "401 No", "206 Partial Content", "204 Empty", "500 No"]
)
def test_any_answer_but_a_whole_one_is_none(ours, school, status):
    school.gives(CALENDAR, status)

    with pytest.raises(refused.NothingHere) as refusal:
        ours()
    assert refusal.value.facts["number"] == int(status[:3])


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nBEGIN:VCALENDAR",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nBEGIN:VCALENDAR",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxyz",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(CALENDAR, mtime=0)[:-9],
        *(b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"),
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
    ],
)
def test_half_an_answer_is_refused(ours, school, answer):
    school.answers([answer])

    with pytest.raises(refused.BrokenOff):
        ours()


def test_too_much_is_refused_also_when_it_comes_packed_small(ours, school, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    school.gives(b"x" * 1_000_000)
    assert len(ours().body) == 1_000_000

    school.gives(b"x" * 1_000_001)
    with pytest.raises(refused.TooMuch):
        ours()
    school.gives(gzip.compress(b"x" * 50_000_000, mtime=0), Content_Encoding="gzip")
    with pytest.raises(refused.TooMuch):
        ours()


@pytest.mark.parametrize(
    "slowly",
    [
        [b"HTTP/1.1 200 OK\r\n", *[0.1, b"A: b\r\n"] * 20],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *[0.1, b"a"] * 20],
    ],
)
def test_whoever_drips_is_not_waited_for(ours, school, monkeypatch, slowly):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    school.answers(slowly)

    with pytest.raises(refused.TooSlow):
        ours()


def test_nobody_is_there(settings, school, ours, monkeypatch):
    school.close()
    with pytest.raises(refused.NobodyThere):
        ours()

    def unknown(*_place, **_kind):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(refused.NobodyThere):
        fetch(settings, "https://school.example/")
