"""Questions about the versions of a house: which there are, and what it said then."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.imports.house import House
from buurthuis.imports.house_reader import read_house
from buurthuis.imports.models import HouseVersion
from buurthuis.venues.models import Venue


def latest_number(venue: Venue) -> int:
    """The number of the newest version; 0 for a house that has not changed since it keeps them."""
    asked = select(func.max(HouseVersion.number)).where(HouseVersion.venue_id == venue.id)
    return db.session.scalar(asked) or 0


def versions_of(
    venue: Venue, *, most: int = 50, before: int | None = None
) -> Sequence[HouseVersion]:
    """The newest versions of a house (older than `before`), newest first.

    Each knows who made it and the decision behind it; what the house said then stays behind.
    """
    person = joinedload(HouseVersion.made_by)
    asked = select(HouseVersion).where(HouseVersion.venue_id == venue.id)
    if before is not None:
        asked = asked.where(HouseVersion.number < before)
    asked = asked.options(
        person.lazyload(Person.roles),
        person.lazyload(Person.memberships),
        joinedload(HouseVersion.decision),
    )
    return db.session.scalars(asked.order_by(HouseVersion.number.desc()).limit(most)).all()


def version(venue: Venue, number: int) -> HouseVersion:
    """One version of a house, with what it said.

    Raises:
        NotFound: the house has no such version.
    """
    asked = select(HouseVersion).options(undefer(HouseVersion.toml))
    found = db.session.scalar(
        asked.where(HouseVersion.venue_id == venue.id, HouseVersion.number == number)
    )
    if found is None:
        raise NotFound(version=number)
    return found


def house_at(venue: Venue, number: int) -> House:
    """The house as it was after this version.

    Raises:
        NotFound: the house has no such version.
    """
    return read_house(version(venue, number).toml)


def houses_at(venue: Venue, numbers: Sequence[int]) -> dict[int, House]:
    """The house as it was after each of these versions, with one question."""
    asked = select(HouseVersion.number, HouseVersion.toml).where(
        HouseVersion.venue_id == venue.id, HouseVersion.number.in_(numbers)
    )
    return {number: read_house(text) for number, text in db.session.execute(asked)}
