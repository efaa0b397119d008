"""One figure: what it means, how it went, what it is made of, and the very rows behind it."""

from flask import request
from flask_babel import gettext as _

from buurthuis.evidence.year.queries import stories_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.lines import line, lines
from buurthuis.pages.board.pictures import monthly
from buurthuis.pages.board.reading import read
from buurthuis.pages.board.rows import behind, changes
from buurthuis.pages.board.steps import steps_of
from buurthuis.rules.figures.codes import Code
from buurthuis.statistics.words import formula, label, unit

HERE = "board.figure"


@blueprint.get("/figures/<figure>", endpoint="figure")
@needs("figures.see")
@remembered
def figure_page(figure: str) -> str:
    """A figure or a part of one."""
    return _drawn(figure)


def _drawn(code: str) -> str:
    main = code.split(".")[0]
    if main not in set(Code):
        raise NotFound(code=code)
    choice, now = Choice.of_address(), clock.now()
    page = request.args.get("page", 1, type=int)
    steps = steps_of(choice.days.span)
    reading = read(choice, now, steps=steps)
    found = reading.figures.find(code)
    siblings = [each.code for each in reading.figures if each.main == main and each.code != code]
    has_value = found is not None and found.value is not None
    return draw(
        "board/figure.html",
        choice,
        HERE,
        in_address={"figure": code},
        title=label(code),
        span=reading.this.span,
        formula=formula(code),
        line=line(choice, reading, code) if found else None,
        unit=unit(found.unit) if found else "",
        picture=monthly(code, choice, steps, reading) if has_value and len(steps) > 1 else None,
        siblings=lines(choice, reading, siblings),
        rows=behind(code, found.unit, choice, now, page) if found else None,
        changes=changes(choice),
        stories=[
            each
            for each in stories_of(choice.asked.venue_ids, choice.days.span)
            if each.code == code
        ],
        head=[_("Figure"), _("Value"), _("Before")],
    )
