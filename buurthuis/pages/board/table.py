"""All figures in one table, with what they were made of, how much is known, and their definition."""

from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.lines import all_lines
from buurthuis.pages.board.reading import read

HERE = "board.table"


@blueprint.get("/figures")
@needs("figures.see")
@remembered
def table() -> str:
    """Every figure and every part."""
    choice, now = Choice.of_address(), clock.now()
    reading = read(choice, now)
    return draw(
        "board/table.html",
        choice,
        HERE,
        span=reading.this.span,
        before=reading.earlier.asked.span,
        lines=all_lines(choice, reading),
        head=[_("Figure"), _("Value"), _("Before"), _("Made of"), _("Definition")],
    )
