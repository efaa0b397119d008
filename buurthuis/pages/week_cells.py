"""The cells of a week in HTML: one row of the grid as one piece of text, for there are hundreds.

A cell without a class has something free, and so has a link: that is most of them. The word comes
first in every name: "Free: Grote zaal, Thursday 26 November, 18:00–22:00". What eye or table
already tells is only there for readers (i), and the room only on a phone (b).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from buurthuis.foundation.formatting import day

EMPTY_ON_A_DAY_GONE_BY = ("free", "kept", "closed")
PRESSED = ("free", "mine", "kept")


def init_week_cells(app: Flask) -> None:
    """Lay the tool on the table of the week's macro."""
    app.jinja_env.globals["week_cells"] = week_cells


def week_cells(on: Any, rooms: Iterable[Any], band: Any, words: Mapping[str, str]) -> Markup:
    """The cells of one part of one day, room by room; days, rooms and cells are objects or dictionaries."""
    of_day, of_band = _thing(on), _thing(band)
    of_room: dict[str, list[Any]] = {}
    for cell in map(_thing, of_day.cells):
        if cell.band == of_band.key:
            of_room.setdefault(cell.room, []).append(cell)
    when = str(escape(day(of_day.date)))
    said = {state: str(escape(word)) for state, word in words.items()}
    row = "".join(
        _one(of_day, room, of_band, of_room.get(room.slug, ()), when, said)
        for room in map(_thing, rooms)
    )
    return Markup(row)  # noqa: S704  Each word in it was escaped where it was put.


def _thing(given: Any) -> Any:
    return SimpleNamespace(**given) if isinstance(given, dict) else given


def _one(
    on: Any, room: Any, band: Any, cells: Sequence[Any], when: str, said: Mapping[str, str]
) -> str:
    """One room in one part of a day."""
    inside = "".join(_pieces(on, room, band, cells, when, said))
    return f"<td{_kind({cell.state for cell in cells})}>{inside}</td>"


def _kind(states: set[str]) -> str:
    if "free" in states:
        return ""
    if "mine" in states:
        return ' class="week__second"'
    return ' class="week__third"' if "taken" in states else ' class="week__shut"'


def _pieces(
    on: Any, room: Any, band: Any, cells: Sequence[Any], when: str, said: Mapping[str, str]
) -> Iterator[str]:
    if not cells and not on.is_past:
        yield f'<span class="week__closed">{said["closed"]}</span>'
    name = escape(room.name)
    for cell in cells:
        state = cell.state
        if on.is_past and state in EMPTY_ON_A_DAY_GONE_BY:
            continue
        is_whole = cell.starts == band.starts and cell.ends == band.ends
        title, href = getattr(cell, "title", ""), getattr(cell, "href", "")
        word = escape(title) if title else said[state]
        times = f"{escape(cell.starts)}–{escape(cell.ends)}"
        if href and state in PRESSED:
            kind = "" if state == "free" else f' class="week__{escape(state)}"'
            rest = f"{times}</i>" if is_whole else f"</i><span>{times}</span>"
            yield f'<a{kind} href="{escape(href)}">{word}<i>: </i><b>{name}</b><i>, {when}, {rest}</a>'
        else:
            rest = "" if is_whole else f" <span>{times}</span>"
            yield f'<span class="week__{escape(state)}">{word}<b>{name}</b>{rest}</span>'
