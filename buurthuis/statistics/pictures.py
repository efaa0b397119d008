"""Pictures of figures: what is drawn, how it is told to who cannot see it, and its numbers in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.foundation.formatting import number, percent, weekdays
from buurthuis.rules.standing import Kind
from buurthuis.statistics.charts import Columns, Heat, Lines, columns, heat, lines
from buurthuis.statistics.words import standing_word

OTHER_TONE: Final = 6
TONES: Final[dict[str, int]] = {str(kind): place for place, kind in enumerate(Kind)}
"""The kinds that everybody knows have a tone and a pattern of their own; all others share the last."""

Cell = Any


@dataclass(frozen=True, slots=True)
class Numbers:
    """The table under a picture."""

    head: list[str]
    rows: list[list[Cell]]
    numeric: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture with everything that stands around it."""

    title: str
    says: str
    """What it shows, for who cannot see it."""
    kind: str
    drawing: Columns | Lines | Heat
    numbers: Numbers
    names: Sequence[str] = ()
    """Under the columns or above them, short."""
    sides: Sequence[str] = ()
    """Before the rows of a heat map."""
    legend: Sequence[tuple[int, str]] = ()
    tones: Sequence[int] = ()
    """Which tone each piece of a column has."""
    note: str = ""
    more: tuple[str, str] | None = None
    unit: str = ""
    percents: bool = False
    """The marks are hundredths."""
    has_table: bool = True
    """Its numbers stand under it; else the page has them elsewhere."""


def tone_of(standing: str) -> int:
    """The tone in which a standing is drawn, on every picture the same."""
    return TONES.get(standing, OTHER_TONE)


def stacked(
    title: str, names: Sequence[tuple[str, str]], rows: Mapping[str, Sequence[int]], **more: Any
) -> Picture:
    """Hours by standing, a column for each of the names (short, long); the rows are minutes."""
    order = sorted(rows, key=lambda code: (tone_of(code), code))
    stacks = [[rows[code][at] / 60 for code in order] for at in range(len(names))]
    totals = [sum(each) for each in stacks]
    words = [standing_word(code) for code in order]
    body: list[list[Cell]] = [
        [word, *(number(round(rows[code][at] / 60)) for at in range(len(names)))]
        for word, code in zip(words, order, strict=True)
    ]
    body.append([_("Together"), *(number(round(each)) for each in totals)])
    return Picture(
        title,
        says=_highest([long for _short, long in names], totals, _hours),
        kind="columns",
        drawing=columns(stacks),
        numbers=Numbers(
            [_("Hours"), *(long for _short, long in names)], body, tuple(range(1, len(names) + 1))
        ),
        names=[short for short, _long in names],
        legend=[(tone_of(code), word) for code, word in zip(order, words, strict=True)],
        tones=[tone_of(code) for code in order],
        unit=_("hours"),
        **more,
    )


def compared_lines(
    title: str,
    names: Sequence[tuple[str, str]],
    this: tuple[str, Sequence[float | None]],
    before: tuple[str, Sequence[float | None]],
    **more: Any,
) -> Picture:
    """A line for these days and a dashed one for the days before, each with its name."""
    is_share = more.pop("is_share", False)
    scale = 100 if is_share else 1
    write = _share if is_share else _number
    rows = [[None if each is None else each * scale for each in row[1]] for row in (this, before)]
    body = [
        [long, *("–" if value is None else write(value) for value in values)]
        for (_short, long), *values in zip(names, this[1], before[1], strict=True)
    ]
    return Picture(
        title,
        says=_highest([long for _short, long in names], [each or 0 for each in this[1]], write),
        kind="lines",
        drawing=lines(rows),
        numbers=Numbers([_("Month"), this[0], before[0]], body, (1, 2)),
        names=[short for short, _long in names],
        legend=[(1, this[0]), (5, before[0])],
        percents=is_share,
        **more,
    )


def week_map(
    title: str, first_hour: int, shares: Sequence[Sequence[float | None]], **more: Any
) -> Picture:
    """How full each hour of each weekday is; rows are hours from the first one on."""
    hours = [f"{(first_hour + row) % 24:02}" for row in range(len(shares))]
    days = weekdays()
    fullest = max(
        (
            (share or 0, row, column)
            for row, line in enumerate(shares)
            for column, share in enumerate(line)
        ),
        key=lambda each: each[0],
        default=(0, 0, 0),
    )
    says = _("Fullest is %(day)s at %(hour)s:00, with %(share)s.", day=days[fullest[2]][1],
             hour=hours[fullest[1]] if hours else "00", share=percent(fullest[0]))  # fmt: skip
    body = [
        [f"{hour}:00", *("–" if each is None else percent(each) for each in line)]
        for hour, line in zip(hours, shares, strict=True)
    ]
    return Picture(
        title,
        says=says,
        kind="heat",
        drawing=heat(shares),
        numbers=Numbers([_("From"), *(short for short, _long in days)], body, tuple(range(1, 8))),
        names=[short for short, _long in days],
        sides=[f"{hour}:00" for hour in hours],
        **more,
    )


def _highest(names: Sequence[str], values: Sequence[float], write: Any) -> str:
    """The sentence that everybody hears first."""
    if not values or not max(values):
        return _("There is nothing to see yet.")
    most = max(range(len(values)), key=lambda at: values[at])
    return _("Most in %(name)s: %(value)s.", name=names[most], value=write(values[most]))


def _hours(value: float) -> str:
    return _("%(count)s hours in all", count=number(round(value)))


def _number(value: float) -> str:
    return number(round(value))


def _share(value: float) -> str:
    return percent(value)
