"""The pictures of a board's pages: which figures each shows, and its words."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.reading import Reading, rows_by_standing
from buurthuis.pages.board.steps import Step, coarse_steps_of
from buurthuis.rules.figures.codes import Code, Unit
from buurthuis.rules.figures.displacement import RESIDENTS
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.figures.sheet import Table
from buurthuis.statistics.figures import Answer
from buurthuis.statistics.pictures import Picture, compared_lines, stacked, week_map
from buurthuis.statistics.words import label, unit

AN_HOUR = 8
"""What is drawn of a week in which no house was open."""


def by_quarter(choice: Choice, steps: Sequence[Step], reading: Reading) -> Picture:
    """Used hours by standing."""
    quarters = coarse_steps_of(choice.days.span)
    return stacked(
        _("Used hours, by kind of group"),
        [each.names for each in quarters],
        rows_by_standing(steps, reading.pieces, quarters),
        more=(_("Who has the busy hours"), choice.to("board.equity")),
    )


def visits(choice: Choice, steps: Sequence[Step], reading: Reading) -> Picture:
    """Visits now and before; meetings where nobody counted heads."""
    code = Code.AANTAL if reading.figures[Code.BEZOEK].value is None else Code.BEZOEK
    more = (_("More figures by month"), choice.to("board.months"))
    return monthly(code, choice, steps, reading, more=more)


def monthly(
    code: str,
    choice: Choice,
    steps: Sequence[Step],
    reading: Reading,
    **more: Any,
) -> Picture:
    """One figure in each step, now and before. What is still to come has no point."""
    this, earlier = (
        [_value(each.figures.find(code) if each.span else None) for each in pieces]
        for pieces in (reading.pieces, reading.earlier_pieces)
    )
    figure = reading.figures[code]
    return compared_lines(
        label(code),
        [each.names for each in steps],
        (choice.days.name, this),
        (_before_name(choice), earlier),
        is_share=figure.unit is Unit.RATIO,
        unit=unit(figure.unit),
        **more,
    )


def week(answer: Answer, more: tuple[str, str] | None = None) -> Picture:
    """How full each hour of the week is."""
    used: dict[tuple[int, int], list[int]] = {}
    for key, row in answer.rows(Table.HOURS):
        cell = used.setdefault((int(key[2]), int(key[3])), [0, 0])
        cell[0] += row[0]
        cell[1] += row[1]
    is_open = [hour for (_day, hour), (_used, open_) in used.items() if open_]
    first, last = min(is_open, default=AN_HOUR), max(is_open, default=AN_HOUR)
    shares = [
        [_share(used.get((day, hour))) for day in range(7)] for hour in range(first, last + 1)
    ]
    return week_map(
        _("How full the week is"),
        first,
        shares,
        note=_("Of each hour: how many per cent of the rooms is used. Empty is closed."),
        more=more,
    )


def _share(cell: list[int] | None) -> float | None:
    return None if cell is None or not cell[1] else cell[0] / cell[1]


def _value(figure: Figure | None) -> float | None:
    """Minutes are drawn as hours, cents as euros."""
    if figure is None or figure.value is None:
        return None
    scale = {Unit.MINUTES: 60, Unit.CENTS: 100}.get(figure.unit, 1)
    return float(figure.value) / scale


def _before_name(choice: Choice) -> str:
    """How the days before are called in a legend."""
    if choice.days.is_year:
        return str(choice.days.span.first.year - 1)
    return _("Before")


def use(choice: Choice, steps: Sequence[Step], reading: Reading) -> Picture:
    """How much of the time of rooms is used, by month for several houses, by hour for one."""
    more = (_("Rooms and parts of the day"), choice.to("board.use"))
    if len(choice.venues) > 1:
        return monthly(Code.BENUT, choice, steps, reading, more=more)
    return week(reading.this, more)


def residents(choice: Choice, steps: Sequence[Step], reading: Reading) -> Picture:
    """The share that residents have of the busy hours, now and before."""
    this, earlier = (
        [residents_share(each) for each in pieces]
        for pieces in (reading.pieces, reading.earlier_pieces)
    )
    return compared_lines(
        _("Residents in the busy hours"),
        [each.names for each in steps],
        (choice.days.name, this),
        (_before_name(choice), earlier),
        is_share=True,
        note=_("Groups of residents, organisations and social firms together."),
    )


def residents_share(answer: Answer) -> float | None:
    """What they have together; None where nobody used the busy hours."""
    parts = answer.figures.parts_of("GELIJK.PRIME")
    known = [each.value for code, each in parts.items() if code in RESIDENTS]
    values = [each for each in known if each is not None]
    return float(sum(values)) if values and answer.span else None
