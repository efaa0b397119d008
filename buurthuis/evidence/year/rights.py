"""Who reads what a board wrote down, and who writes which part of it."""

from typing import Final

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, houses_of, is_board_of_all
from buurthuis.evidence.year.models import Target, Written, YearMoney, YearWords
from buurthuis.evidence.year.told_models import SocialOutcome, Story
from buurthuis.evidence.year.versions import Yearly
from buurthuis.foundation.access import rule
from buurthuis.venues.models import Venue

READS: Final = (RoleName.BOARD, RoleName.TREASURER, RoleName.MANAGER)
COUNTS: Final = (RoleName.BOARD, RoleName.TREASURER)
TELLS: Final = (RoleName.BOARD, RoleName.MANAGER)
AIMS_AT: Final = (RoleName.BOARD,)
WRITES: Final[dict[type[Written], tuple[RoleName, ...]]] = {
    YearMoney: COUNTS,
    YearWords: TELLS,
    Target: AIMS_AT,
}
"""Who writes a version of what."""


@rule("year.see")
def sees_year(person: Person | None, venue: Venue | None) -> bool:
    """Its board, treasurer and managers; without a house whoever reads of some house."""
    if venue is None:
        return houses_of(person, *READS) != set()
    return has_role(person, *READS, venue_id=venue.id)


@rule("year.money")
def writes_money(person: Person | None, venue: Venue) -> bool:
    """The board and the treasurer of the house."""
    return has_role(person, *COUNTS, venue_id=venue.id)


@rule("year.words")
def writes_words(person: Person | None, venue: Venue) -> bool:
    """The board and the managers of the house; they also write stories down."""
    return has_role(person, *TELLS, venue_id=venue.id)


@rule("year.targets")
def sets_targets(person: Person | None, venue: Venue | None) -> bool:
    """The board of the house; for all houses together the board of all."""
    if venue is None:
        return is_board_of_all(person)
    return has_role(person, *AIMS_AT, venue_id=venue.id)


@rule("version.see")
def sees_version(person: Person | None, version: Yearly) -> bool:
    """Whoever reads what the board of its house wrote down; of all houses whoever reads of some."""
    if version.venue_id is None:
        return houses_of(person, *READS) != set()
    return has_role(person, *READS, venue_id=version.venue_id)


@rule("version.again")
def writes_again(person: Person | None, version: Yearly) -> bool:
    """Whoever may write such a thing there."""
    if version.venue_id is None:
        return is_board_of_all(person)
    return has_role(person, *WRITES[type(version)], venue_id=version.venue_id)


@rule("story.see")
def sees_story(person: Person | None, story: Story) -> bool:
    """Whoever reads what the board of its house wrote down."""
    return has_role(person, *READS, venue_id=story.venue_id)


@rule("story.pass_on")
def passes_story_on(person: Person | None, story: Story) -> bool:
    """The board and the managers of its house say where it is shown, and take it away."""
    return has_role(person, *TELLS, venue_id=story.venue_id)


@rule("hour_rate.see")
def sees_rates(person: Person | None, _thing: object) -> bool:
    """Whoever reads what the board of some house wrote down."""
    return houses_of(person, *READS) != set()


@rule("hour_rate.set")
def sets_rates(person: Person | None, _thing: object) -> bool:
    """The board of all houses, for a rate holds in each."""
    return is_board_of_all(person)


@rule("outcome.see")
def sees_outcome(person: Person | None, outcome: SocialOutcome | None) -> bool:
    """Whoever reads of its house; one of all houses is for whoever reads of some house."""
    if outcome is None or outcome.venue_id is None:
        return houses_of(person, *READS) != set()
    return has_role(person, *READS, venue_id=outcome.venue_id)


@rule("outcome.write")
def writes_outcome(person: Person | None, outcome: SocialOutcome) -> bool:
    """The board of its house; one of all houses the board of all."""
    return prices_outcomes_of(person, outcome.venue_id)


@rule("outcome.begin")
def begins_outcome(person: Person | None, _thing: object) -> bool:
    """Whoever sits on the board of some house."""
    return houses_of(person, RoleName.BOARD) != set()


def prices_outcomes_of(person: Person | None, venue_id: int | None) -> bool:
    """Whether somebody writes results for society down for a house, or for all of them."""
    if venue_id is None:
        return is_board_of_all(person)
    return has_role(person, RoleName.BOARD, venue_id=venue_id)
