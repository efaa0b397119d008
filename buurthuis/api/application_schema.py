"""How what an initiative asked, and what came of it, is described to other programs."""

from typing import Final

from buurthuis.api.schema_parts import (
    MOMENT,
    MOMENT_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    YES_OR_NO,
    Schema,
    a_page_of,
    an_object,
    one_of,
)
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.standing import Purpose
from buurthuis.tariffs.applications.models import State

APPLICATION_SCHEMAS: Final[dict[str, Schema]] = {
    "Application": an_object(
        "An initiative asks to be recognised.",
        id=TEXT,
        initiative=TEXT,
        venue={
            **TEXT_OR_NULL,
            "description": "The slug of the house; null is all houses together.",
        },
        state=one_of(State),
        standing={
            **TEXT_OR_NULL,
            "description": "What fits what the house asks; a person decides.",
        },
        met={"type": "array", "items": one_of(Criterion)},
        words=TEXT,
        evidence=TEXT_OR_NULL,
        purpose={
            **TEXT_OR_NULL,
            "enum": [*(str(each) for each in Purpose), None],
            "description": "For this activity alone; null is all.",
        },
        appeal={**YES_OR_NO, "description": "Somebody else is asked to look again."},
        asked_at=MOMENT,
        decided_at=MOMENT_OR_NULL,
        reason={**TEXT_OR_NULL, "description": "Why it was decided so."},
    ),
    "Applications": a_page_of("Application"),
}
