"""Files of a board: every table of its pages, with the same rights, and nothing that computes by itself."""

import csv
import io
from datetime import date

import pytest
import time_machine
from flask import url_for
from openpyxl import load_workbook

from buurthuis.accounts.models import Person, RoleName
from buurthuis.bookings.today.models import Attendance
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.pages.board import take_home
from buurthuis.rules.attendance import Outcome, band_of
from buurthuis.rules.standing import Kind
from buurthuis.rules.themes import Theme
from buurthuis.statistics.tables.every import ROWS, TABLES, TO_OUTSIDE
from tests.builders import (
    a_confirmed_booking,
    a_manager,
    a_person,
    a_recognition,
    a_role,
    a_room,
    a_venue,
    an_initiative,
    friday,
)
from tests.pages.reading import Reader, in_english

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)

RESIDENTS = "A group of residents"
IN_APRIL = "2026-04-02 10:00Z"
MARCH = "month=2026-03"


@pytest.fixture
def hall(app):
    return a_room(a_venue("buurtkamer", name="Buurtkamer"), slug="hall", name="Zaal")


@pytest.fixture
def choir(hall):
    bram = a_person("Bram")
    group = an_initiative(bram, name="=Koor", kind=Kind.RESIDENT_INITIATIVE)
    a_recognition(group, Kind.RESIDENT_INITIATIVE)
    a_confirmed_booking(hall, friday(19, 21), by=bram, for_=group)
    return group


@pytest.fixture
def dirk(hall):
    """He hires the hall for himself, so his name is nobody's business."""
    person = a_person("Dirk")
    group = an_initiative(person, name="Feest van Dirk", kind=Kind.PRIVATE)
    a_confirmed_booking(hall, friday(10, 11), by=person, for_=group)
    return person


@pytest.fixture
def chandra(hall):
    person = a_person("Chandra")
    a_role(person, RoleName.BOARD, hall.venue)
    return person


@pytest.fixture
def board(hall, choir, dirk, chandra, sign_in):
    with time_machine.travel(IN_APRIL, tick=False):
        yield in_english(sign_in(chandra))


def lines(answer):
    assert answer.status_code == 200, answer.status_code
    return list(csv.DictReader(io.StringIO(answer.text)))


def book(answer):
    assert answer.status_code == 200, answer.status_code
    return load_workbook(io.BytesIO(answer.data))


def test_every_table_is_a_file_of_both_kinds(board):
    for table in [*TABLES, *ROWS, *TO_OUTSIDE]:
        in_csv = board.get(f"/board/export/{table}.csv?{MARCH}")
        assert in_csv.mimetype == "text/csv"
        assert in_csv.headers["Cache-Control"] == "no-store"
        called = f"buurtkamer-{table}-2026-03-01-2026-03-31"
        assert f"{called}.csv" in in_csv.headers["Content-Disposition"]
        heading, *rows = csv.reader(io.StringIO(in_csv.text))
        sheet = book(board.get(f"/board/export/{table}.xlsx?{MARCH}")).worksheets[-1]
        assert [cell.value for cell in sheet[1]] == heading, table
        assert sheet.max_row == len(rows) + 1, table
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), table


def test_the_figures_stand_in_a_file_with_what_they_mean(board):
    found = {row["Code"]: row for row in lines(board.get(f"/board/export/figures.csv?{MARCH}"))}

    assert found["AANTAL"]["Value"] == "2"
    assert found["VERL"]["Unit"] == "hours"
    assert found["OPEN"]["Value"] == str(31 * 15)
    assert (found["BENUT"]["Part"], found["BENUT"]["Whole"]) == ("180", str(31 * 15 * 60))
    assert found["BENUT"]["Definition"] == "BENUT@1"
    assert found["DEK"]["Value"] == ""
    assert found["DEK"]["Why there is no value"] == "Not filled in yet."


def test_numbers_are_numbers_and_days_are_days(board):
    sheet = book(board.get(f"/board/export/quarters.xlsx?{MARCH}")).active
    [first] = [row for row in sheet.iter_rows(min_row=2) if row[2].value == RESIDENTS]

    assert first[0].is_date
    assert first[0].value.date() == date(2026, 3, 1)
    assert (first[3].value, first[3].data_type) == (2, "n")
    assert first[8].number_format == "General"


