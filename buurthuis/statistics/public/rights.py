"""Who decides what becomes public: each board of its house, and the board of all of a year."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, is_board_of_all
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue


@rule("figures.open")
def opens_figures(person: Person | None, venue: Venue) -> bool:
    """The board of the house says whether it takes part."""
    return has_role(person, RoleName.BOARD, venue_id=venue.id)


@rule("figures.publish")
def publishes_figures(person: Person | None, _thing: object = None) -> bool:
    """The board of all houses, for a year is of all that take part."""
    return is_board_of_all(person)


@rule("figures.public")
def sees_what_is_public(person: Person | None, _thing: object = None) -> bool:
    """Whoever sits on a board sees which houses take part, and which years are out."""
    return has_role(person, RoleName.BOARD)
