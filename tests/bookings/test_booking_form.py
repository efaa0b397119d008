"""The form: what is wrong is told beside its field with the cure, what was typed stays, nothing is kept."""

from html import unescape
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import rfc3339
from buurthuis.tariffs.models import Rate
from tests.builders import a_booking, a_card, a_closure, a_room, a_venue, friday
from tests.pages.reading import error_beside, field_value, in_english, links

WISH = {
    "day": "2026-03-13",
    "from": "19:00",
    "to": "21:00",
    "people": "10",
    "title": "Repair café",
    "purpose": "meeting",
}


@pytest.fixture
def client(client):
    return in_english(client)


@pytest.fixture
def room(app):
    return a_room(a_venue(horizon_days=180, max_minutes=480), slug="garden-room")


def count_of_bookings():
    return db.session.scalar(select(func.count()).select_from(Booking))


def send(client, **changes):
    return client.post("/rooms/garden-room/book", data={**WISH, **changes})


@pytest.mark.parametrize(
    ("field", "changes", "cure"),
    [
        ("to", {"to": "18:00"}, "Choose a later end"),
        ("to", {"to": "19:00"}, "Choose a later end"),
        ("to", {"to": "19:15"}, "Choose a later end"),
        ("to", {"from": "09:00", "to": "18:00"}, "Choose an earlier end"),
        ("to", {"to": "21:07"}, "steps of 15 minutes"),
        ("to", {"to": ""}, "Choose when you stop"),
        ("from", {"from": ""}, "Choose when you start"),
        ("from", {"from": "quarter past"}, "such as 19:00"),
        ("from", {"from": "99:99"}, "such as 19:00"),
        ("from", {"day": "2026-03-02", "from": "08:00", "to": "09:00"}, "Choose a later time"),
        ("from", {"day": "1999-12-31"}, "Choose a later time"),
        ("from", {"from": "22:00", "to": "23:30"}, "Look at the opening hours"),
        ("from", {"day": "2026-03-29", "from": "02:30", "to": "05:00"}, "Choose 03:00 or later"),
        ("to", {"day": "2026-03-29", "from": "01:00", "to": "02:30"}, "Choose 03:00 or later"),
        ("day", {"day": "2027-03-13"}, "Choose a nearer day"),
        ("day", {"day": "2026-02-31"}, "Choose a day from the list"),
        ("day", {"day": "20260313"}, "Choose a day from the list"),
        ("day", {"day": "0000-00-00"}, "Choose a day from the list"),
        ("day", {"day": "9999-12-31"}, "Choose a day from the list"),
        ("day", {"day": "tomorrow"}, "Choose a day from the list"),
        ("day", {"day": ""}, "Choose a day"),
        ("people", {"people": "21"}, "Choose a larger room"),
        ("people", {"people": "0"}, "Write a number"),
        ("people", {"people": "-3"}, "Write a number"),
        ("people", {"people": "1e9"}, "Write a number"),
        ("people", {"people": "٣"}, "Write a number"),
        ("people", {"people": "9" * 400}, "Write a number"),
        ("people", {"people": ""}, "A guess is fine"),
        ("title", {"title": ""}, "in a few words"),
        ("title", {"title": "\u202e\u200b\x00 \n"}, "in a few words"),
        ("title", {"title": "x" * 121}, "at most 120 characters"),
        ("title", {"title": "<b>" * 3500}, "at most 120 characters"),
        ("remark", {"remark": "x" * 501}, "at most 500 characters"),
        ("purpose", {"purpose": "world domination"}, "Choose one from the list"),
        ("purpose", {"purpose": ""}, "Choose one from the list"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_with_the_cure(client, room, field, changes, cure):
    answer = send(client, **changes)

    assert answer.status_code == 422
    assert cure in error_beside(answer, field)
    assert count_of_bookings() == 0
    with client.session_transaction() as kept:
        assert all(len(text) <= 500 for text in kept["draft"]["typed"].values())


def test_a_closed_house_says_so_beside_the_day(client, room):
    a_closure(room.venue, friday(0, 24), reason="Painting")

    answer = send(client)

    assert answer.status_code == 422
    assert "Choose another day" in error_beside(answer, "day")


def test_all_that_was_typed_stays(client, room):
    answer = send(client, people="500", remark="We bring\nour tools", public="y")

    assert field_value(answer, "title") == "Repair café"
    assert field_value(answer, "day") == "2026-03-13"
    assert (field_value(answer, "from"), field_value(answer, "to")) == ("19:00", "21:00")
    assert field_value(answer, "people") == "500"
    assert field_value(answer, "remark") == "We bring\nour tools"
    assert field_value(answer, "public") == "y"


def test_a_time_that_is_on_no_list_stays_too(client, room):
    answer = send(client, **{"from": "19:07", "title": ""})

    assert field_value(answer, "from") == "19:07"


def test_a_taken_room_offers_other_times_and_loses_nothing(client, room):
    a_booking(room, friday(18, 22))

    answer = send(client)

    assert answer.status_code == 422
    assert "Choose another time or room" in error_beside(answer, "from")
    others = [url for url in links(answer) if "from=" in url and "/book?" in url]
    assert others
    form = client.get(others[0])
    assert form.status_code == 200
    assert field_value(form, "title") == "Repair café"
    assert field_value(form, "people") == "10"
    assert not error_beside(form, "from")


def test_a_room_without_a_price_for_the_time_says_so(client, app):
    room = a_room(slug="garden-room", hourly_cents=None)
    morning = {"unit": "part", "starts_minute": 480, "ends_minute": 720, "cents": 1000}
    db.session.add(Rate(card_id=a_card(room.venue).id, room_id=room.id, **morning))
    db.session.commit()

    answer = send(client)

    assert answer.status_code == 422
    assert "no price for this time" in error_beside(answer, "from")


def test_hostile_text_is_shown_as_text_and_kept_without_what_nobody_sees(client, room):
    answer = send(client, title="<script>alert(1)</script>\u202e\x07", people="")

    assert "<script>alert(1)" not in answer.text
    assert field_value(answer, "title") == "<script>alert(1)</script>"


def test_lists_and_unknown_fields_are_no_reason_to_break(client, room):
    answer = client.post(
        "/rooms/garden-room/book",
        data={"title[]": "x", "day": ["2026-03-13", "2026-03-14"], "__proto__": "1", "from": "{}"},
    )

    assert answer.status_code == 422


def test_a_link_fills_in_the_time_and_the_people(client, room):
    period = friday(19, 21)
    start, end = quote(rfc3339(period.start)), rfc3339(period.end)

    form = client.get(f"/rooms/garden-room/book?from={start}&to={end}&people=7&purpose=sport")

    assert form.status_code == 200
    assert field_value(form, "day") == "2026-03-13"
    assert (field_value(form, "from"), field_value(form, "to")) == ("19:00", "21:00")
    assert field_value(form, "people") == "7"
    assert field_value(form, "purpose") == "sport"
    assert "€20.00" in unescape(form.text)


def test_a_link_to_a_taken_time_says_so_at_once(client, room):
    period = friday(19, 21)
    a_booking(room, period)

    form = client.get(
        "/rooms/garden-room/book",
        query_string={"from": rfc3339(period.start), "to": rfc3339(period.end)},
    )

    assert "is taken at that time" in error_beside(form, "from")


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-03-13T19:00", "9999-99-99T00:00Z"])
def test_a_link_with_a_broken_time_asks_for_the_time(client, room, moment):
    form = client.get("/rooms/garden-room/book", query_string={"from": moment, "to": moment})

    assert form.status_code == 422
    assert "Choose a day and a time" in error_beside(form, "day")


def test_without_a_time_the_parts_of_the_day_come_first(client, room):
    form = client.get("/rooms/garden-room/book")

    assert 'value="18:00-23:00"' in form.text
    answer = client.post(
        "/rooms/garden-room/book", data={**WISH, "from": "", "to": "", "part": "18:00-23:00"}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("part", ["", "evening", "18:00", "18:00-99:00", "99-99"])
def test_a_part_of_the_day_that_is_none_is_asked_again(client, room, part):
    answer = send(client, part=part, **{"from": "", "to": ""})

    assert answer.status_code == 422
    assert "Choose" in error_beside(answer, "part")


def test_an_evening_may_run_into_the_night_where_the_house_is_open(client, app):
    venue = a_venue()
    for hours in venue.opening_hours:
        hours.closes_minute = 26 * 60
    a_room(venue, slug="garden-room")
    db.session.commit()

    answer = send(client, **{"from": "22:00", "to": "25:00"})

    assert answer.status_code == 303


def test_there_is_no_form_for_a_room_that_is_not_there(client, room):
    assert client.get("/rooms/nowhere/book").status_code == 404
    assert client.post("/rooms/nowhere/book", data=WISH).status_code == 404


def test_a_visitor_goes_on_by_signing_in(client, room):
    answer = send(client)

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")
    assert "/rooms/garden-room/book/review" in unescape(answer.location)


def test_a_long_remark_in_any_script_survives_the_way_through_signing_in(client, room):
    remark = "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(500))

    send(client, remark=remark, title=remark[:120])

    with client.session_transaction() as kept:
        assert kept["draft"]["typed"]["remark"] == remark
    cookie = client.get_cookie("session")
    assert len(cookie.value) < 4000
