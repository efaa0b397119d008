"""Which column of a list says what: as this house chose before for the same heading, else by its words."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Final

from buurthuis.imports.bringing.choices import key_of
from buurthuis.imports.bringing.models import Meaning
from buurthuis.imports.bringing.places import Words
from buurthuis.imports.readers.rows import Columns, Reading, Table
from buurthuis.rules.calendar import ZONE

NAMES: Final = tuple(each.name for each in fields(Columns))
NOTHING: Final = "-"
"""A column that tells nothing we keep."""


def columns_for(table: Table, words: Words) -> Columns:
    """The columns of a table as they were chosen before, and for other headings as they are guessed."""
    from buurthuis.imports.readers.columns import guess_columns

    guessed = guess_columns(table.header, table.rows)
    known = words[Meaning.COLUMN]
    chosen = {
        number: known[key_of(heading)]
        for number, heading in enumerate(table.header)
        if key_of(heading) in known
    }
    left = {
        name: None if getattr(guessed, name) in chosen else getattr(guessed, name) for name in NAMES
    }
    return replace(Columns(**left), **{name: at for at, name in chosen.items() if name in NAMES})


def meanings(table: Table, columns: Columns) -> Mapping[str, str]:
    """What each heading means, to be remembered: the first one of each name."""
    names = {getattr(columns, name): name for name in NAMES}
    return {
        heading: names.get(number, NOTHING)
        for number, heading in reversed(list(enumerate(table.header)))
        if key_of(heading)
    }


def reading_of(table: Table, columns: Columns) -> Reading:
    """What a table says by these columns."""
    from buurthuis.imports.readers.list_rows import rows_of

    return rows_of(table, columns, ZONE)


def examples(table: Table, most: int = 3) -> Sequence[str]:
    """What stands in each column, in the first rows that have something there."""
    found = []
    for number in range(len(table.header)):
        here = dict.fromkeys(row[number] for row in table.rows[:200] if row[number])
        found.append(", ".join(list(here)[:most])[:120])
    return found
