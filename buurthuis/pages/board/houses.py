"""Houses beside each other, a row for each, with a bar for how much of their time is used."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from buurthuis.foundation.formatting import linked
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.headlines import told_large
from buurthuis.rules.figures.codes import Code
from buurthuis.statistics.figures import Answer
from buurthuis.statistics.words import shown
from buurthuis.venues.models import Venue

COLUMNS: Final = (Code.GEB, Code.BENUT, Code.BEZOEK, Code.GROEP, Code.VRIJ_U, Code.KORT)


def house_rows(
    choice: Choice, houses: Sequence[Venue], answers: Mapping[int, Answer]
) -> list[list[Any]]:
    """The name, which leads to the house alone, the hours kept open, and its other figures."""
    return [
        [
            linked(each.name, _alone(choice, each)),
            *(shown(told_large(code, answers[each.id].figures)) for code in COLUMNS),
        ]
        for each in houses
    ]


def _alone(choice: Choice, venue: Venue) -> str:
    return choice.with_house(venue).to("board.overview")
