"""The first page of a board: five large figures, three pictures, and what is missing."""

from buurthuis.evidence.year.queries import targets_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.headlines import headlines
from buurthuis.pages.board.houses import house_rows
from buurthuis.pages.board.missing import glance
from buurthuis.pages.board.pictures import by_quarter, visits, week
from buurthuis.pages.board.reading import read
from buurthuis.pages.board.steps import coarse_steps_of, steps_of
from buurthuis.pages.board.warnings import displaced

HERE = "board.overview"


@blueprint.get("")
@needs("figures.see")
@remembered
def overview() -> str:
    """What the houses did in some days."""
    choice, now = Choice.of_address(), clock.now()
    steps, quarters = steps_of(choice.days.span), coarse_steps_of(choice.days.span)
    houses = choice.venues if len(choice.venues) > 1 else []
    reading = read(choice, now, steps=steps, coarse=quarters, houses=houses)
    is_whole_year = choice.days.is_year and not choice.asked.is_part
    year = choice.days.span.first.year
    targets = targets_of(choice.asked.venue_ids, year) if is_whole_year else {}
    return draw(
        "board/overview.html",
        choice,
        HERE,
        span=reading.this.span,
        large=headlines(choice, reading, targets),
        warning=displaced(reading),
        pictures=[
            by_quarter(choice, quarters, reading.coarse),
            visits(choice, steps, reading),
            *([] if houses else [week(choice, reading.this)]),
        ],
        missing=glance(choice, reading),
        houses=house_rows(choice, houses, reading.by_house),
    )
