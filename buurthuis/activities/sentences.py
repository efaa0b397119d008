"""What activities say when they say no, and what the visitor can do instead."""

from flask_babel import gettext as _

from buurthuis.activities.refusals import (
    NoSeatsNow,
    NothingToShow,
    ReasonNeeded,
    SeatsGiven,
)
from buurthuis.foundation.errors import constraint_means, says

constraint_means("ck_activity_seats_taken", SeatsGiven)


@says(NothingToShow)
def _nothing_to_show(refusal: NothingToShow) -> str:
    return _("This booking is over or cancelled. Make a new booking first.")


@says(ReasonNeeded)
def _reason_needed(refusal: ReasonNeeded) -> str:
    return _("Write why, so that the group knows.")


@says(SeatsGiven)
def _seats_given(refusal: SeatsGiven) -> str:
    return _(
        "People have reserved %(count)s seats. Write at least that number.", count=refusal.taken
    )


@says(NoSeatsNow)
def _no_seats_now(refusal: NoSeatsNow) -> str:
    return _("You cannot reserve a seat here now. Look in the agenda for more.")
