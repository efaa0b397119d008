"""The week can be read as a table, as a list and aloud."""

import re
from datetime import date

import html5lib
import pytest

BANDS = [
    {"key": "m", "name": "Morning", "pictogram": "morning", "starts": "08:00", "ends": "13:00"},
    {"key": "e", "name": "Evening", "pictogram": "evening", "starts": "18:00", "ends": "22:00"},
]
ROOMS = [{"slug": "hall", "name": "Great hall", "url": "/hall"}, {"slug": "den", "name": "Den"}]
NS = "{http://www.w3.org/1999/xhtml}"


def cell(room, band, state, starts="18:00", ends="22:00", **more):
    return {"room": room, "band": band, "state": state, "starts": starts, "ends": ends, **more}


def on(day, cells, **more):
    return {
        "date": date(2026, 11, day),
        "is_today": False,
        "is_past": False,
        "cells": cells,
        **more,
    }


@pytest.fixture
def week(draw):
    def drawn(*days):
        html = draw("{{ week_grid(days, rooms, bands) }}", days=days, rooms=ROOMS, bands=BANDS)
        return html5lib.parse(html)

    return drawn


def text(element):
    return " ".join("".join(element.itertext()).split())


def test_a_free_cell_has_a_full_name(week):
    page = week(on(26, [cell("hall", "e", "free", href="/book")]))
    link = page.find(f".//{NS}td/{NS}a")
    assert text(link) == "Free: Great hall, Thursday 26 November, 18:00–22:00"
    assert link.get("href") == "/book"


def test_part_of_a_day_part_shows_its_clock(week):
    page = week(on(26, [cell("hall", "e", "free", starts="20:00", href="/book")]))
    link = page.find(f".//{NS}td/{NS}a")
    assert text(link) == "Free: Great hall, Thursday 26 November, 20:00–22:00"
    assert text(link.find(f"{NS}span")) == "20:00–22:00"


def test_a_taken_cell_is_a_word_and_no_link(week):
    page = week(on(26, [cell("hall", "e", "taken")]))
    assert page.find(f".//{NS}td/{NS}a") is None
    assert "Taken" in text(page.find(f".//{NS}tbody"))


def test_every_row_has_a_cell_for_every_room(week):
    page = week(on(26, [cell("den", "e", "mine", href="/me", title="Repair café")]))
    rows = page.findall(f".//{NS}tbody/{NS}tr")
    assert [len(row.findall(f"{NS}td")) for row in rows] == [2, 2]
    assert text(rows[0].findall(f"{NS}td")[0]) == "Closed"
    assert text(rows[1].findall(f"{NS}td")[1]).startswith("Repair café: Den")


def test_rows_and_columns_have_heads(week):
    page = week(on(26, []))
    scopes = [head.get("scope") for head in page.iter(f"{NS}th")]
    assert scopes == ["col"] * 4 + ["rowgroup", "row", "row"]
    assert page.find(f".//{NS}caption") is not None


def test_today_is_named_and_the_past_offers_nothing(week):
    free = cell("hall", "e", "free", href="/book")
    page = week(on(25, [free], is_past=True), on(26, [free], is_today=True, note="Closed at 22:00"))
    past, today = page.findall(f".//{NS}tbody")
    assert past.find(f".//{NS}a") is None
    assert "Today" in text(today)
    assert "Closed at 22:00" in text(today)


def test_the_legend_is_in_words(week):
    legend = week(on(26, [])).findall(f".//{NS}li")
    assert [text(key) for key in legend] == ["Free", "Taken", "Yours", "Closed"]


def test_a_day_can_be_reached_at_once(week):
    page = week(on(25, [], is_past=True), on(26, []))
    links = [link.get("href") for link in page.find(f".//{NS}nav")]
    assert links == ["#d2026-11-26"]
    assert {body.get("id") for body in page.iter(f"{NS}tbody")} == {"d2026-11-25", "d2026-11-26"}


def test_a_busy_week_of_six_rooms_fits_the_page(draw):
    rooms = [
        {"slug": f"room-{n}", "name": f"Lesruimte {n}", "url": f"/rooms/{n}"} for n in range(6)
    ]
    bands = [*BANDS, {**BANDS[0], "key": "a", "name": "Middag", "pictogram": "midday"}]
    href = "/rooms/room-1/book?from=2026-11-26T18:00&to=2026-11-26T22:00"
    cells = [
        cell(room["slug"], band["key"], "free" if at % 2 else "taken", href=href)
        for room in rooms
        for at, band in enumerate(bands)
    ]
    days = [on(23 + ahead, cells) for ahead in range(7)]
    html = draw("{{ week_grid(days, rooms, bands) }}", days=days, rooms=rooms, bands=bands)
    assert len(html.encode()) < 26_000
    assert not re.search(r"\n\s*\n\s*\n\s*\n", html)


def test_what_people_typed_is_never_markup(draw):
    hostile = '<script>alert("x")</script>'
    rooms = [{"slug": "hall", "name": hostile, "url": "/rooms/hall"}]
    bands = [{"key": "all", "name": hostile, "pictogram": "", "starts": "08:00", "ends": "23:00"}]
    taken = {"room": "hall", "band": "all", "starts": "08:00", "ends": "23:00", "state": "taken"}
    free = {**taken, "state": "free", "href": '/"><b>'}
    day = {
        "date": date(2026, 3, 5),
        "is_today": False,
        "is_past": False,
        "note": hostile,
        "cells": [{**taken, "title": hostile}, free],
    }
    page = draw("{{ week_grid(days, rooms, bands) }}", days=[day], rooms=rooms, bands=bands)

    assert "<script" not in page
    assert '"><b>' not in page
