"""The first person of an empty installation: whoever has access to the machine looks after all houses."""

from sqlalchemy import select

from buurthuis.accounts.actions import clean_name, new_person
from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.accounts.queries import person_with_address
from buurthuis.foundation import logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.venues.models import Venue


def is_empty() -> bool:
    """Nobody looks after the houses yet, and there is no house."""
    admins = select(Role.id).where(Role.name == RoleName.ADMIN, Role.venue_id.is_(None))
    has_admin = db.session.scalar(admins.limit(1)) is not None
    return not has_admin and db.session.scalar(select(Venue.id).limit(1)) is None


def first_admins() -> list[Person]:
    """Who looks after all houses, first come first."""
    asked = (
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Role.name == RoleName.ADMIN, Role.venue_id.is_(None), Person.left_at.is_(None))
    )
    return list(db.session.scalars(asked.order_by(Role.id)))


@action
def begin(name: str, email: str, language: str) -> Person:
    """Put the first person in the books, to look after all houses.

    Raises:
        NotFound: somebody began already.
        Invalid: the name is empty or too long.
    """
    if not is_empty():
        raise NotFound
    cleaned = clean_name(name)
    person = person_with_address(email) or new_person(cleaned, email, language, by=None)
    person.name = person.name or cleaned
    role = Role(person_id=person.id, venue_id=None, name=RoleName.ADMIN)
    db.session.add(role)
    db.session.flush()
    db.session.expire(person, ["roles"])
    logbook.note("role.given", role, by=person, role=RoleName.ADMIN, person=person.id)
    return person
