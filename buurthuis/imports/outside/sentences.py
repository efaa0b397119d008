"""What managers read when a calendar of others cannot be taken in; every sentence names the cure."""

from flask_babel import gettext as _

from buurthuis.foundation import fetching_refused
from buurthuis.foundation.errors import Refusal, says, sentence_of
from buurthuis.imports.outside import refusals
from buurthuis.imports.outside.models import OutsideCalendar


@says(refusals.NotACalendar)
def not_a_calendar(_refusal: refusals.NotACalendar) -> str:
    """Say where the right address is found."""
    return _(
        "There is no whole calendar at this address. Copy the address that ends in “.ics”, or ask "
        "who runs it."
    )


@says(refusals.SuddenlyLess)
def suddenly_less(refusal: refusals.SuddenlyLess) -> str:
    """Nothing is thrown away before somebody has looked."""
    return _(
        "This calendar holds less than before: %(after)s instead of %(before)s. So we kept what "
        "was there. Is it right? Then take it over.",
        **refusal.facts,
    )


@says(refusals.OwnCalendar)
def own_calendar(_refusal: refusals.OwnCalendar) -> str:
    """Nothing is gained by it."""
    return _("This is a calendar of this website. Its bookings are known here already.")


@says(refusals.TooManyCalendars)
def too_many_calendars(refusal: refusals.TooManyCalendars) -> str:
    """Make room first."""
    return _("You follow %(most)s calendars already. Stop one first.", **refusal.facts)


TROUBLES: tuple[type[Refusal], ...] = (
    *(refusals.NotACalendar, refusals.SuddenlyLess),
    *fetching_refused.CannotFetch.__subclasses__(),
)
KINDS = {kind.code: kind for kind in TROUBLES}


def trouble_of(calendar: OutsideCalendar) -> str:
    """Why a calendar did not come the last time, "" while all is well."""
    if not calendar.trouble:
        return ""
    kind = KINDS.get(calendar.trouble, fetching_refused.CannotFetch)
    return sentence_of(kind(**calendar.trouble_facts))
