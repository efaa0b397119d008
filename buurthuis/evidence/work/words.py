"""Volunteer work in words: what each kind is called, and the lengths one can choose from."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.evidence.work.models import WorkKind

KINDS: Final[dict[WorkKind, Any]] = {
    WorkKind.BOARD: _l("Board and paperwork"),
    WorkKind.HOSTING: _l("Welcoming people"),
    WorkKind.COOKING: _l("Cooking for others"),
    WorkKind.REPAIRS: _l("Repairing and cleaning"),
    WorkKind.NEIGHBOURS: _l("Helping neighbours"),
    WorkKind.OTHER: _l("Something else"),
}
