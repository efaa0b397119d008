"""What houses bring along in the tests: entries of a calendar, and a list that waits to be looked at."""

from buurthuis.accounts.models import Person
from buurthuis.imports.bringing import drafting
from buurthuis.imports.bringing.choices import NEW, Choices
from buurthuis.imports.bringing.columns import columns_for, meanings, reading_of
from buurthuis.imports.bringing.places import words_of
from buurthuis.imports.readers.carrying import told_table
from buurthuis.imports.readers.rows import Found, Table
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room

LIST = Table(
    ("Datum", "Van", "Tot", "Waar", "Groep", "Wat", "Aantal"),
    (
        ("13-3-2026", "19:00", "21:00", "Boven", "Koor de Lente", "Repetitie", "12"),
        ("14-3-2026", "10:00", "12:00", "Boven", "", "Taalles", ""),
        ("15-3-2026", "03:00", "05:00", "Boven", "Koor de Lente", "Vroeg op", ""),
        ("16-3-2026", "10:00", "12:00", "Zolder", "", "Opruimen", ""),
        ("17-3-2026", "", "", "Boven", "", "Zomerfeest", ""),
    ),
)
"""As it was typed for years: a room by another name, and one that nobody knows."""


def an_entry(period: Period, title: str = "Yoga", **facts: object) -> Found:
    """An entry of another calendar; its key is its title and start."""
    facts = {"line": 1, "key": f"{title} {period.start}", "place": "Grote zaal", **facts}
    return Found(starts_at=period.start, ends_at=period.end, title=title, **facts)


def a_draft(room: Room, by: Person) -> int:
    """A list that somebody brought and whose words were matched, ready to be looked at."""
    venue = room.venue
    number = drafting.begin_table(venue, told_table(LIST), name="lijst.csv", by=by)
    columns = columns_for(LIST, words_of(venue))
    drafting.match(number, reading_of(LIST, columns), meanings(LIST, columns), by=by)
    drafting.choose(number, Choices(rooms={"boven": room.slug}, others=NEW), by=by)
    return number
