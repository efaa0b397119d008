"""The open data: a year as a table and as a document, and the dictionary that explains both."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from flask_babel import force_locale

from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure, rounded
from buurthuis.rules.figures.spans import year_span
from buurthuis.statistics.public import file_words
from buurthuis.statistics.public.making import CODES
from buurthuis.statistics.public.rows import Of, Publication, Row
from buurthuis.statistics.words import caveat, formula, label, unit

LICENCE: Final = "CC0-1.0"
LICENCE_URL: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
COLUMNS: Final = (
    *("year", "of", "house", "quarter", "standing", "theme", "from", "until"),
    *("code", "value", "unit", "numerator", "denominator", "coverage", "definition", "reason"),
)
HEADINGS: Final = ("kind", "name", "label_nl", "label_en", "meaning_nl", "meaning_en", "unit")


def year_table(publication: Publication) -> Table:
    """A line for each figure of each row; `until` is the last day, and belongs to it."""
    return Table(f"figures-{publication.year}", COLUMNS, _lines(publication))


def _lines(publication: Publication) -> Iterator[list[Cell]]:
    for row in publication.rows:
        about = _about(row, publication.year)
        for figure in row.figures:
            yield [*about.values(), *_told(figure).values()]


def _about(row: Row, year: int) -> dict[str, Cell]:
    span = row.span(year)
    return {
        "year": year,
        "of": row.of.value,
        "house": row.house,
        "quarter": row.quarter or None,
        "standing": row.standing,
        "theme": row.theme,
        "from": span.first,
        "until": span.last,
    }


def _told(figure: Figure) -> dict[str, Cell]:
    return {
        "code": str(figure.code),
        "value": figure.written,
        "unit": figure.unit.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "coverage": None if figure.coverage is None else rounded(figure.coverage),
        "definition": figure.definition,
        "reason": figure.reason.value if figure.reason else "",
    }


def year_document(publication: Publication, links: dict[str, str]) -> dict[str, Any]:
    """The same as one document, with what a catalogue of open data asks of it (DCAT)."""
    span = year_span(publication.year)
    return {
        "title": f"Figures of neighbourhood houses run by residents, {publication.year}",
        "description": file_words.DESCRIPTION,
        "license": LICENCE,
        "license_url": LICENCE_URL,
        "publisher": {"name": ", ".join(publication.houses.values())},
        "issued": publication.made_on.isoformat(),
        "version": publication.number,
        "temporal": {"start": span.first.isoformat(), "end": span.last.isoformat()},
        "spatial": "NL",
        "language": ["nl", "en"],
        "edition": publication.edition,
        "distribution": links,
        "houses": [{"slug": slug, "name": name} for slug, name in publication.houses.items()],
        "rows": [_row(row, publication.year) for row in publication.rows],
    }


def _row(row: Row, year: int) -> dict[str, Any]:
    about = {key: _plain(value) for key, value in _about(row, year).items() if value}
    return {**about, "figures": [_figure(each) for each in row.figures]}


def _figure(figure: Figure) -> dict[str, Any]:
    told = {key: _plain(value) for key, value in _told(figure).items()}
    return {key: value for key, value in told.items() if value != "" or key == "value"}


def _plain(value: Cell) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, int | str) else value.isoformat()


def dictionary() -> Table:
    """What every column, code, unit and reason of the files means, in both languages."""
    return Table("dictionary", HEADINGS, _entries())


def dictionary_document() -> dict[str, Any]:
    """The same as one document."""
    rows = [dict(zip(HEADINGS, row, strict=True)) for row in _entries()]
    return {"license": LICENCE, "license_url": LICENCE_URL, "entries": rows}


def _entries() -> Iterator[list[Cell]]:
    for name in COLUMNS:
        yield _entry("column", name, file_words.columns)
    for of in Of:
        yield _entry("of", of.value, file_words.kinds)
    codes = dict.fromkeys(code for of in Of for code in CODES[of])
    units = file_words.UNITS_OF
    for code in codes:
        yield ["code", code, *_both(lambda each=code: (label(each), _meaning(each))), units[code]]
    for kind in Unit:
        yield ["unit", kind.value, *_both(lambda each=kind: (unit(each), "")), kind.value]
    for reason in Reason:
        yield _entry("reason", reason.value, file_words.reasons)


def _meaning(code: str) -> str:
    return f"{formula(code)} {caveat(code)}"


def _entry(kind: str, name: str, words: Any) -> list[Cell]:
    return [kind, name, *_both(lambda: ("", words()[name])), ""]


def _both(words: Any) -> list[str]:
    """Label and meaning in Dutch and in English: nl, en, nl, en."""
    with force_locale("nl"):
        dutch = words()
    with force_locale("en"):
        english = words()
    return [dutch[0], english[0], dutch[1], english[1]]
