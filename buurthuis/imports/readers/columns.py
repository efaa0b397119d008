"""Which column of a list says what, as its headings and its cells suggest; a person has the last word."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from buurthuis.imports.readers.list_values import (
    NoSuchClock,
    clock_part,
    clocks_in,
    is_day,
    people_in,
)
from buurthuis.imports.readers.rows import Columns

LOOKED_AT: Final = 200
MOSTLY: Final = 0.6
HARDLY: Final = 0.2
HEADINGS: Final = {
    "key": "id uid reserveringsnummer boekingsnummer reserveringsnr boekingsnr nummer nr"
    " referentie reference kenmerk|booking id|reservering id",
    "last_day": "einddatum datumtot|end date|datum tot|tot en met|datum eind|datum einde|tot datum",
    "day": "datum date begindatum startdatum reserveringsdatum boekingsdatum dag day wanneer|"
    "start date|datum van|van datum|datum begin|datum start",
    "start": "begintijd starttijd begin start van aanvang aanvangstijd vanaf tijd tijdstip tijden time"
    " from|start time|tijd van|begin tijd|start tijd|van tijd|begin datum tijd|start datum tijd|"
    "begindatum tijd|startdatum tijd|start date time|start datetime|datum tijd begin|datum tijd start",
    "end": "eindtijd eind einde tot end until to stop stoptijd|end time|tijd tot|eind tijd|tot tijd|"
    "eind datum tijd|einde datum tijd|einddatum tijd|end date time|end datetime|datum tijd einde",
    "minutes": "duur duration lengte minuten minutes uren hours tijdsduur|aantal uren|aantal uur",
    "title": "titel title activiteit onderwerp subject summary evenement event gebeurtenis wat"
    " omschrijving naam name reservering boeking booking|naam activiteit|naam reservering",
    "place": "zaal ruimte locatie room location waar lokaal plaats kamer zalen ruimtes",
    "group": "organisatie huurder groep initiatief klant vereniging organisation organization group"
    " aanvrager gebruiker stichting|naam huurder|naam organisatie",
    "kind": "soort type categorie category categories kind categorieen|soort activiteit",
    "remark": "opmerking opmerkingen notitie notities toelichting remark remarks notes description"
    " bijzonderheden bijz comments beschrijving",
    "people": "aantal personen bezoekers deelnemers people attendees pax|aantal personen|"
    "aantal mensen|aantal bezoekers|aantal deelnemers",
    "status": "status",
}
"""For each: single words, and behind the first bar headings of more words."""


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The most likely meaning of each column; no column has two."""
    found: dict[str, int] = {}
    plain = [_plain(each) for each in header]
    for match in (_is_heading, _holds_heading):
        for meaning, headings in HEADINGS.items():
            if meaning in found:
                continue
            free = (index for index in range(len(plain)) if index not in found.values())
            fitting = (
                index
                for index in free
                if match(plain[index], headings) and not _contradicts(meaning, _cells(rows, index))
            )
            if (index := next(fitting, None)) is not None:
                found[meaning] = index
    if "day" not in found and not _tells_days(rows, found.get("start")):
        _find_by_cells(found, "day", rows, len(header), is_day)
    if "start" not in found:
        _find_by_cells(found, "start", rows, len(header), _is_clock)
    return Columns(**found)


def _find_by_cells(
    found: dict[str, int],
    meaning: str,
    rows: Sequence[Sequence[str]],
    width: int,
    holds: Callable[[str], bool],
) -> None:
    """Where no heading tells: the first free column in which most cells are of this kind."""
    for index in range(width):
        if index not in found.values() and _mostly(_cells(rows, index), holds):
            found[meaning] = index
            return


def _contradicts(meaning: str, cells: list[str]) -> bool:
    """Whether the cells are plainly something else than the heading says, such as names of weekdays."""
    if not cells:
        return False
    if meaning in {"day", "last_day"}:
        return not _mostly(cells, is_day, HARDLY)
    if meaning in {"start", "end"}:
        return not _mostly(cells, lambda cell: any(map(str.isdigit, cell)), HARDLY)
    if meaning == "people":
        return not _mostly(cells, lambda cell: people_in(cell) is not None, HARDLY)
    return False


def _tells_days(rows: Sequence[Sequence[str]], index: int | None) -> bool:
    return index is not None and _mostly(_cells(rows, index), is_day)


def _cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] for row in rows[:LOOKED_AT] if row[index].strip()]


def _mostly(cells: list[str], holds: Callable[[str], bool], part: float = MOSTLY) -> bool:
    return bool(cells) and sum(map(holds, cells)) >= part * len(cells)


def _is_clock(cell: str) -> bool:
    if cell.isdigit():
        return False
    try:
        clocks_in(clock_part(cell))
    except NoSuchClock:
        return False
    return True


def _plain(heading: str) -> str:
    """The words of a heading, without signs and what stands in brackets."""
    told = re.sub(r"\(.*?\)", " ", heading.lower().replace("ë", "e"))
    return " ".join(re.findall(r"[a-z]+", told))


def _is_heading(heading: str, headings: str) -> bool:
    words, *phrases = headings.split("|")
    return heading in words.split() or heading in phrases


def _holds_heading(heading: str, headings: str) -> bool:
    words = set(heading.split())
    return bool(words & set(headings.split("|")[0].split()))
