"""What real programs read from the running server: vdirsyncer fetches, khal shows, two readers agree."""

import os
import subprocess
import sys
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar

from buurthuis.bookings.actions import cancel
from buurthuis.feeds.actions import Scope, make
from buurthuis.feeds.models import FeedKind
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period
from tests.builders import (
    a_closure,
    a_confirmed_booking,
    a_person,
    a_room,
    a_venue,
    an_initiative,
    on,
)
from tests.foundation import ics_reader
from tests.servers import serving

PROGRAMS = Path(sys.executable).parent
TITLE = 'Koffie; thee, \\n taart: "é" 👩\u200d👧 | 100%'
PLACE = "Zaal, De Meevaart"

SYNC = """\
[general]
status_path = "{folder}/status"
[pair mine]
a = "mine_here"
b = "mine_there"
collections = null
[storage mine_here]
type = "filesystem"
path = "{folder}/mine"
fileext = ".ics"
[storage mine_there]
type = "http"
url = "{mine}"
[pair room]
a = "room_here"
b = "room_there"
collections = null
[storage room_here]
type = "filesystem"
path = "{folder}/room"
fileext = ".ics"
[storage room_there]
type = "http"
url = "{room}"
"""
SHOW = """\
[calendars]
[[mine]]
path = {folder}/mine
readonly = True
[[room]]
path = {folder}/room
readonly = True
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
[default]
print_new = False
"""
FORMAT = "{calendar}\t{start-long-full}\t{end-long-full}\t{title}\t{location}\t{status}"


@dataclass(frozen=True, order=True)
class Seen:
    """One event as a calendar shows it."""

    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    is_off: bool = False


def really_now() -> datetime:
    """The time on the wall: the server is a program of its own, for which no clock stands still."""
    return datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC).replace(microsecond=0)


def around_both_clock_changes(today: date) -> list[Period]:
    """Evenings and nights around the next two times that the clock is changed."""
    found = []
    for month in (3, 10):
        year = today.year + (today.month >= month)
        sunday = date(year, month, 31) - timedelta(days=date(year, month, 31).isoweekday() % 7)
        for days in (-9, -2, 5):  # Fridays at seven
            day = sunday + timedelta(days=days)
            found.append(Period(moment(day, 19 * 60), moment(day, 22 * 60)))
        night = moment(sunday - timedelta(days=1), 23 * 60)
        found.append(Period(night, night + timedelta(hours=5)))
        if month == 10:
            first_of_two = moment(sunday, 150)
            for starts in (first_of_two, first_of_two + timedelta(hours=1)):
                found.append(Period(starts, starts + timedelta(minutes=45)))
    return found


def khal(folder: Path, first: date) -> dict[str, set[Seen]]:
    """What khal shows of what vdirsyncer fetched, by calendar."""
    config = folder / "khal.conf"
    config.write_text(SHOW.format(folder=folder))
    words = ("list", "--once", "--day-format", "", "--format", FORMAT, str(first), "800d")
    seen: dict[str, set[Seen]] = defaultdict(set)
    for line in run(folder, PROGRAMS / "khal", "-c", config, *words).splitlines():
        name, starts, ends, title, place, status = line.split("\t")
        at = (datetime.fromisoformat(each + "+00:00") for each in (starts, ends))
        seen[name].add(Seen(*at, title, place, "CANCELLED" in status))
    return seen


def run(folder: Path, *words: object) -> str:
    home = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "LC_ALL": "C.UTF-8"}
    home["PYTHONWARNINGS"] = "ignore"
    words = tuple(str(word) for word in words)
    done = subprocess.run(words, check=False, env=home, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def two_readers(file: bytes) -> tuple[set[Seen], set[Seen]]:
    """What a reader of our own and that of a library find in a file."""
    ours = {
        Seen(
            each.starts_at,
            each.ends_at,
            words["SUMMARY"],
            words["LOCATION"],
            words["STATUS"] == "CANCELLED",
        )
        for each in ics_reader.read(file)
        for words in [each.properties]
    }
    theirs = {
        Seen(
            each.start.astimezone(UTC),
            each.end.astimezone(UTC),
            str(each["SUMMARY"]),
            str(each["LOCATION"]),
            each["STATUS"] == "CANCELLED",
        )
        for each in Calendar.from_ical(file).events
    }
    return ours, theirs


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_two_readers_and_a_real_calendar_program_see_the_same_events(
    app: Flask, tmp_path: Path
) -> None:
    now = really_now()
    with time_machine.travel(now, tick=False):
        tokens, expected = a_house_through_the_year(now.date())
    first = now.date() - timedelta(days=1)
    with serving(app, processes=1) as server:
        addresses = {
            "mine": f"{server.url}/ical/p/{tokens['mine']}.ics",
            "room": f"{server.url}/ical/rooms/zaal.ics",
        }
        for name in addresses:
            (tmp_path / name).mkdir()
        config = tmp_path / "vdirsyncer.conf"
        config.write_text(SYNC.format(folder=tmp_path, **addresses))
        for verb in ("discover", "sync"):
            run(tmp_path, PROGRAMS / "vdirsyncer", "-c", config, verb)
        for name, address in addresses.items():
            with urllib.request.urlopen(address) as answer:  # noqa: S310
                ours, theirs = two_readers(answer.read())
            assert ours == theirs == expected[name]
        assert khal(tmp_path, first) == expected


def a_house_through_the_year(today: date) -> tuple[dict[str, str], dict[str, set[Seen]]]:
    """Bookings around both clock changes, one of them cancelled, and a closure: what each feed shows."""
    bram = a_person("Bram")
    group = an_initiative(bram, name="Repair Café")
    room = a_room(a_venue("meevaart", name="De Meevaart"), name="Zaal", slug="zaal")
    wanted = around_both_clock_changes(today)
    mine, taken = set(), set()
    for number, period in enumerate(wanted):
        title = f"{TITLE} {number}"
        day = on(today + timedelta(days=14 + number), 10, 11)
        booking = a_confirmed_booking(
            room, day, by=bram, for_=group, title=title, is_public=number % 2 == 0
        )
        booking.from_at, booking.to_at = period.start, period.end
        db.session.commit()
        if number == 1:
            cancel(booking.id, by=bram)
            mine.add(Seen(period.start, period.end, f"VERVALT: {title}", PLACE, True))
        else:
            mine.add(Seen(period.start, period.end, title, PLACE))
            taken.add(Seen(period.start, period.end, "Bezet" if number % 2 else title, PLACE))
    night = Period(wanted[0].start + timedelta(days=1), wanted[0].start + timedelta(days=3))
    a_closure(room.venue, night, room, reason="Schilder; 2 lagen, wit")
    taken.add(Seen(night.start, night.end, "Gesloten: Schilder; 2 lagen, wit", PLACE))
    token = make(Scope(FeedKind.MINE), name="Mijn agenda", by=bram)
    return {"mine": token}, {"mine": mine, "room": taken}
