"""Who may see, change and decide a series: the same people as its bookings."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, speaks_for
from buurthuis.bookings.rights import AT_THE_DESK, STAFF
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.access import rule


@rule("series.see")
def sees(person: Person | None, series: Series) -> bool:
    """The booker's initiative and the people of the house; the board sees it without names."""
    if person is None:
        return False
    return is_booker(person, series) or has_role(person, *STAFF, venue_id=series.venue_id)


@rule("series.read")
def reads(person: Person | None, series: Series) -> bool:
    """With its title and its names: the booker's initiative and whoever works in the house."""
    if person is None:
        return False
    return is_booker(person, series) or has_role(person, *AT_THE_DESK, venue_id=series.venue_id)


@rule("series.decide")
def decides(person: Person | None, series: Series) -> bool:
    """The managers of its house."""
    return person is not None and has_role(person, RoleName.MANAGER, venue_id=series.venue_id)


@rule("series.edit")
def edits(person: Person | None, series: Series) -> bool:
    """The booker's initiative and the managers of its house."""
    return person is not None and (is_booker(person, series) or decides(person, series))


@rule("series.cancel")
def cancels(person: Person | None, series: Series) -> bool:
    """Whoever may change it."""
    return edits(person, series)


def is_booker(person: Person, series: Series) -> bool:
    """The person speaks for the initiative that it is for."""
    return speaks_for(person, series.initiative_id)
