"""What a board set itself for a year, beside what came of it."""

from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext as _

from buurthuis.evidence.year.words import VERDICTS
from buurthuis.pages.board.choice import Choice
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.targets import passed_of, verdict
from buurthuis.statistics.charts import share_of_width
from buurthuis.statistics.words import written


@dataclass(frozen=True, slots=True)
class Aim:
    """A target in words, with how it stands."""

    words: str
    share: float
    """How far the bar reaches, of a hundred."""


def aim_of(choice: Choice, figure: Figure, target: Fraction | None) -> Aim | None:
    """The target of a year in words, and how far it is reached."""
    if target is None or figure.value is None or not choice.days.is_year:
        return None
    passed = passed_of(choice.days.span.first.year, choice.today)
    stands = VERDICTS[verdict(figure.code, figure.value, target, passed=passed)]
    goal = written(figure.code, target, figure.unit)
    words = _("Goal: %(goal)s. %(verdict)s.", goal=goal, verdict=stands)
    return Aim(words, share_of_width(float(figure.value), float(target)))
