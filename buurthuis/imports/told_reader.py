"""Reading what a house file tells its visitors: notices, photos, and what residents decided."""

import re
from collections.abc import Iterator
from datetime import date

from buurthuis.foundation.errors import Refusal
from buurthuis.imports.house import HouseDecision, HouseNotice, HousePhoto
from buurthuis.imports.table import Table
from buurthuis.venues.decisions import Matter
from buurthuis.venues.notices import LONGEST_NOTICE
from buurthuis.venues.photos import LONGEST_ALT, MOST_PHOTOS

LONGEST_FILE = 100

_PICTURE_FILE = re.compile(r"[A-Za-z0-9][\w .()-]*\.(jpe?g|png|webp)", re.ASCII | re.IGNORECASE)


def read_notices(table: Table) -> Iterator[HouseNotice]:
    """The notices of a house."""
    for entry in table.tables("notices", most=100):
        entry.needed("text", "from")
        from_on, to_on = entry.day("from"), entry.day("to")
        text = entry.name("text", longest=LONGEST_NOTICE)
        if from_on and to_on and to_on < from_on:
            entry.note("to", "ends_before_start")
        yield HouseNotice(text, from_on or date.min, to_on)


def read_photos(table: Table) -> tuple[HousePhoto, ...]:
    """The photos of a house or of one room, in the order in which they are shown.

    A picture that is not ours yet is taken in on the way, and its photo carries the name it gets.
    """
    found: list[HousePhoto] = []
    for entry in table.tables("photos", most=MOST_PHOTOS, unique="file"):
        photo = _photo(entry)
        if photo is not None:
            if any(photo.name == other.name for other in found):
                entry.note("file", "twice", what=entry.line("file", longest=LONGEST_FILE))
            found.append(photo)
    return tuple(found)


def _photo(table: Table) -> HousePhoto | None:
    table.needed("file", "alt")
    alt = table.name("alt", longest=LONGEST_ALT)
    file = table.line("file", longest=LONGEST_FILE)
    if not _PICTURE_FILE.fullmatch(file):
        if file:
            table.note("file", "not_a_picture_file")
        return None
    try:
        picture = table.book.album(file)
    except Refusal as refusal:
        table.note("file", refusal.code.replace("-", "_"), **refusal.facts)
        return None
    return HousePhoto(file, alt) if picture is None else HousePhoto.of(picture, alt=alt)


def read_decisions(table: Table) -> Iterator[HouseDecision]:
    """What residents decided, but for what stands with a rate card."""
    for entry in table.tables("decisions", most=1000):
        yield decision_in(entry, about=entry.choice("about", Matter) or Matter.OTHER)


def decision_in(table: Table, *, about: Matter) -> HouseDecision:
    """One decision: the day and who decided are needed."""
    table.needed("on", "by")
    return HouseDecision(
        on=table.day("on") or date.min,
        by=table.name("by", longest=120),
        subject=table.line("subject", longest=120),
        reference=table.line("reference", longest=300),
        about=about,
    )
