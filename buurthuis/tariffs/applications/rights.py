"""Who may see, take back and decide what a group asks."""

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role, is_admin_of_all, is_board_of_all, speaks_for
from buurthuis.foundation.access import rule
from buurthuis.tariffs.applications.models import Application
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.rights import may_recognise


@rule("application.decide")
def may_decide(person: Person | None, application: Application) -> bool:
    """A manager of the house; for all houses an admin. An appeal somebody else, also of the board."""
    if person is None:
        return False
    if not application.is_appeal:
        return may_recognise(person, application.venue)
    if person.id == application.decided_first:
        return False
    return may_recognise(person, application.venue) or _sits_on_the_board(person, application)


@rule("application.withdraw")
def may_withdraw(person: Person | None, application: Application) -> bool:
    """Whoever speaks for the group."""
    return speaks_for(person, application.initiative_id)


@rule("recognition.appeal")
def may_appeal_end(person: Person | None, recognition: Recognition) -> bool:
    """Whoever speaks for the group that was recognised."""
    return speaks_for(person, recognition.initiative_id)


@rule("applications.see")
def may_see_all(person: Person | None, _thing: None) -> bool:
    """Who answers for all houses together."""
    return is_admin_of_all(person) or is_board_of_all(person)


def _sits_on_the_board(person: Person, application: Application) -> bool:
    if application.venue_id is None:
        return is_board_of_all(person)
    return has_role(person, RoleName.BOARD, venue_id=application.venue_id)
