"""The five large figures of a board: what they say, how they changed, and where they should be."""

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from buurthuis.pages.board.aims import Aim, aim_of
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import than
from buurthuis.pages.board.reading import Reading
from buurthuis.rules.figures.codes import Code, Unit
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.statistics.words import change, known, label, reason, shown

LARGE: Final = (Code.GEB, Code.BEZOEK, Code.GROEP, Code.VRIJ_U, Code.KORT)


@dataclass(frozen=True, slots=True)
class Headline:
    """One large figure."""

    code: str
    label: str
    value: str
    change: str
    notes: list[str]
    url: str
    aim: Aim | None


def headlines(choice: Choice, reading: Reading) -> list[Headline]:
    """The five large ones, in their order."""
    return [_headline(code, choice, reading) for code in LARGE]


def told_large(code: str, figures: Figures) -> Figure:
    """A figure as it is told large: the building by the hours in which there was somebody."""
    found = figures[code]
    return found.numerator_alone(Unit.MINUTES) if code == Code.GEB else found


def large_name(code: str) -> str:
    """What it is called there."""
    return _("Hours kept open") if code == Code.GEB else label(code)


def _headline(code: Code, choice: Choice, reading: Reading) -> Headline:
    this, earlier = (told_large(code, each.figures) for each in (reading.this, reading.earlier))
    return Headline(
        code,
        large_name(code),
        shown(this),
        change(this, earlier, than(choice)),
        [each for each in (reason(this), *_notes(code, reading.figures)) if each],
        choice.to("board.figure", figure=code),
        aim_of(choice, this, reading.targets.get(code)),
    )


def _notes(code: Code, figures: Figures) -> list[str]:
    """What one should know with it at once."""
    figure = figures[code]
    if figure.value is None:
        return []
    if code is Code.GROEP:
        new = figures[Code.NIEUW]
        return [] if new.value is None else [_("%(count)s of them are new", count=shown(new))]
    if code is Code.GEB:
        return [_("%(share)s of the opening hours", share=shown(figure))]
    if code is Code.BEZOEK:
        return [_between(figures), known(figure)]
    return [known(figure)]


def _between(figures: Figures) -> str:
    """Rough counts make it more or less."""
    low, high = (shown(figures[f"BEZOEK.{end}"]) for end in ("LOW", "HIGH"))
    return "" if low == high else _("from %(low)s to %(high)s", low=low, high=high)
