"""What a shift looks like to other programs, in the words of JSON Schema."""

from typing import Final

from buurthuis.api.schema_parts import (
    MOMENT,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    a_page_of,
    an_object,
    one_of,
)
from buurthuis.roster.cover.models import SwapState
from buurthuis.roster.reading import ShiftStatus
from buurthuis.rules.shifts import ShiftKind

SHIFT_SCHEMAS: Final[dict[str, Schema]] = {
    "Shift": an_object(
        "What there is to do for one person. It follows from the bookings, so its times may change.",
        id=TEXT,
        venue={**TEXT, "description": "The slug of its house."},
        kind=one_of(ShiftKind),
        from_=MOMENT,
        to=MOMENT,
        holder={**TEXT_OR_NULL, "description": "The id of who does it; null is nobody yet."},
        status=one_of(ShiftStatus),
        session=an_object("The time in which the house is open.", id=TEXT, from_=MOMENT, to=MOMENT),
    ),
    "Shifts": a_page_of("Shift"),
    "Swap": an_object(
        "A shift that somebody offers, alone or for one of the other; both say yes or it stays.",
        id=TEXT,
        shift={**TEXT_OR_NULL, "description": "Null when it is not needed any more."},
        for_shift={**TEXT_OR_NULL, "description": "What is asked for it; null is nothing."},
        from_={**TEXT, "description": "The id of who asks."},
        to={**TEXT, "description": "The id of who is asked."},
        state=one_of(SwapState),
    ),
}
