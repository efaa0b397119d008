"""What one asks of figures, and what they look like to other programs."""

from datetime import date
from typing import Any, Final

from flask_babel import gettext as _

from buurthuis.api.schema_parts import TEXT, TEXT_OR_NULL, Schema, an_object, one_of
from buurthuis.api.values import Field, Shape, Unfit, day, slug, text_of
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.definitions import EDITIONS
from buurthuis.rules.standing import LONGEST_CODE, NOT_KNOWN
from buurthuis.rules.themes import Theme

ONLY_PARTS: Final = "only_parts"
"""Why a figure that is several numbers has no value of its own."""
EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2199, 12, 31)

_DAY: Final[Schema] = {**TEXT, "format": "date"}
_DAY_OR_NULL: Final[Schema] = {**TEXT_OR_NULL, "format": "date"}
_NUMBER_OR_NULL: Final[Schema] = {"type": ["number", "null"]}
_WHOLE_OR_NULL: Final[Schema] = {"type": ["integer", "null"]}


def _a_day(about: str) -> Field:
    """A day of the calendar within the years that a house can have."""
    plain = day(about)

    def read(given: Any) -> date:
        found: date = plain.read(given)
        if not EARLIEST <= found <= LATEST:
            years = {"first": EARLIEST.year, "last": LATEST.year}
            raise Unfit(_("Choose a day in the years %(first)s to %(last)s.", **years))
        return found

    return Field(read, plain.schema, about, is_required=True)


def _a_word_of(words: list[str], about: str, **more: Any) -> Field:
    def read(given: Any) -> str:
        if given not in words:
            raise Unfit(_("Choose one of: %(words)s.", words=", ".join(words)))
        return str(given)

    return Field(read, {"type": "string", "enum": words}, about, **more)


EDITION: Final = _a_word_of(sorted(EDITIONS), "By which edition of the definitions.")
FIGURES_ASKED: Final = Shape(
    "FiguresAsked",
    {
        "from": _a_day("The first day."),
        "to": _a_day("The day after the last one; at most ten years later."),
        "venue": slug("Only this house; else all of which you see the figures."),
        "room": slug("Only this room."),
        "standing": text_of(LONGEST_CODE, "Only groups of this standing; `none` is not known."),
        "theme": _a_word_of([*Theme, NOT_KNOWN], "Only activities of this theme."),
        "edition": EDITION,
    },
)
DEFINITIONS_ASKED: Final = Shape("DefinitionsAsked", {"edition": EDITION})

FIGURE_SCHEMAS: Final[dict[str, Schema]] = {
    "Figure": an_object(
        "One figure, or a part of one.",
        code={**TEXT, "description": "As in the definitions; a part adds a dot and its name."},
        value={**_NUMBER_OR_NULL, "description": "At most four decimals; null with a `reason`."},
        numerator=_WHOLE_OR_NULL,
        denominator=_WHOLE_OR_NULL,
        unit=one_of(Unit),
        coverage={**_NUMBER_OR_NULL, "description": "Of which share it is known; null is all."},
        definition={**TEXT, "description": "The code and the version of what it means."},
        reason={
            "type": ["string", "null"],
            "enum": [*Reason, ONLY_PARTS, None],
            "description": "Why there is no value; `only_parts`: its parts follow.",
        },
    ),
    "Figures": an_object(
        "All figures of some days.",
        from_=_DAY,
        to={**_DAY, "description": "The day after the last one that was asked for."},
        until={**_DAY_OR_NULL, "description": "The last day that counts: never after yesterday."},
        venue={**TEXT_OR_NULL, "description": "Null: all houses of which you see the figures."},
        edition=TEXT,
        items={"type": "array", "items": {"$ref": "#/components/schemas/Figure"}},
    ),
    "Definition": an_object(
        "What a figure, or a part of one, means. Parts for a standing mean the same for that standing.",
        code=TEXT,
        definition={**TEXT, "description": "The code and the version of what it means."},
        unit=one_of(Unit),
        since={**TEXT, "description": "The edition since which it means this."},
        label=TEXT,
        formula=TEXT,
        caveat=TEXT,
    ),
    "Definitions": an_object(
        "What all figures mean.",
        edition=TEXT,
        editions={"type": "array", "items": TEXT},
        items={"type": "array", "items": {"$ref": "#/components/schemas/Definition"}},
    ),
}
