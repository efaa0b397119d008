"""The first page of a board: five large figures, three pictures, and what is missing."""

from collections.abc import Iterator

from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.headlines import headlines
from buurthuis.pages.board.houses import house_rows
from buurthuis.pages.board.missing import glance
from buurthuis.pages.board.pictures import by_quarter, monthly, use, visits
from buurthuis.pages.board.reading import Reading, read
from buurthuis.pages.board.steps import Step, steps_of
from buurthuis.pages.board.warnings import displaced
from buurthuis.rules.figures.codes import Code
from buurthuis.statistics.pictures import Picture

HERE = "board.overview"


@blueprint.get("")
@needs("figures.see")
@remembered
def overview() -> str:
    """What the houses did in some days."""
    choice, now = Choice.of_address(), clock.now()
    steps = steps_of(choice.days.span)
    houses = choice.venues if len(choice.venues) > 1 else []
    reading = read(choice, now, steps=steps, houses=houses)
    return draw(
        "board/overview.html",
        choice,
        HERE,
        span=reading.this.span,
        large=headlines(choice, reading),
        warning=displaced(reading),
        quarters=by_quarter(choice, steps, reading),
        pictures=list(_pictures(choice, steps, reading)),
        missing=glance(choice, reading),
        houses=house_rows(choice, houses, reading.by_house),
    )


def _pictures(choice: Choice, steps: list[Step], reading: Reading) -> Iterator[Picture]:
    yield visits(choice, steps, reading)
    yield use(choice, steps, reading)
    if reading.figures[Code.VRIJ_U].value is not None:
        more = (_("The roster in figures"), choice.to("board.roster"))
        yield monthly(Code.VRIJ_U, choice, steps, reading, more=more)
