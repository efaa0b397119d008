"""The annual sheet for a board: what stands on it, and the files to send on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from flask import Response, render_template
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.choosing import Bar, bar_of
from buurthuis.pages.board.drawing import places
from buurthuis.statistics.annual.files import (
    File,
    checksum_of,
    numbers,
    paper_of,
    sheet_of,
    zipped,
)
from buurthuis.statistics.annual.numbers import hours_of
from buurthuis.statistics.annual.parts import AnnualSheet, Chart
from buurthuis.statistics.annual.reading import NothingCounted, Reading, read
from buurthuis.statistics.annual.subject import House, Subject
from buurthuis.statistics.charts import columns
from buurthuis.statistics.pictures import Numbers, Picture

HERE: Final = "board.annual"


@blueprint.get("/annual")
@needs("figures.see")
@remembered
def annual() -> str:
    """What stands on the sheet of a house, or of all together."""
    choice = _chosen()
    sheet = _sheet(choice)
    return render_template(
        "board/annual.html",
        choice=choice,
        bar=_bar(choice),
        places=places(choice, HERE),
        kicker=choice.house_name,
        sheet=sheet,
        picture=None if sheet is None else _picture(sheet.chart),
        houses=choice.venues if _is_whole(choice) else [],
    )


@blueprint.get("/annual/<any(pdf, csv, sha256, zip):kind>")
@needs("figures.see")
def annual_file(kind: str) -> Response:
    """A file of it: the paper, the numbers, their checksum, or all of it packed together."""
    choice = _chosen()
    try:
        reading = _read(choice)
    except NothingCounted:
        raise NotFound from None
    file = MAKES[kind](reading)
    answer = Response(file.content, mimetype=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _chosen() -> Choice:
    """The choice without room, standing and theme: a sheet is about whole houses."""
    return replace(Choice.of_address(), room=None, standing=None, theme=None)


def _bar(choice: Choice) -> Bar:
    """The ways to other days and houses alone."""
    bar = bar_of(choice, HERE)
    kept = {_("Days"), _("House")}
    return replace(bar, groups=[each for each in bar.groups if each.label in kept])


def _is_whole(choice: Choice) -> bool:
    return choice.venue is None and len(choice.venues) > 1


def _read(choice: Choice) -> Reading:
    houses = [House(each.id, each.slug, each.name) for each in choice.venues]
    return read(houses, choice.days.span, clock.now(), is_whole=_is_whole(choice))


def _sheet(choice: Choice) -> AnnualSheet | None:
    """What stands on it; None when nothing is over yet."""
    try:
        reading = _read(choice)
    except NothingCounted:
        return None
    return sheet_of(_subject(reading), numbers(reading))


def _subject(reading: Reading) -> Subject:
    return reading.whole or reading.each[0]


def _picture(chart: Chart) -> Picture:
    """The bars of the paper as columns, with the same words."""
    places = range(len(chart.legend))
    totals = [_("Together"), *(bar.hours for bar in chart.quarters)]
    rows = [
        [chart.legend[place].label, *(hours_of(bar.minutes[place]) for bar in chart.quarters)]
        for place in places
    ]
    names = [bar.label for bar in chart.quarters]
    numeric = tuple(range(1, len(names) + 1))
    return Picture(
        chart.title,
        says=chart.alt,
        kind="columns",
        drawing=columns([[minutes / 60 for minutes in bar.minutes] for bar in chart.quarters]),
        numbers=Numbers([_("Hours"), *names], [*rows, totals], numeric),
        names=names,
        legend=[
            (place, f"{chart.legend[place].label}: {chart.legend[place].hours}") for place in places
        ],
        tones=list(places),
    )


def _paper(reading: Reading) -> File:
    return paper_of(_subject(reading), numbers(reading))


def _checksum(reading: Reading) -> File:
    return checksum_of(numbers(reading))


MAKES: Final[dict[str, Callable[[Reading], File]]] = {
    "pdf": _paper,
    "csv": numbers,
    "sha256": _checksum,
    "zip": zipped,
}
TYPES: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "sha256": "text/plain",
    "zip": "application/zip",
}
