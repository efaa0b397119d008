"""Which tables there are, and all of them as the sheets of one file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from flask_babel import gettext as _

from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.rules.figures.definitions import NEWEST
from buurthuis.statistics.tables.asking import Wanted
from buurthuis.statistics.tables.impact import impact
from buurthuis.statistics.tables.of_figures import figures, houses, months, quarters
from buurthuis.statistics.tables.of_groups import groups, stories
from buurthuis.statistics.tables.of_places import rooms, week
from buurthuis.statistics.tables.of_rows import behind

Making = Callable[[Wanted], Table]

TABLES: Final[Mapping[str, Making]] = {
    "figures": figures,
    "months": months,
    "quarters": quarters,
    "houses": houses,
    "rooms": rooms,
    "hours": week,
    "groups": groups,
    "stories": stories,
}
"""By their name in addresses, in the order of the sheets."""
ROWS: Final[Mapping[str, Making]] = {
    "bookings": behind("AANTAL"),
    "discounts": behind("KORT"),
    "lost": behind("VERL"),
    "shifts": behind("ROOSTER"),
    "work": behind("VRIJ_U"),
}
"""Files of their own: there may be very many rows in them."""
TO_OUTSIDE: Final[Mapping[str, Making]] = {"impact": impact}
"""Tables that may leave the board: small numbers are hidden in them."""


def all_tables(wanted: Wanted, *, only: Sequence[str] = ()) -> Iterator[Table]:
    """First what the file is about, then every table; the rows behind them are files of their own."""
    yield about(wanted, only=only, leaves_the_board=False)
    for make in TABLES.values():
        yield make(wanted)


def for_outside(wanted: Wanted, *, only: Sequence[str] = ()) -> Iterator[Table]:
    """The input sheet for social value, after what it is about."""
    yield about(wanted, only=only, leaves_the_board=True)
    yield impact(wanted)


def about(wanted: Wanted, *, only: Sequence[str], leaves_the_board: bool) -> Table:
    """What a file is about: houses, days, what was chosen, and how to read it."""
    asked, over = wanted.asked.span, wanted.answer.span
    rows: list[Sequence[Cell]] = [
        (_("House"), ", ".join(wanted.names.houses.values())),
        (_("First day"), asked.first),
        (_("Last day"), asked.last),
        (_("Counted until"), over.last if over else _("Nothing is over yet.")),
        (_("Only"), ", ".join(only)),
        (_("Edition of the definitions"), NEWEST),
        (_("How to read it"), _reading(leaves_the_board)),
    ]
    return Table(_("About"), [_("What"), _("Value")], rows)


def _reading(leaves_the_board: bool) -> str:
    if leaves_the_board:
        return _(
            "Fewer than 5 people or 3 groups is not told. Sometimes another number is hidden with it."
            " Prices, and what would happen anyway, are for you to fill in."
        )
    return _(
        "Hours and euros are decimal numbers; a share of 1 is all of it. Numbers are exact, also of"
        " few people. So this file is for the board. Use the annual sheet for others."
    )
