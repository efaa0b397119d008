"""Lines per month: how figures went, beside the days before, and all of them in one table."""

from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.pictures import monthly
from buurthuis.pages.board.reading import Reading, read
from buurthuis.pages.board.steps import Step, steps_of
from buurthuis.rules.figures.codes import Code
from buurthuis.statistics.figures import Answer
from buurthuis.statistics.words import label, shown

HERE = "board.months"
CODES: Final = (
    *(Code.BEZOEK, Code.AANTAL, Code.BENUT, Code.GROEP),
    *(Code.VRIJ_U, Code.KORT, Code.ONTM, Code.VERL),
)

COLUMNS: Final = 4
"""A table of more columns would not stay on a tablet."""


@blueprint.get("/months")
@needs("figures.see")
@remembered
def months() -> str:
    """Small pictures beside each other, all drawn in the same way."""
    choice, now = Choice.of_address(), clock.now()
    steps = steps_of(choice.days.span)
    reading = read(choice, now, steps=steps)
    codes = [each for each in CODES if reading.figures[each].value is not None]
    return draw(
        "board/months.html",
        choice,
        HERE,
        span=reading.this.span,
        pictures=[monthly(each, choice, steps, reading, has_table=False) for each in codes],
        tables=[
            (
                [_("Month"), *map(label, some)],
                [_row(step, answer, some) for step, answer in _over(steps, reading)],
            )
            for some in (codes[:COLUMNS], codes[COLUMNS:])
            if some
        ],
    )


def _over(steps: list[Step], reading: Reading) -> list[tuple[Step, Answer]]:
    """Only what began."""
    pairs = zip(steps, reading.pieces, strict=True)
    return [(step, answer) for step, answer in pairs if answer.span is not None]


def _row(step: Step, answer: Answer, codes: list[Code]) -> list[str]:
    return [step.long, *(shown(answer.figures[code]) for code in codes)]
