"""What the page of people asks: who has which role in a house."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, lazyload

from buurthuis.accounts.models import Person, Role
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


def role_here(slug: str, role_id: int) -> Role:
    """A role in this house.

    Raises:
        NotFound
    """
    venue = venue_by_slug(slug)
    found = db.session.get(Role, role_id)
    if found is None or found.venue_id != venue.id:
        raise NotFound
    return found


def roles_of(venue: Venue) -> Sequence[Role]:
    """Every role here or over all houses, of people who did not leave, by name of the person."""
    return db.session.scalars(
        select(Role)
        .join(Person, Person.id == Role.person_id)
        .where(
            (Role.venue_id == venue.id) | Role.venue_id.is_(None),
            Person.left_at.is_(None),
        )
        .options(
            contains_eager(Role.person).options(
                lazyload(Person.roles), lazyload(Person.memberships)
            )
        )
        .order_by(Person.name, Role.id)
    ).all()
