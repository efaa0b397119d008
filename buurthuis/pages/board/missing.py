"""What figures still need: at a glance from the figures themselves, and in full with who can fill it in."""

from collections.abc import Iterator
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _

from buurthuis.evidence.missing import Missing, missing_in
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.formatting import percent
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.reading import Reading
from buurthuis.pages.desk_figures import Line
from buurthuis.rules.figures.codes import Code, Reason
from buurthuis.rules.figures.columns import Counts
from buurthuis.rules.figures.sheet import Table
from buurthuis.statistics.words import label

HERE = "board.missing"


@blueprint.get("/missing")
@needs("figures.see")
@remembered
def missing() -> str:
    """House by house what is missing, who can fill it in, and where."""
    choice, now = Choice.of_address(), clock.now()
    found = missing_in(choice.venues, choice.days.span, now)
    year = choice.days.span.first.year
    return draw(
        "board/missing.html",
        choice,
        HERE,
        houses=list(_by_house(choice, found)),
        ways=[
            (_("Costs, contribution, goals and words"), url_for("year.overview", year=year)),
            (_("Stories"), url_for("year.stories")),
            (_("What an hour of a volunteer is worth"), url_for("year.rates")),
            (_("Results for society"), url_for("year.outcomes")),
        ],
    )


def glance(choice: Choice, reading: Reading) -> list[str]:
    """What the figures themselves say is missing, in a few sentences."""
    rows = reading.this.rows(Table.COUNTS)
    meetings = sum(row[Counts.BOOKINGS] for _key, row in rows)
    counted = sum(row[Counts.COUNTED] for _key, row in rows)
    themed = sum(row[Counts.BOOKINGS] for key, row in rows if key[3])
    unwritten = [
        label(each.code)
        for each in reading.figures
        if each.reason is Reason.NOT_FILLED_IN and each.code in (Code.DEK, Code.HEF)
    ]
    return [
        *(
            [
                _(
                    "%(share)s of the meetings have no head count.",
                    share=percent(1 - counted / meetings),
                )
            ]
            if counted < meetings
            else []
        ),
        *(
            [_("%(share)s of the meetings have no theme.", share=percent(1 - themed / meetings))]
            if themed < meetings
            else []
        ),
        *(_("%(figure)s: not filled in yet.", figure=each) for each in unwritten),
    ]


def _by_house(choice: Choice, found: list[Missing]) -> Iterator[tuple[str, list[Line]]]:
    """Lines of each house, then those of all houses together."""
    person = visitor()
    for name, own in groupby(found, key=lambda each: each.venue.name if each.venue else ""):
        lines = [Line.of(each, person) for each in own]
        yield name or _("All houses together"), lines
