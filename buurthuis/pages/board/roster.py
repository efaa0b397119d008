"""The roster in figures: covered shifts, how early that is sure, who learns, and volunteer hours."""

from typing import Final

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.lines import lines
from buurthuis.pages.board.pictures import monthly
from buurthuis.pages.board.reading import read
from buurthuis.pages.board.steps import steps_of
from buurthuis.rules.figures.codes import Code

HERE = "board.roster"
SHIFTS: Final = (Code.ROOSTER, "ROOSTER.AHEAD", "ROOSTER.FILL_DAYS", "ROOSTER.GINI")
WORK: Final = (
    *(Code.VRIJ_U, "VRIJ_U.HOST", "VRIJ_U.LEARNER", "VRIJ_U.BOARD", "VRIJ_U.OTHER"),
    *(Code.LEER, "LEER.HOURS"),
)
DRAWN: Final = (Code.ROOSTER, Code.VRIJ_U)


@blueprint.get("/roster")
@needs("figures.see")
@remembered
def roster() -> str:
    """Shifts and hours; who did how much is only for the coordinator."""
    choice, now = Choice.of_address(), clock.now()
    steps = steps_of(choice.days.span)
    reading = read(choice, now, steps=steps)
    drawn = [each for each in DRAWN if reading.figures[each].value is not None]
    return draw(
        "board/roster.html",
        choice,
        HERE,
        span=reading.this.span,
        shifts=lines(choice, reading, SHIFTS),
        work=lines(choice, reading, WORK),
        pictures=[monthly(each, choice, steps, reading) for each in drawn],
    )
