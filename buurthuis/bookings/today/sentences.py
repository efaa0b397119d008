"""What the house says when something cannot be said on the day, and what one can do instead."""

from flask_babel import gettext as _

from buurthuis.bookings.today.refusals import (
    NobodyCame,
    NothingSaid,
    RoomGivenAway,
    TheyCame,
    TooEarly,
    TooLongAgo,
)
from buurthuis.foundation.errors import says
from buurthuis.foundation.formatting import clock, day


@says(TooEarly)
def _too_early(refusal: TooEarly) -> str:
    return _(
        "It is too early for this. Come back on %(day)s, from %(clock)s.",
        day=day(refusal.from_at),
        clock=clock(refusal.from_at),
    )


@says(TooLongAgo)
def _too_long_ago(refusal: TooLongAgo) -> str:
    return _("This was too long ago. It stays as it is. Talk about it in the house.")


@says(TheyCame)
def _they_came(refusal: TheyCame) -> str:
    return _("Somebody said that this group is there. Take that back first.")


@says(NobodyCame)
def _nobody_came(refusal: NobodyCame) -> str:
    return _("Somebody said that nobody came. The house can take that back.")


@says(NothingSaid)
def _nothing_said(refusal: NothingSaid) -> str:
    return _("There is nothing to take back any more. Reload the page.")


@says(RoomGivenAway)
def _room_given_away(refusal: RoomGivenAway) -> str:
    return _("Somebody else has this room now. Look for another room.")
