"""What a call about a series says of the extras and the time around its days."""

from datetime import date
from typing import Final

from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.api.together import wanted_extras
from buurthuis.api.values import Asked
from buurthuis.bookings.series.along import Along
from buurthuis.bookings.series.changing_along import ChangedAlong, change_along
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.errors import Invalid

ALONG: Final = frozenset({"extras", "setup_minutes", "teardown_minutes"})
BESIDE: Final = frozenset({"from_date", "skip_conflicts"})


def is_about_along(asked: Asked) -> bool:
    """Whether a body asks for other extras or minutes; it then asks for nothing else.

    Raises:
        Invalid: it asks for more.
    """
    found = ALONG & asked.keys()
    if found and asked.keys() - ALONG - BESIDE:
        words = _("Change this by itself, in a call of its own.")
        raise Invalid({name: [words] for name in sorted(found)})
    return bool(found)


def changed_along(series: Series, asked: Asked, day: date, *, by: Person) -> ChangedAlong:
    """Change what goes with the days from a day on; with `skip_conflicts` where it can be had."""
    extras = None
    if "extras" in asked:
        extras = wanted_extras(asked["extras"] or [], series.plan.room)
    along = Along(extras, asked.get("setup_minutes"), asked.get("teardown_minutes"))
    without = None if asked.get("skip_conflicts") else ()
    return change_along(series.id, day, along, by=by, without=without)
