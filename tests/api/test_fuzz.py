"""Whatever a program sends, the answer is never a failure of ours, and always as described."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.asking import span
from tests.builders import a_booking, a_manager, a_room, an_initiative, friday

GENTLE = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "hall",
            "1",
            "0",
            "-1",
            "9" * 25,
            "%00",
            "' OR 1=1 --",
            "../../etc",
            "\u202e",
            "2026-03-13T10:00:00+01:00",
            "2026-03-13T12:00:00+01:00",
            "0001-01-01T00:00:00+00:00",
            "9999-12-31T23:59:59-12:00",
            "2199-12-31T23:59:59-23:59",
            "2026-03-29T02:30:00+01:00",
            "1773392400-1",
            "2026-03-01",
            "2026-04-01",
            "0001-01-01",
            "9999-12-31",
        ]
    ),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = [
    "room",
    "from",
    "to",
    "title",
    "initiative",
    "people",
    "purpose",
    "public",
    "remark",
    "reason",
    "name",
    "kind",
]
NAMES = [
    "from",
    "to",
    "venue",
    "room",
    "people",
    "initiative",
    "purpose",
    "limit",
    "after",
    "endpoint",
    "standing",
    "theme",
    "edition",
]


@pytest.fixture
def manager(program):
    room = a_room(slug="hall")
    person = a_manager(room.venue)
    a_booking(room, friday(10, 12), by=person, for_=an_initiative(person))
    return program(person)


@GENTLE
@given(
    path=st.sampled_from(
        ["/venues", "/rooms", "/free", "/quote", "/initiatives", "/bookings", "/figures"]
    ),
    asked=st.dictionaries(st.sampled_from(NAMES), WORDS, max_size=6),
    is_timed=st.booleans(),
)
def test_no_query_makes_us_fail(manager, path, asked, is_timed):
    query = {**(span(10, 12) if is_timed else {}), **asked}

    assert manager.send("GET", path, query_string=query).status < 500


@GENTLE
@given(
    call=st.sampled_from(
        [
            ("POST", "/bookings"),
            ("POST", "/initiatives"),
            ("PATCH", "/bookings/{}"),
            ("POST", "/bookings/{}/approve"),
            ("POST", "/bookings/{}/refuse"),
            ("POST", "/bookings/{}/cancel"),
        ]
    ),
    body=st.one_of(JSON, st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8)),
    key=st.one_of(st.none(), st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]))),
)
def test_no_body_makes_us_fail(manager, call, body, key):
    method, path = call
    mine = manager.get("/bookings").items
    headers = {} if key is None else {"Idempotency-Key": key}

    answer = manager.send(method, path.format(mine[0]["id"]), json=body, headers=headers)

    assert answer.status < 500


@GENTLE
@given(booking_id=WORDS)
def test_no_id_makes_us_fail(manager, booking_id):
    path = f"/bookings/{quote(booking_id, safe='')}"

    assert manager.get(path).status < 500
    assert manager.post(f"{path}/cancel").status < 500


@GENTLE
@given(sent=st.binary(max_size=60), kind=st.sampled_from(["application/json", "text/xml", ""]))
def test_no_bytes_make_us_fail(manager, sent, kind):
    assert manager.send("POST", "/bookings", data=sent, content_type=kind).status < 500
