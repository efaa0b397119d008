"""The rows behind a figure in words: what a column holds, and what became of a booking or shift."""

from collections.abc import Collection
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.evidence.work.words import KINDS as WORK
from buurthuis.roster.duties.words import KINDS as SHIFTS
from buurthuis.rules.figures.facts import Fate
from buurthuis.rules.figures.fold_counts import HOLDER, LEARNER
from buurthuis.statistics.behind.row import Column

COLUMNS: Final[dict[Column, Any]] = {
    Column.DAY: _l("Day"),
    Column.HOUSE: _l("House"),
    Column.ROOM: _l("Room"),
    Column.GROUP: _l("Group"),
    Column.STANDING: _l("Standing"),
    Column.THEME: _l("Theme"),
    Column.WHY: _l("What it was"),
    Column.NUMBER: _l("Part"),
    Column.OF: _l("Whole"),
}
_WHY: Final[dict[str, Any]] = {
    **{kind.value: words for kind, words in WORK.items()},
    **{kind.value: words for kind, words in SHIFTS.items()},
    Fate.REALISED.value: _l("It took place"),
    Fate.NO_SHOW.value: _l("Nobody came"),
    Fate.CANCELLED_LATE.value: _l("Cancelled too late"),
    Fate.REFUSED.value: _l("Refused"),
    HOLDER: _l("Shift"),
    LEARNER: _l("Shift, to learn it"),
}


def heading(column: Column, columns: Collection[Column]) -> str:
    """What stands over a column; a row that just counts as one tells how often it was."""
    if column is Column.OF and Column.NUMBER not in columns:
        return _("Meetings")
    return str(COLUMNS[column])


def why(word: str) -> str:
    """What became of a booking, or what somebody did; empty where there is nothing to tell."""
    return str(_WHY.get(word, ""))
