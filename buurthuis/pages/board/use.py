"""How rooms are used: the hours of the week, the parts of the day, and each room."""

from collections.abc import Iterator
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import linked, number, percent
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.board.blueprint import blueprint
from buurthuis.pages.board.choice import Choice
from buurthuis.pages.board.drawing import draw
from buurthuis.pages.board.lines import lines
from buurthuis.pages.board.pictures import week
from buurthuis.pages.board.reading import Reading, by_theme, read, summed
from buurthuis.rules.figures.codes import Code
from buurthuis.rules.figures.columns import Counts, Spaces, Time
from buurthuis.rules.figures.sheet import Table
from buurthuis.rules.standing import NOT_KNOWN
from buurthuis.statistics.charts import share_of_width
from buurthuis.statistics.words import theme_word
from buurthuis.venues.known import bookable_rooms

HERE = "board.use"
CODES: Final = (
    *(Code.OPEN, Code.BENUT, "BENUT.WITH_SETUP", Code.DAGDEEL, Code.STOEL),
    *(Code.GEB, Code.M2, Code.ONTM, Code.VERL),
)


@blueprint.get("/use")
@needs("figures.see")
@remembered
def use() -> str:
    """Hours, rooms and parts of the day."""
    choice, now = Choice.of_address(), clock.now()
    reading = read(choice, now)
    return draw(
        "board/use.html",
        choice,
        HERE,
        span=reading.this.span,
        week=week(reading.this),
        lines=lines(choice, reading, CODES),
        rooms=list(_rooms(choice, reading)),
        themes=_themes(choice, reading),
        houses=_houses(choice),
    )


def _rooms(choice: Choice, reading: Reading) -> Iterator[tuple[Any, ...]]:
    """A row for each room that has hours of its own; a hall of parts has those of its parts."""
    time = summed(reading.this, Table.TIME)
    spaces = summed(reading.this, Table.SPACES)
    counts = summed(reading.this, Table.COUNTS)
    several = len(choice.venues) > 1
    for room in (each for each in bookable_rooms() if each.id in {*spaces, *counts}):
        row, number_of = spaces.get(room.id), counts.get(room.id, [0] * len(Counts))
        used = time.get(room.id, [0] * len(Time))[Time.USED]
        is_open = row[Spaces.OPEN] if row else 0
        name = f"{room.name}, {room.venue.name}" if several else room.name
        yield (
            linked(name, _alone(choice, room.slug)),
            number(round(is_open / 60)) if is_open else _("in its parts"),
            number(round(used / 60)) if is_open else "–",
            percent(used / is_open) if is_open else "–",
            share_of_width(used, is_open),
            number(number_of[Counts.BOOKINGS]),
            number(round(number_of[Counts.TWICE] / 2)),
        )


def _themes(choice: Choice, reading: Reading) -> list[tuple[Any, ...]]:
    """A row for each theme, the most used first; what nobody said comes last."""
    time = by_theme(reading.this, Table.TIME)
    counts = by_theme(reading.this, Table.COUNTS)
    used = {theme: time.get(theme, [0])[Time.USED] for theme in {*time, *counts}}
    most = max(used.values(), default=0)
    rows = []
    for theme in sorted(used, key=lambda each: (not each, -used[each])):
        row = counts.get(theme, [0] * len(Counts))
        rows.append(
            (
                linked(theme_word(theme), choice.to("board.overview", theme=theme or NOT_KNOWN)),
                number(round(used[theme] / 60)),
                share_of_width(used[theme], most),
                number(row[Counts.BOOKINGS]),
                number(round(row[Counts.TWICE] / 2)),
            )
        )
    return rows


def _houses(choice: Choice) -> list[tuple[str, str]]:
    """The way to the week of each house."""
    if len(choice.venues) == 1:
        return []
    return [(each.name, choice.with_house(each).to(HERE)) for each in choice.venues]


def _alone(choice: Choice, slug: str) -> str:
    return choice.to(HERE, room=slug)
