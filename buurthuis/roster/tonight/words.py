"""The words of a shift: what one does, as what one comes, what went wrong, what a code is for."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.roster.duties.words import KINDS as KINDS
from buurthuis.roster.models import Part
from buurthuis.roster.tonight.models import IncidentKind, Moment
from buurthuis.roster.vault.models import CodeKind

PARTS: Final[dict[Part, Any]] = {
    Part.HOLDER: _l("does the shift"),
    Part.BACKUP: _l("back-up"),
    Part.LEARNER: _l("learns along"),
}
LISTS: Final[dict[Moment, Any]] = {
    Moment.OPENING: _l("When you open"),
    Moment.CLOSING: _l("When you close"),
}
INCIDENTS: Final[dict[IncidentKind, Any]] = {
    IncidentKind.BROKEN: _l("Something is broken"),
    IncidentKind.SAFETY: _l("Something is not safe"),
    IncidentKind.HURT: _l("Somebody is hurt or ill"),
    IncidentKind.NEIGHBOURS: _l("Neighbours complain"),
    IncidentKind.MISSING: _l("Something is gone"),
    IncidentKind.OTHER: _l("Something else"),
}
CODES: Final[dict[CodeKind, Any]] = {
    CodeKind.DOOR: _l("Door"),
    CodeKind.ALARM: _l("Alarm"),
    CodeKind.KEY_BOX: _l("Key box"),
    CodeKind.OTHER: _l("Other"),
}
