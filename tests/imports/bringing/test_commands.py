"""The commands: a look that keeps nothing, then the books, then the way back."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.imports.bringing import opening
from buurthuis.imports.bringing.models import CalendarImport
from buurthuis.imports.readers import apart
from buurthuis.imports.readers.rows import Reading
from tests.builders import friday
from tests.imports.bringing.calendars import an_entry

NO_LIST = str(Path(__file__).with_name("__init__.py"))
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Google Inc//Google Calendar 70.9054//EN
X-WR-CALNAME:Agenda
BEGIN:VEVENT
UID:koor@google.com
DTSTART;TZID=Europe/Amsterdam:20260313T190000
DTEND;TZID=Europe/Amsterdam:20260313T210000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Koor de Lente
LOCATION:Grote zaal\\, De Meevaart
END:VEVENT
BEGIN:VEVENT
UID:les@google.com
DTSTART:20260312T090000Z
DTEND:20260312T110000Z
SUMMARY:Taalles
LOCATION:Zolder
END:VEVENT
END:VCALENDAR
"""
LIST = """Datum;Van;Tot;Zaal;Groep;Activiteit;Aantal
13-3-2026;19:00;21:00;Grote zaal;Koor de Lente;Repetitie;12
14-3-2026;10.00;12.00;Keuken;Taalcafé;Koken;8
"""


@pytest.fixture
def run(app, tmp_path, desk):
    """A function that writes a file and runs the command on it."""

    def running(name, text, *more):
        file = tmp_path / name
        file.write_text(text.replace("\n", "\r\n"))
        args = ["import", "bookings", str(file), "--venue", "de-meevaart", *more]
        said = app.test_cli_runner().invoke(args=args)
        assert said.exit_code == 0, said.output
        return said.output

    return running


def counted():
    return db.session.scalar(select(func.count()).select_from(Booking))


def test_a_calendar_is_looked_at_brought_once_and_taken_out(app, run):
    look = run("oud.ics", CALENDAR)
    assert look.count("New  ") == 4
    assert "We do not know which room this is." in look
    assert "Nothing is kept." in look
    assert (counted(), db.session.query(CalendarImport).count()) == (0, 0)

    done = run("oud.ics", CALENDAR, "--commit", "--room", "Zolder=meevaart-keuken")
    number = db.session.scalar(select(CalendarImport.id))
    assert f"Import {number} is in the books: 5 booked." in done
    assert counted() == 5
    assert "There is nothing to put in the books." in run("oud.ics", CALENDAR, "--commit")
    assert counted() == 5

    undo = ["import", "undo", str(number)]
    assert "is undone: 5 rows." in app.test_cli_runner().invoke(args=undo).output
    assert counted() == 0
    again = app.test_cli_runner().invoke(args=undo)
    assert (again.exit_code, again.output) == (
        1,
        "Error: This file is undone. Bring it again to have it back.\n",
    )


def test_a_list_makes_its_groups_and_a_column_chooses_the_room(run):
    assert "New groups: Koor de Lente, Taalcafé" in run("lijst.csv", LIST, "--commit")
    found = db.session.scalars(select(Booking).order_by(Booking.from_at)).all()
    assert [(each.title, each.room.name, each.people) for each in found] == [
        ("Repetitie", "Grote zaal", 12),
        ("Koken", "Keuken", 8),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["bookings", NO_LIST, "--venue", "nergens"], "There is no house 'nergens'."),
        (
            ["bookings", NO_LIST, "--venue", "de-meevaart", "--room", "A=b"],
            "There is no room 'b'.",
        ),
        (["bookings", NO_LIST, "--venue", "de-meevaart"], "We find no list here."),
        (["undo", "99"], "There is no import 99."),
    ],
)
def test_what_cannot_be_done_says_the_cure(app, desk, args, said):
    found = app.test_cli_runner().invoke(args=["import", *args])
    assert found.exit_code == 1
    assert said in found.output


def test_where_there_is_too_much_what_is_long_ago_stays_out_and_that_is_told(run, monkeypatch):
    def reading(_given, *, period, zone):
        years = period.end.year - period.start.year
        days = [friday(19, 20, weeks=-number) for number in range(0, 52 * years, 13)]
        return Reading(tuple(map(an_entry, days)))

    monkeypatch.setattr(apart, "read_calendar", reading)
    monkeypatch.setattr(opening, "MOST_ROWS", 20)
    look = run("oud.ics", CALENDAR)
    assert "There is too much for one time. What was before" in look
    assert "2025 stays out." in look
