"""Bringing an old calendar along by page: a file, what it means, a look, one press, and the way back."""

import re
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.foundation.fetching import NEW, Fetched
from buurthuis.imports.bringing.models import CalendarImport
from buurthuis.imports.readers import apart
from buurthuis.imports.readers.rows import Doubt, Found, Reading, Table, Why
from tests.builders import a_confirmed_booking, friday, on

IMPORTS = "/houses/de-meevaart/house/imports"
LIST = Table(
    ("Datum", "Van", "Tot", "Waar", "Groep", "Zz"),
    (
        ("13-3-2026", "19:00", "21:00", "Boven", "Koor de Lente", "Repetitie"),
        ("14-3-2026", "10:00", "12:00", "Lesruimte 1", "", "Taalles"),
    ),
)


def an_entry(number, period, title, **facts):
    facts = {"place": "Lesruimte 1", **facts}
    return Found(number, str(number), period.start, period.end, title=title, **facts)


@pytest.fixture
def upload(desk, monkeypatch):
    """A function that sends a file; what the reader says of it is given, for it reads elsewhere."""

    def sending(said, name="oud.ics"):
        monkeypatch.setattr(apart, "read_calendar", lambda *_a, **_k: said)
        monkeypatch.setattr(apart, "read_table", lambda *_a, **_k: said)
        sent = {"file": (BytesIO(b"BEGIN:VCALENDAR" if name.endswith("ics") else b"x"), name)}
        answer = desk.post(IMPORTS, data=sent, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text
        return answer.location

    return sending


def booked():
    return db.session.scalar(select(func.count()).select_from(Booking))


def page_of():
    return f"{IMPORTS}/{db.session.scalar(select(func.max(CalendarImport.id)))}"


def test_a_calendar_is_looked_at_ticked_brought_and_undone(desk, room, upload):
    there = a_confirmed_booking(room, friday(10, 12))
    rows = (
        an_entry(1, friday(19, 21), "Yoga"),
        an_entry(2, friday(11, 13), "Bridge"),
        an_entry(3, friday(14, 15), "Vergadering", doubts=(Doubt.of(Why.NO_SUCH_CLOCK, text="?"),)),
        an_entry(4, friday(9, 10, weeks=-9), "Vorig jaar"),
    )
    match = upload(Reading(rows, name="Agenda"))
    assert "Which room is it?" in desk.get(match).text
    assert desk.post(match, data={"whole_days": "by_word", "prices": "card"}).status_code == 303

    look = desk.get(page_of()).text
    assert "2 new bookings, of which 1 in the past" in look
    assert f"“{there.title}” of {there.initiative.name} is there" in look
    assert "Stays out (1)" in look
    assert booked() == 1
    seen = re.search(r'name="seen" value="(\w+)"', look)[1]
    ticks = {"shown": ["+1", "-3"], "tick": ["3"]}
    look = desk.post(f"{page_of()}/bring", data={**ticks, "seen": seen}, follow_redirects=True).text
    assert "We kept your ticks." in look
    assert booked() == 1
    assert "You left it out." in look
    seen = re.search(r'name="seen" value="(\w+)"', look)[1]

    done = desk.post(f"{page_of()}/bring", data={"seen": seen}, follow_redirects=True).text
    assert "2 new bookings" in done
    assert "2 rows stayed out" in done
    assert {each.title for each in db.session.scalars(select(Booking))} == {
        there.title, "Vergadering", "Vorig jaar",
    }  # fmt: skip
    undone = desk.post(f"{page_of()}/undo", follow_redirects=True).text
    assert "Everything is as it was before this file." in undone
    assert booked() == 1


def test_a_list_says_what_its_columns_are_and_is_remembered(desk, room, upload):
    columns = upload(LIST, "lijst.csv")
    page = desk.get(columns).text
    assert "Koor de Lente" in page
    assert '<option value="day" selected>' in page
    assert '<option value="title" selected>' not in page
    wrong = desk.post(columns, data={f"c{n}-says": "-" for n in range(6)})
    assert "Say which column holds the day." in wrong.text
    chosen = ["day", "start", "end", "place", "group", "title"]
    sent = {f"c{number}-says": name for number, name in enumerate(chosen)}
    match = desk.post(columns, data=sent).location
    page = desk.get(match).text
    assert 'value="Koor de Lente"' in page
    words = {"p0-room": room.slug, "p1-room": room.slug, "n0-group": "Koor de Zomer"}
    desk.post(match, data={**words, "prices": "settled", "whole_days": "out"})
    look = desk.get(page_of()).text
    assert "Koor de Zomer" in look
    assert "2 new bookings. Together €0.00." in look

    columns = upload(LIST, "lijst.csv")
    assert '<option value="title" selected>' in desk.get(columns).text
    page = desk.get(desk.post(columns, data=sent).location).text
    assert page.count(f'<option value="{room.slug}" selected>') == 2
    assert 'value="Koor de Zomer"' in page


def test_what_cannot_be_read_is_told_beside_the_file(desk, room):
    for sent in ({}, {"file": (BytesIO(b"\0\1\2"), "x.ics")}, {"file": (BytesIO(b"a"), "a.csv")}):
        answer = desk.post(IMPORTS, data=sent, content_type="multipart/form-data")
        assert answer.status_code == 422
    for address in ("http://example.org/a.ics", "https://127.0.0.1/a.ics", "https://localhost/"):
        answer = desk.post(IMPORTS, data={"address": address})
        assert answer.status_code == 422
        assert "errors" in answer.text
    assert db.session.query(CalendarImport).count() == 0


def test_a_calendar_may_lie_at_an_address(desk, room, monkeypatch):
    rows = (an_entry(1, friday(19, 21), "Yoga"),)
    asked = []

    def fetched(_settings, address):
        asked.append(address)
        return Fetched(b"BEGIN:VCALENDAR", NEW)

    monkeypatch.setattr("buurthuis.pages.house.bringing.fetch", fetched)
    monkeypatch.setattr(apart, "read_calendar", lambda *_a, **_k: Reading(rows))
    answer = desk.post(IMPORTS, data={"address": "https://calendar.example/geheim/basic.ics"})
    assert answer.status_code == 303
    assert asked == ["https://calendar.example/geheim/basic.ics"]
    page = desk.get(IMPORTS).text
    assert "calendar.example" in page
    assert "geheim" not in page


def test_a_look_asks_no_more_for_many_rows(desk, room, upload, counted):
    def statements(count):
        days = [date(2026, 3, 3 + number) for number in range(count)]
        rows = [an_entry(n, on(day, 19, 21), f"Avond {n}") for n, day in enumerate(days)]
        match = upload(Reading(tuple(rows)))
        desk.post(match, data={"whole_days": "by_word", "prices": "card"})
        desk.get(page_of())
        with counted() as found:
            desk.get(page_of())
        return len(found)

    assert statements(2) == statements(25)
