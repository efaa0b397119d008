"""Which tables of a page one can take home, and where."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.pages.board.choice import Choice

FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "board.overview": ("figures", "houses", "stories", "all"),
    "board.use": ("rooms", "hours", "bookings", "lost"),
    "board.months": ("months", "quarters"),
    "board.equity": ("quarters", "groups"),
    "board.roster": ("shifts", "work"),
    "board.money": ("discounts", "quarters", "impact"),
    "board.table": ("figures", "months", "houses", "impact", "all"),
}
"""By page, the tables that tell what stands on it."""
WORDS: Final[Mapping[str, Any]] = {
    "figures": _l("All figures"),
    "houses": _l("By house"),
    "stories": _l("Stories"),
    "rooms": _l("Rooms"),
    "hours": _l("Hours of the week"),
    "bookings": _l("Meetings"),
    "lost": _l("Lost hours"),
    "months": _l("By month"),
    "quarters": _l("By quarter and standing"),
    "groups": _l("Groups"),
    "shifts": _l("Shifts"),
    "work": _l("Volunteer hours"),
    "discounts": _l("Discounts"),
    "impact": _l("Input for social value"),
    "all": _l("Everything together"),
}
ONE_KIND: Final = frozenset({"all"})
"""What has several sheets is no CSV."""


def files_of(choice: Choice, page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The files of a page, each with the address of its kinds."""
    return [(str(WORDS[table]), _kinds(choice, table)) for table in FILES.get(page, ())]


def _kinds(choice: Choice, table: str) -> list[tuple[str, str]]:
    kinds = ("xlsx",) if table in ONE_KIND else ("xlsx", "csv")
    return [(kind.upper(), choice.to("board.export", table=table, kind=kind)) for kind in kinds]
