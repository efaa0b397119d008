"""The people of the demo: made up, at addresses that do not exist."""

from dataclasses import dataclass

from buurthuis.accounts import actions, roles
from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import person_with_address
from buurthuis.foundation.db import db
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.actions import recognise
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues

HOME = "de-meevaart"
MANAGER = f"beheer@{HOME}.example"
KEY_HOLDER = "amina@buren.example"
SPEAKER = "bram@repaircafe.example"
BOARD = "chandra@bestuur.example"
STRANGER = "dirk@elders.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo, as a visitor to it is told."""

    part: str
    name: str
    email: str


SIGN_IN_AS = (
    DemoPerson("manager of De Meevaart", "Beheer De Meevaart", MANAGER),
    DemoPerson("key-holder of De Meevaart", "Amina", KEY_HOLDER),
    DemoPerson("board member, all houses", "Chandra", BOARD),
    DemoPerson("initiative: Repair Café Oost", "Bram", SPEAKER),
    DemoPerson("initiative at no house: Dirk Meubels", "Dirk", STRANGER),
)
"""Whom `make run` offers to sign in as."""


def seed_people() -> None:
    """Make the people of the demo who do not exist yet; those who do stay as they are."""
    venues = {venue.slug: venue for venue in all_venues()}
    for venue in venues.values():
        _manager(venue)
    amina, chandra = _new("Amina", KEY_HOLDER), _new("Chandra", BOARD)
    if amina is not None and HOME in venues:
        roles.give_role(amina, RoleName.KEY_HOLDER, venues[HOME], by=None)
    if chandra is not None:
        roles.give_role(chandra, RoleName.BOARD, None, by=None)
    cafe = _with_initiative("Bram", SPEAKER, "Repair Café Oost", Kind.RESIDENT_INITIATIVE)
    _with_initiative("Dirk", STRANGER, "Dirk Meubels", Kind.COMMERCIAL)
    manager = person_with_address(MANAGER)
    if cafe is not None and manager is not None and HOME in venues:
        reason = "Buren repareren samen, elke maand en gratis."
        recognise(cafe, cafe.kind, venue=venues[HOME], by=manager, reason=reason)


def _manager(venue: Venue) -> None:
    name = venue.name.removesuffix(" (voorbeeld)")
    person = _new(f"Beheer {name}", f"beheer@{venue.slug}.example")
    if person is not None:
        roles.give_role(person, RoleName.MANAGER, venue, by=None)


def _with_initiative(name: str, email: str, initiative: str, kind: Kind) -> Initiative | None:
    person = _new(name, email)
    return None if person is None else actions.make_initiative(initiative, kind, by=person)


def _new(name: str, email: str) -> Person | None:
    """Somebody new with this address, or None when somebody has it already."""
    if person_with_address(email) is not None:
        return None
    person = actions.make_person(name, email)
    db.session.refresh(person)
    return person
