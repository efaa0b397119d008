"""Verbs of a draft: keep what was read, choose for all rows, tick single ones, throw it away."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, update

from buurthuis.accounts.models import Person
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.rows import row_of
from buurthuis.imports.bringing.choices import Choices
from buurthuis.imports.bringing.entries import Entry, as_found, as_plain, hashed
from buurthuis.imports.bringing.known import Known, known_entries
from buurthuis.imports.bringing.models import (
    LONGEST_WORD,
    CalendarImport,
    ImportRow,
    Meaning,
    State,
)
from buurthuis.imports.bringing.places import remember
from buurthuis.imports.bringing.refusals import BroughtAlready, NothingRead, TooManyRows
from buurthuis.imports.readers.rows import Found, Reading, Why
from buurthuis.rules.wording import one_line
from buurthuis.venues.models import Venue

MOST_ROWS: Final = 5_000
LONGEST_LIST: Final = 200
"""Of what could not be read, so much is told."""


@action
def begin(venue: Venue, reading: Reading, *, name: str, by: Person) -> int:
    """Keep what was read of a calendar as a draft; gives its number.

    Raises:
        NothingRead, TooManyRows
        NotFound, NotAllowed: the person does not manage this house.
    """
    demand(by, "house.manage", venue)
    found = _draft(venue, reading.name or name, by)
    _fill(found, reading)
    return found.id


@action
def begin_table(venue: Venue, sheet: dict[str, Any], *, name: str, by: Person) -> int:
    """Keep a table as a draft whose columns are still to be matched; gives its number.

    Raises:
        NotFound, NotAllowed: the person does not manage this house.
    """
    demand(by, "house.manage", venue)
    found = _draft(venue, name, by)
    found.sheet = sheet
    return found.id


@action
def match(import_id: int, reading: Reading, columns: Mapping[str, str], *, by: Person) -> None:
    """Keep what a table says by its columns, and remember which heading means what.

    Raises:
        BroughtAlready, NothingRead, TooManyRows
        NotFound, NotAllowed: the person does not manage this house.
    """
    found = locked_draft(import_id, by)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
    remember(found.venue, Meaning.COLUMN, columns)
    _fill(found, reading)


@action
def choose(import_id: int, choices: Choices, *, by: Person) -> None:
    """Keep what was chosen for all rows, and remember what words mean in this house.

    Raises:
        BroughtAlready
        NotFound, NotAllowed: the person does not manage this house.
    """
    found = locked_draft(import_id, by)
    found.choices = choices.as_plain()
    remember(found.venue, Meaning.ROOM, choices.rooms)
    remember(found.venue, Meaning.GROUP, choices.groups)


@action
def tick(import_id: int, ticks: Mapping[int, bool | None], *, by: Person) -> None:
    """Say of rows, by their numbers, whether they are brought; None leaves it to the rule.

    Raises:
        BroughtAlready
        NotFound, NotAllowed: the person does not manage this house.
    """
    found = locked_draft(import_id, by)
    if ticks:
        rows = [{"row": number, "says_so": tick} for number, tick in ticks.items()]
        db.session.connection().execute(_TICK, [{"draft": found.id, **row} for row in rows])


_TABLE: Any = ImportRow.__table__
_TICK = (
    update(_TABLE)
    .where(_TABLE.c.import_id == bindparam("draft"), _TABLE.c.number == bindparam("row"))
    .values(tick=bindparam("says_so"))
)


@action
def throw_away(import_id: int, *, by: Person) -> None:
    """Forget a draft.

    Raises:
        BroughtAlready
        NotFound, NotAllowed: the person does not manage this house.
    """
    found = locked_draft(import_id, by)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
    db.session.delete(found)


def locked_draft(import_id: int, by: Person) -> CalendarImport:
    """The draft, locked, when this person manages its house.

    Raises:
        BroughtAlready, NotFound, NotAllowed
    """
    found = locked_import(import_id, by)
    if found.state is not State.DRAFT:
        raise BroughtAlready(number=import_id)
    return found


def locked_import(import_id: int, by: Person) -> CalendarImport:
    """The import, locked, when this person manages its house.

    Raises:
        NotFound, NotAllowed
    """
    found = row_of(CalendarImport, import_id)
    demand(by, "house.manage", found.venue)
    db.session.refresh(found, with_for_update={"of": CalendarImport})
    return found


def all_entries(reading: Reading, venue: Venue) -> list[Entry]:
    """What was read, and behind it what came before and is gone; nothing is kept.

    Raises:
        NothingRead, TooManyRows
    """
    if not reading.found:
        raise NothingRead
    if len(reading.found) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    entries = [
        Entry(number, hashed(found.key), as_found(as_plain(found)))
        for number, found in enumerate(reading.found, start=1)
    ]
    gone = gone_entries(entries, known_entries(venue)) if is_whole(reading) else []
    return [*entries, *gone]


def gone_from(entries: Sequence[Entry], known: Mapping[str, Known]) -> list[Known]:
    """What came before with the same calendar, lies within the time of the file, and is not in it."""
    keys = {entry.key for entry in entries}
    sources = {known[key].source_id for key in keys & known.keys()}
    if not sources:
        return []
    first = min(entry.found.starts_at for entry in entries)
    last = max(entry.found.ends_at for entry in entries)
    gone = [
        each
        for each in known.values()
        if each.source_id in sources and each.key not in keys and each.is_live
        if first <= each.period.start <= last
    ]
    return sorted(gone, key=lambda each: (each.period.start, each.key))


def is_whole(reading: Reading) -> bool:
    """The file did not end halfway, so what it does not tell is no longer there."""
    return all(each.code is not Why.CUT_SHORT for each in reading.left_out)


def gone_entries(entries: Sequence[Entry], known: Mapping[str, Known]) -> list[Entry]:
    """The same as entries behind those of the file; they say what stands here."""
    gone = gone_from(entries, known)
    return [
        Entry(number, each.key, _as_it_stands(each), is_gone=True)
        for number, each in enumerate(gone, start=len(entries) + 1)
    ]


def _as_it_stands(known: Known) -> Found:
    booking = known.booking or {}
    return Found(
        line=0,
        key=known.key,
        starts_at=booking["from_at"],
        ends_at=booking["to_at"],
        title=booking["title"],
        people=booking["people"],
    )


def _draft(venue: Venue, name: str, by: Person) -> CalendarImport:
    called = one_line(name[:10_000], longest=10_000)[:LONGEST_WORD].rstrip()
    found = CalendarImport(venue_id=venue.id, name=called, made_at=clock.now(), made_by_id=by.id)
    db.session.add(found)
    db.session.flush()
    return found


def _fill(found: CalendarImport, reading: Reading) -> None:
    entries = all_entries(reading, found.venue)
    found.left_out = [
        [each.line, each.code, list(map(list, each.facts))]
        for each in reading.left_out[:LONGEST_LIST]
    ]
    rows = [
        {
            "import_id": found.id,
            "number": entry.number,
            "key": entry.key,
            "says": {**as_plain(entry.found), **({"is_gone": True} if entry.is_gone else {})},
        }
        for entry in entries
    ]
    db.session.execute(insert(ImportRow), rows)
