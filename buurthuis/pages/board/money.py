"""Money: discount given, who bore the year, costs covered, the lever, and what stops without it."""

from collections.abc import Iterator
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from buurthuis.evidence.year.models import MoneyKind, WordsKind
from buurthuis.evidence.year.queries import Money, money_of, words_of
from buurthuis.evidence.year.words import MONEY
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.lines import lines
from buurthuis.pages.board.reading import Reading, read
from buurthuis.rules.figures.codes import Code
from buurthuis.rules.figures.columns import Counts
from buurthuis.rules.figures.sheet import Table
from buurthuis.statistics.charts import share_of_width
from buurthuis.statistics.pictures import tone_of
from buurthuis.statistics.words import standing_word

HERE = "board.money"
CODES: Final = (
    *(Code.KORT, Code.DEK, Code.HEF, "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH"),
    *("SROI.LOW", "SROI.HIGH"),
)

Bar = tuple[str, str, float, int]
"""A name, an amount, how far its bar reaches, and its tone."""


@blueprint.get("/money")
@needs("figures.see")
@remembered
def money() -> str:
    """What groups did not have to pay, and who paid."""
    choice, now = Choice.of_address(), clock.now()
    reading = read(choice, now)
    span, year = reading.this.span, choice.days.span.first.year
    written = money_of(sorted(choice.asked.venue_ids), span) if span else None
    said = words_of(choice.asked.venue_ids, year)
    names = {each.id: each.name for each in choice.venues}
    return draw(
        "board/money.html",
        choice,
        HERE,
        span=span,
        lines=lines(choice, reading, CODES),
        discounts=_bars(list(_discounts(reading))),
        payers=_bars(list(_payers(choice, reading, written))) if written else [],
        is_part=choice.asked.is_part,
        stops=[
            (names[venue], words[WordsKind.STOPS_WITHOUT])
            for venue, words in said.items()
            if WordsKind.STOPS_WITHOUT in words
        ],
        proof=url_for("pages.all_discounts", year=year),
        year=year,
    )


def _discounts(reading: Reading) -> Iterator[tuple[str, int | None, int]]:
    for code, figure in reading.figures.parts_of("KORT").items():
        yield standing_word(code), figure.numerator, tone_of(code)


def _payers(
    choice: Choice, reading: Reading, written: Money
) -> Iterator[tuple[str, int | None, int]]:
    """Each in the order of how close to the house it is."""
    rows = reading.this.rows(Table.COUNTS)
    yield _("Paid by groups"), sum(row[Counts.INCOME] for _key, row in rows), 0
    yield _("Work of volunteers, at the low rate"), reading.figures["VRIJ_EUR.LOW"].numerator, 1
    yield str(MONEY[MoneyKind.OTHER_FUNDS]), written.cents[MoneyKind.OTHER_FUNDS], 2
    yield str(MONEY[MoneyKind.CONTRIBUTION]), written.cents[MoneyKind.CONTRIBUTION], 3


def _bars(rows: list[tuple[str, int | None, int]]) -> list[Bar]:
    """Bars on one scale; what nobody wrote down says so."""
    most = max((cents or 0 for _name, cents, _tone in rows), default=0)
    return [
        (
            name,
            _("Not filled in yet.") if cents is None else euros(cents),
            share_of_width(cents or 0, most),
            tone,
        )
        for name, cents, tone in rows
    ]
