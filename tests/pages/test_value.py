"""What the houses are worth, for everybody: pages, open data, and who decides about them."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from sqlalchemy import event

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.statistics.public import actions
from buurthuis.statistics.public.making import CODES
from buurthuis.statistics.public.queries import newest, published_years, years_over
from buurthuis.statistics.public.refusals import NoHouseTakesPart, NothingNew, YearNotOver
from buurthuis.statistics.public.rows import Of
from tests.builders import (
    a_confirmed_booking,
    a_person,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    on,
)
from tests.conftest import MONDAY_MORNING
from tests.evidence.year.writing import a_story
from tests.pages.reading import in_english
from tests.statistics.public.publishing import takes_part

MARCH, JUNE = date(2026, 3, 13), date(2026, 6, 12)
LATER = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def chandra(app):
    """Chandra sits on the board of all houses."""
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD)
    return chandra


def came(room, day, start, name="Late"):
    """A group came for an hour; what is over was asked for in time."""
    with time_machine.travel(MONDAY_MORNING, tick=False):
        speaker = a_person(name)
        group = an_initiative(speaker, name=name)
        a_confirmed_booking(room, on(day, start, start + 1), by=speaker, for_=group)


@pytest.fixture
def house(app):
    """A house where five groups came in March, and the repair café alone in June; that was last year."""
    room = a_room(a_venue("here", name="Het Huis"))
    for number in range(5):
        came(room, MARCH, 9 + 2 * number, f"Group {number}")
    came(room, JUNE, 19, "Repair café")
    with time_machine.travel(LATER, tick=False):
        yield room.venue


@pytest.fixture
def year(house, chandra):
    """2026, as it was published."""
    takes_part(house)
    return actions.publish(2026, by=chandra)


def lines(client, of=None):
    text = client.get("/value/data/figures-2026.csv").get_data(as_text=True)
    return [each for each in csv.DictReader(StringIO(text)) if of in (None, each["of"])]


def statements(client, path):
    asked = []
    listener = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    client.get(path)
    event.remove(db.engine, "before_cursor_execute", listener)
    return len(asked)


def test_before_a_year_is_published_the_page_says_so(client):
    in_english(client)

    assert "No year is public yet" in client.get("/value").get_data(as_text=True)
    assert client.get("/value/2026").status_code == 404
    assert client.get("/value/data/figures-2026.csv").status_code == 404


def test_everybody_reads_a_year(client, year):
    in_english(client)
    page = client.get("/value").get_data(as_text=True)

    assert "What the houses are worth in 2026" in page
    assert "Het Huis" in page


def test_what_one_group_did_is_on_no_page_and_in_no_file(client, year):
    in_english(client)
    page = client.get("/value/2026/here").get_data(as_text=True)
    june = [each for each in lines(client, "house_quarter") if each["quarter"] in {"1", "2"}]

    assert "&lt;3" in page
    assert "hidden" in page
    for each in june:
        if each["code"] in {"GROEP", "AANTAL", "BENUT", "KORT"}:
            assert (each["value"], each["numerator"]) == ("", ""), each
    assert {each["reason"] for each in june if each["code"] == "GROEP"} == {"too_few", "beside"}
    assert [each["value"] for each in lines(client, "all") if each["code"] == "GROEP"] == ["6"]


def test_a_quarter_without_anybody_says_none(client, year):
    last = [each for each in lines(client, "house_quarter") if each["quarter"] == "4"]

    assert {each["code"]: each["value"] for each in last}["AANTAL"] == "0"


def test_no_group_is_named(client, year):
    everything = "".join(
        client.get(path).get_data(as_text=True)
        for path in (
            *("/value", "/value/2026/here"),
            *("/value/data/figures-2026.csv", "/value/data/figures-2026.json"),
        )
    )

    assert "Repair" not in everything


def test_a_house_without_a_yes_is_nowhere_and_in_no_total(client, house, chandra):
    other = a_room(a_venue("elsewhere", name="Elders"))
    came(other, MARCH, 9)
    takes_part(house)
    actions.publish(2026, by=chandra)

    assert {each["house"] for each in lines(client, "house")} == {"here"}
    assert [each["value"] for each in lines(client, "all") if each["code"] == "AANTAL"] == ["6"]
    assert client.get("/value/2026/elsewhere").status_code == 404


def test_a_year_that_goes_on_is_not_published(house, chandra):
    takes_part(house)

    with pytest.raises(YearNotOver):
        actions.publish(2027, by=chandra)


def test_without_a_house_there_is_nothing_to_publish(house, chandra):
    with pytest.raises(NoHouseTakesPart):
        actions.publish(2026, by=chandra)


def test_what_is_published_stays_as_it_is(client, year, house):
    before = client.get("/value/data/figures-2026.csv").data
    came(house.rooms[0], MARCH, 20)

    assert client.get("/value/data/figures-2026.csv").data == before


def test_a_year_is_published_again_only_when_it_changed(year, house, chandra):
    with pytest.raises(NothingNew):
        actions.publish(2026, by=chandra)
    came(house.rooms[0], MARCH, 20)

    assert actions.publish(2026, by=chandra).number == 2
    assert newest(2026).all.figures["AANTAL"].value == 7
    assert published_years() == [2026]


def test_what_was_hidden_stays_hidden_when_it_grew(year, house, chandra):
    """Three groups in June now; but the first file and this one together would tell of the one."""
    for number in range(3):
        came(house.rooms[0], JUNE, 9 + number, f"Summer {number}")
    again = actions.publish(2026, by=chandra)
    june = next(row for row in again.of(Of.QUARTER) if row.quarter == 2)

    assert june.figures["GROEP"].reason == "beside"
    assert june.figures["KORT"].value is None


def test_a_house_that_joins_later_is_not_in_a_year_that_is_out(year, house, chandra):
    joining = a_room(a_venue("elsewhere"))
    came(joining, MARCH, 9)
    actions.take_part(joining.venue, by=chandra)
    came(house.rooms[0], MARCH, 20)

    assert list(actions.publish(2026, by=chandra).houses) == ["here"]


def test_the_board_of_a_house_lets_it_take_part(client, sign_in, house):
    board = a_person("Chandra")
    a_role(board, RoleName.BOARD, house)
    browser = sign_in(board)
    browser.post("/board/public/houses/here")
    page = in_english(browser).get("/board/public").get_data(as_text=True)

    assert "Takes part" in page
    assert "Publish" not in page
    browser.post("/board/public/houses/here/stop")
    assert "Takes no part" in browser.get("/board/public").get_data(as_text=True)


def test_the_board_of_all_publishes_by_page(sign_in, house, chandra):
    takes_part(house)
    browser = in_english(sign_in(chandra))
    answer = browser.post("/board/public/years/2026", follow_redirects=True)
    again = browser.post("/board/public/years/2026", follow_redirects=True)

    assert "2026 is public now." in answer.get_data(as_text=True)
    assert "Nothing has changed since." in again.get_data(as_text=True)


@pytest.mark.parametrize("year", [0, 1, 1999, 2025])
def test_a_year_before_anybody_booked_is_not_published(sign_in, house, chandra, year):
    takes_part(house)

    assert in_english(sign_in(chandra)).post(f"/board/public/years/{year}").status_code == 404
    assert published_years() == []


def test_dirk_decides_nothing(house):
    dirk = a_person("Dirk")
    for verb in (actions.take_part, actions.take_no_part):
        with pytest.raises(NotFound):
            verb(house, by=dirk)
    with pytest.raises(NotFound):
        actions.publish(2026, by=dirk)


def test_years_are_counted_from_the_first_booking(house):
    assert years_over(clock.now()) == []
    takes_part(house)
    assert years_over(clock.now()) == [2026]


def test_a_story_is_there_only_for_who_may_read_it(client, year, house, chandra):
    a_story(house, chandra, title="Kept inside", on=JUNE)
    a_story(house, chandra, title="Soup for all", on=JUNE, is_public=True)
    page = client.get("/value/2026").get_data(as_text=True)

    assert "Soup for all" in page
    assert "Kept inside" not in page


def test_the_document_says_what_a_catalogue_asks(client, year):
    document = json.loads(client.get("/value/data/figures-2026.json").data)

    assert document["license"] == "CC0-1.0"
    assert document["issued"] == "2027-02-01"
    assert document["temporal"] == {"start": "2026-01-01", "end": "2026-12-31"}
    assert document["distribution"]["csv"].endswith("/value/data/figures-2026.csv")
    figures = {each["code"]: each for each in document["rows"][0]["figures"]}
    assert figures["AANTAL"]["value"] == 6
    assert figures["VRIJ_EUR.LOW"]["value"] is None


def test_the_dictionary_explains_every_word_of_the_files(client, year):
    text = client.get("/value/data/dictionary.csv").get_data(as_text=True)
    entries = {(each["kind"], each["name"]): each for each in csv.DictReader(StringIO(text))}
    document = json.loads(client.get("/value/data/dictionary.json").data)

    for line in lines(client):
        assert ("code", line["code"]) in entries
        assert entries["code", line["code"]]["unit"] == line["unit"]
        assert ("of", line["of"]) in entries
        assert not line["reason"] or ("reason", line["reason"]) in entries
    assert {name for kind, name in entries if kind == "column"} == set(lines(client)[0])
    assert entries["code", "GROEP"]["label_nl"] == "unieke groepen".capitalize()
    assert len(document["entries"]) == len(entries)
    assert {code for of in CODES for code in CODES[of]} <= {name for _kind, name in entries}


def test_a_page_asks_little(client, year):
    assert statements(client, "/value") <= 8
    assert statements(client, "/value/data/figures-2026.csv") <= 3
