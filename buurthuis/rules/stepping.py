"""The step of a house's clock, on which bookings begin and end: is it on one, and which is nearest."""

from datetime import datetime, timedelta
from typing import Final

from buurthuis.rules.calendar import minute_of

_MINUTE: Final = timedelta(minutes=1)


def is_on_step(moment: datetime, step: int) -> bool:
    """The clock stands on the step at this moment."""
    return moment.second == moment.microsecond == 0 and minute_of(moment) % step == 0


def next_step(moment: datetime, step: int) -> datetime:
    """The first moment from here at which the clock stands on the step."""
    whole = moment.replace(second=0, microsecond=0)
    found = whole if whole == moment else whole + _MINUTE
    # Minutes pass one for one on the clock save at its change, so a second look may be needed.
    while late := minute_of(found) % step:
        found += (step - late) * _MINUTE
    return found


def last_step(moment: datetime, step: int) -> datetime:
    """The last moment up to here at which the clock stood on the step."""
    found = moment.replace(second=0, microsecond=0)
    while late := minute_of(found) % step:
        found -= late * _MINUTE
    return found
