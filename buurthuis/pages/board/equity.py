"""Fair sharing: who has the busy hours beside who asks, who is refused, and how long one waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import percent
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.lines import lines
from buurthuis.pages.board.pictures import residents, residents_share
from buurthuis.pages.board.reading import Reading, read
from buurthuis.pages.board.steps import coarse_steps_of
from buurthuis.pages.board.warnings import displaced, their_place
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.standing import NOT_KNOWN, place_of
from buurthuis.statistics.pictures import tone_of
from buurthuis.statistics.words import standing_word

HERE = "board.equity"
CODES: Final = ("GELIJK.REFUSAL", "GELIJK.ANSWER_DAYS", "GELIJK.GINI")


@dataclass(frozen=True, slots=True)
class Share:
    """What one kind of group has of the busy hours, had before, and asks."""

    name: str
    url: str
    tone: int
    prime: str
    bar: float
    before: str
    asked: str
    asked_bar: float


@blueprint.get("/equity")
@needs("figures.see")
@remembered
def equity() -> str:
    """Shares, refusals and days to an answer."""
    choice, now = Choice.of_address(), clock.now()
    steps = coarse_steps_of(choice.days.span)
    reading = read(choice, now, steps=steps)
    residents_have = [
        percent(residents_share(each) or 0) for each in (reading.this, reading.earlier)
    ]
    return draw(
        "board/equity.html",
        choice,
        HERE,
        span=reading.this.span,
        warning=displaced(reading),
        shares=list(_shares(choice, reading)),
        # Of one standing alone nobody can say what residents have together.
        place=their_place(reading, *residents_have) if choice.standing is None else None,
        lines=lines(choice, reading, CODES),
        picture=residents(choice, steps, reading),
    )


def _shares(choice: Choice, reading: Reading) -> Iterator[Share]:
    prime = reading.figures.parts_of("GELIJK.PRIME")
    asked = reading.figures.parts_of("GELIJK.ASKED")
    before = reading.earlier.figures.parts_of("GELIJK.PRIME")
    for code in sorted(
        {*prime, *asked, *before}, key=lambda each: (each == NOT_KNOWN, place_of(each))
    ):
        now, then, wanted = (_value(each.get(code)) for each in (prime, before, asked))
        yield Share(
            standing_word(code),
            choice.to("board.figure", figure=f"GELIJK.PRIME.{code}"),
            tone_of(code),
            percent(now),
            100 * now,
            percent(then),
            percent(wanted),
            100 * wanted,
        )


def _value(figure: Figure | None) -> float:
    return 0.0 if figure is None or figure.value is None else float(figure.value)