def test_one_file_has_every_table_and_says_what_it_is_about(board):
    found = book(board.get(f"/board/export/all.xlsx?{MARCH}&venue=buurtkamer&theme=none"))

    assert len(found.sheetnames) == len(TABLES) + 1
    told = {row[0].value: row[1].value for row in found["About"].iter_rows(min_row=2)}
    assert told["House"] == "Buurtkamer"
    assert told["Only"] == "No theme said"
    assert told["Edition of the definitions"] == "2026"
    assert board.get(f"/board/export/all.csv?{MARCH}").status_code == 404
    assert board.get(f"/board/export/nothing.xlsx?{MARCH}").status_code == 404
    assert board.get(f"/board/export/nothing.csv?{MARCH}").status_code == 404


def test_groups_have_names_and_private_people_only_for_who_knows_them(board, hall, sign_in):
    names = [row["Group"] for row in lines(board.get(f"/board/export/groups.csv?{MARCH}"))]
    assert names == ["'=Koor", "A private person"]

    desk = in_english(sign_in(a_manager(hall.venue)))
    known = [row["Group"] for row in lines(desk.get(f"/board/export/groups.csv?{MARCH}"))]
    assert known == ["'=Koor", "Feest van Dirk"]


def test_rows_add_up_to_the_figure(board):
    figures = {row["Code"]: row for row in lines(board.get(f"/board/export/figures.csv?{MARCH}"))}
    for table, column in (
        ("groups", "Used hours"),
        ("rooms", "Used hours"),
        ("hours", "Used hours"),
    ):
        rows = lines(board.get(f"/board/export/{table}.csv?{MARCH}"))
        assert sum(float(row[column]) for row in rows) == 3, table
    assert int(figures["BENUT"]["Part"]) == 3 * 60


def test_the_very_rows_behind_a_figure_add_up_to_it(board, hall):
    figures = {row["Code"]: row for row in lines(board.get(f"/board/export/figures.csv?{MARCH}"))}
    for code in ("AANTAL", "BENUT", "KORT", "VERL", "OPEN", "GEB", "GELIJK.ASKED.none"):
        rows = lines(board.get(f"/board/export/rows.csv?code={code}&{MARCH}"))
        assert sum(int(row["Part"]) for row in rows) == int(figures[code]["Part"]), code
    [dirk, choir] = lines(board.get(f"/board/export/rows.csv?code=AANTAL&{MARCH}"))
    assert (dirk["Group"], choir["Group"]) == ("A private person", "'=Koor")
    assert (choir["Day"], choir["From"]) == ("2026-03-13", "2026-03-13T19:00:00+01:00")
    assert (choir["House"], choir["Room"]) == ("Buurtkamer", "Zaal")
    assert choir["What it was"] == "It took place"
    for code in ("", "GELIJK.GINI", "NOTHING"):
        assert board.get(f"/board/export/rows.csv?code={code}&{MARCH}").status_code == 404


def test_many_rows_are_read_page_by_page(board, monkeypatch):
    whole = board.get(f"/board/export/bookings.csv?{MARCH}").data
    monkeypatch.setattr("buurthuis.statistics.tables.of_rows.A_PAGE", 1)

    assert board.get(f"/board/export/bookings.csv?{MARCH}").data == whole


def test_a_file_is_about_what_the_address_chooses(board, hall):
    kitchen = a_room(hall.venue, slug="kitchen", name="Keuken")
    rows = lines(board.get(f"/board/export/figures.csv?{MARCH}&room={kitchen.slug}"))
    assert {row["Code"]: row["Value"] for row in rows}["AANTAL"] == "0"
    rows = lines(board.get(f"/board/export/groups.csv?{MARCH}&standing=resident_initiative"))
    assert [row["Group"] for row in rows] == ["'=Koor"]
    assert lines(board.get("/board/export/groups.csv?month=2026-02")) == []


def test_others_find_no_files(board, hall, client, sign_in):
    for other in (a_person("Bram"), a_manager(a_venue("elsewhere"))):
        answer = sign_in(other).get(f"/board/export/figures.csv?{MARCH}&venue=buurtkamer")
        assert answer.status_code == 404
    assert client.get("/board/export/figures.csv").status_code == 303


def test_the_same_file_twice_is_the_same_bytes(board):
    for name in ("all.xlsx", "impact.xlsx", "figures.csv"):
        first = board.get(f"/board/export/{name}?{MARCH}").data
        with time_machine.travel("2026-04-02 18:00Z", tick=False):
            assert board.get(f"/board/export/{name}?{MARCH}").data == first, name


