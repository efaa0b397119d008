"""For whom what is brought along will be: a group the house knows, a new one, or the house itself."""

from collections.abc import Sequence

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Membership, Person
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import db
from buurthuis.imports.bringing.choices import NEW, Choices, key_of
from buurthuis.rules.standing import Kind
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Venue

NEW_GROUPS_ARE = Kind.RESIDENT_INITIATIVE
"""What a group says of itself matters once it is recognised; a new one pays the normal price."""


class Groups:
    """The groups of a house, with those that an import will make; these have numbers below zero."""

    def __init__(self, venue: Venue, choices: Choices) -> None:
        self.venue, self.choices = venue, choices
        self.known = known_groups(venue)
        self._by_id = {str(each.id): each for each in self.known}
        self._by_name = {key_of(each.name): each for each in reversed(self.known)}
        self._new: dict[str, Initiative] = {}
        self._own: Initiative | None = None

    def of(self, name: str) -> Initiative:
        """The group that a name means, and the house's own group where that was chosen or there is none."""
        key = key_of(name)
        if not key:
            return self.own
        known = self._by_name.get(key)
        chosen = self.choices.groups.get(key) or (known and str(known.id)) or self.choices.others
        if chosen in self._by_id:
            return self._by_id[chosen]
        if chosen == NEW:
            return known or self._made(name.strip(), NEW_GROUPS_ARE)
        if chosen.startswith("="):
            other = self._by_name.get(key_of(chosen[1:]))
            return other or self._made(chosen[1:], NEW_GROUPS_ARE)
        return self.own

    @property
    def own(self) -> Initiative:
        """The group of the house itself: recognised as such, else the one that is called like it."""
        if self._own is None:
            known = _recognised_as_own(self.venue) or self._by_name.get(key_of(self.venue.name))
            self._own = known or self._made(self.venue.name, Kind.INTERNAL)
        return self._own

    def with_number(self, number: int) -> Initiative | None:
        """A group that the house knows."""
        return self._by_id.get(str(number))

    @property
    def new(self) -> list[Initiative]:
        """Those that are not in the books yet."""
        return list(self._new.values())

    def _made(self, name: str, kind: Kind) -> Initiative:
        key = key_of(name)
        if key not in self._new:
            # A number that no row has keeps it apart until it is in the books.
            self._new[key] = Initiative(id=-1 - len(self._new), name=name[:120], kind=kind)
        return self._new[key]


def known_groups(venue: Venue) -> Sequence[Initiative]:
    """The groups that booked in a house or are recognised there, by name."""
    booked = select(Booking.initiative_id).where(Booking.venue_id == venue.id)
    recognised = select(Recognition.initiative_id).where(Recognition.venue_id == venue.id)
    return db.session.scalars(
        select(Initiative)
        .where(Initiative.id.in_(booked) | Initiative.id.in_(recognised))
        .order_by(Initiative.name, Initiative.id)
    ).all()


def bookers_of(groups: Sequence[Initiative]) -> dict[int, Person]:
    """Who speaks for each of these groups: who gets its letters, else who came first."""
    asked = (
        select(Membership.initiative_id, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.initiative_id.in_([group.id for group in groups]))
        .order_by(Membership.is_contact, Membership.since_at.desc(), Person.id.desc())
    )
    # The one that matters most comes last, and stays.
    return {group_id: person for group_id, person in db.session.execute(asked)}  # noqa: C416


def _recognised_as_own(venue: Venue) -> Initiative | None:
    asked = (
        select(Initiative)
        .join(Recognition, Recognition.initiative_id == Initiative.id)
        .where(Recognition.venue_id == venue.id, Recognition.kind == Kind.INTERNAL)
        .where(Recognition.ended_at.is_(None))
        .order_by(Initiative.id)
        .limit(1)
    )
    return db.session.scalar(asked)