def an_activity_of(theme, hall, start, people, group):
    """Something of a theme in the hall, to which so many people came."""
    by = db.session.query(Person).filter_by(name="Bram").one()
    period = friday(start, start + 1, weeks=1)
    booking = a_confirmed_booking(hall, period, by=by, for_=group)
    came = {"outcome": Outcome.CAME, "band": band_of(people), "people": people}
    said = {"said_by_id": by.id, "said_at": clock.now()}
    db.session.add(Attendance(booking_id=booking.id, **came, **said))
    db.session.add(ActivityTag(booking_id=booking.id, theme=theme, **said))
    db.session.commit()


def test_the_input_sheet_tells_quantities_with_their_source(hall, choir, chandra, sign_in):
    an_activity_of(Theme.FOOD, hall, 12, 30, choir)
    an_activity_of(Theme.MEETING, hall, 14, 20, choir)
    with time_machine.travel(IN_APRIL, tick=False):
        answer = in_english(sign_in(chandra)).get(f"/board/export/impact.csv?{MARCH}")
    rows = lines(answer)
    whole = {row["Code"]: row for row in rows if not row["Theme"]}
    visits = {row["Theme"]: row["Quantity"] for row in rows if row["Code"] == "BEZOEK"}
    meetings = {row["Theme"]: row["Quantity"] for row in rows if row["Code"] == "AANTAL"}

    assert {"VRIJ_U", "BEZOEK", "AANTAL", "LEER", "KORT"} <= set(whole)
    assert (meetings[""], meetings["Food"], meetings["No theme said"]) == ("3", "1", "1")
    assert (visits[""], visits["Food"], visits["Meeting people"]) == ("50", "30", "20")
    assert whole["AANTAL"]["Source"] == "Bookings of the house"
    assert whole["AANTAL"]["First day"] == "2026-03-01"
    assert whole["AANTAL"]["Last day"] == "2026-03-31"
    assert all(row["Unit"] and row["House"] == "Buurtkamer" for row in rows)
    assert (whole["GEB"]["Quantity"], whole["GEB"]["Unit"]) == ("4", "hours")
    assert (whole["ONTM"]["Quantity"], whole["ONTM"]["Unit"]) == ("0", "number")
    money = {row["Quantity of what"]: row for row in rows if not row["Code"]}
    assert money["Own income, without VAT"]["Quantity"] == "0"
    assert (
        money["Contribution of the municipality"]["Why there is no value"] == "Not filled in yet."
    )
    assert all(row["Definition"] for row in rows if row["Code"])


def test_the_input_sheet_hides_small_numbers_and_what_would_tell_them(
    hall, choir, chandra, sign_in
):
    an_activity_of(Theme.FOOD, hall, 12, 3, choir)
    an_activity_of(Theme.MEETING, hall, 14, 20, choir)
    an_activity_of(Theme.HEALTH, hall, 16, 40, choir)
    with time_machine.travel(IN_APRIL, tick=False):
        rows = lines(in_english(sign_in(chandra)).get(f"/board/export/impact.csv?{MARCH}"))
    visits = {row["Theme"]: row for row in rows if row["Code"] == "BEZOEK"}
    told = {theme: row["Quantity"] for theme, row in visits.items()}

    assert told["Food"] == "<5"
    assert (visits["Food"]["At least"], visits["Food"]["At most"]) == ("<5", "<5")
    hidden = [theme for theme, quantity in told.items() if not quantity.isdigit()]
    assert len(hidden) > 1  # Else the total less the others would tell it.
    assert {row["Code"]: row["Quantity"] for row in rows if not row["Theme"]}["GROEP"] == "<3"


def test_every_page_of_the_board_leads_to_its_files(board):
    for endpoint, tables in take_home.FILES.items():
        path = url_for_page(board, endpoint)
        links = Reader(board.get(f"{path}?{MARCH}").text).links
        found = [url for _words, url in links if "/board/export/" in url]
        assert len(found) == sum(1 if table == "all" else 2 for table in tables), endpoint
        for address in found:
            assert MARCH in address
            assert board.get(address).status_code == 200, address


def url_for_page(browser, endpoint):
    with browser.application.test_request_context():
        return url_for(endpoint)
