"""What somebody would leave behind: open tasks in a house, bookings of a group, ties with houses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.orm import lazyload

from buurthuis.accounts.models import (
    AddressChange,
    Initiative,
    Invitation,
    Membership,
    Person,
    Role,
    RoleName,
)
from buurthuis.bookings.models import Booking
from buurthuis.bookings.rights import STAFF
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.logbook import LogEntry
from buurthuis.foundation.rows import row_of
from buurthuis.roster.keys.queries import count_overdue
from buurthuis.rules.calendar import day_of
from buurthuis.rules.states import LIVE, Status
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Closure, Venue

SOON = timedelta(days=60)
MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class Tasks:
    """How much waits in a house for whoever works there."""

    requests: int
    recognitions: int
    closures: int
    invitations: int
    keys: int


@dataclass(frozen=True, slots=True)
class Voice:
    """A group that somebody speaks for: how many bookings come, and how many others speak for it."""

    initiative: Initiative
    coming: int
    others: int

    @property
    def holds(self) -> bool:
        """Nobody else could answer for what is booked."""
        return self.coming > 0 and self.others == 0


def tasks_in(venue: Venue, *, now: datetime) -> Tasks:
    """What waits in a house, and what comes soon."""
    today = day_of(now)
    return Tasks(
        requests=_count(Booking.venue_id == venue.id, Booking.status == Status.REQUESTED),
        recognitions=_count(
            Recognition.venue_id == venue.id, Recognition.valid_to.between(today, today + SOON)
        ),
        closures=_count(
            Closure.venue_id == venue.id, Closure.to_at > now, Closure.outside_id.is_(None)
        ),
        invitations=_count(
            Invitation.venue_id == venue.id,
            Invitation.role.is_not(None),
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        ),
        keys=count_overdue(venue, today=today),
    )


def roles_in(person: Person, venue: Venue, *, today: date) -> list[Role]:
    """The roles that somebody has in a house today."""
    here = [each for each in person.roles if each.venue_id == venue.id]
    return [each for each in here if each.until_on is None or each.until_on >= today]


def colleagues_of(person: Person, venue: Venue, *, today: date) -> Sequence[Person]:
    """Who else has a role in this house; whoever has one over all houses is no colleague here."""
    here = select(Role.person_id).where(
        Role.venue_id == venue.id,
        Role.name.in_(STAFF),
        or_(Role.until_on.is_(None), Role.until_on >= today),
    )
    colleagues = select(Person).where(
        Person.id.in_(here), Person.id != person.id, Person.left_at.is_(None)
    )
    alone = colleagues.options(lazyload(Person.roles), lazyload(Person.memberships))
    return db.session.scalars(alone.order_by(Person.name, Person.id)).all()


def houses_where(person: Person) -> Sequence[Venue]:
    """The houses where somebody has a role, by name."""
    ids = {role.venue_id for role in person.roles if role.venue_id is not None}
    return db.session.scalars(select(Venue).where(Venue.id.in_(ids)).order_by(Venue.name)).all()


def voices_of(person: Person, *, now: datetime) -> list[Voice]:
    """The groups that somebody speaks for, by name, with what is booked for each."""
    groups = [each.initiative for each in person.memberships]
    ids = [group.id for group in groups]
    coming = _by_group(
        select(Booking.initiative_id, func.count())
        .where(Booking.initiative_id.in_(ids), Booking.to_at > now, Booking.status.in_(LIVE))
        .group_by(Booking.initiative_id)
    )
    others = _by_group(
        select(Membership.initiative_id, func.count())
        .where(Membership.initiative_id.in_(ids), Membership.person_id != person.id)
        .group_by(Membership.initiative_id)
    )
    return [
        Voice(group, coming.get(group.id, 0), others.get(group.id, 0))
        for group in sorted(groups, key=lambda each: each.name)
    ]


def houses_held_up(person: Person) -> list[Venue]:
    """The houses that only this person manages without a last day."""
    found = []
    for venue in houses_where(person):
        mine = [r for r in person.roles if r.venue_id == venue.id and r.name is RoleName.MANAGER]
        others = select(Role.id).where(
            Role.venue_id == venue.id,
            Role.name == RoleName.MANAGER,
            Role.until_on.is_(None),
            Role.person_id != person.id,
            Role.person.has(Person.left_at.is_(None)),
        )
        if any(r.until_on is None for r in mine) and db.session.scalar(others.limit(1)) is None:
            found.append(venue)
    return found


def people_tied_to(venue: Venue) -> Select[int]:
    """Who has to do with a house: a role, a group that booked there, or put in the books there."""
    booked = select(Booking.id).where(
        Booking.venue_id == venue.id, Booking.initiative_id == Membership.initiative_id
    )
    ties = union(
        select(Role.person_id).where(Role.venue_id == venue.id),
        # Asked for each membership: there are far fewer of those than bookings.
        select(Membership.person_id).where(booked.exists()),
        select(LogEntry.subject_id).where(*_made_here(venue)),
    ).subquery()
    return select(ties.c[0])


def people_called(venue: Venue, text: str) -> Sequence[Person]:
    """The people of a house whose name or address has this in it, a few of them."""
    typed = text.lower()
    return db.session.scalars(
        select(Person)
        .where(
            Person.id.in_(people_tied_to(venue)),
            Person.left_at.is_(None),
            or_(
                func.lower(Person.name).contains(typed, autoescape=True),
                Person.email.contains(typed, autoescape=True),
            ),
        )
        .order_by(func.lower(Person.name), Person.id)
        .limit(MOST_FOUND)
    ).all()


def person_here(venue: Venue, person_id: int | None) -> Person:
    """Somebody who has to do with this house.

    Raises:
        NotFound
    """
    found = db.session.scalar(
        select(Person).where(
            Person.id == person_id,
            Person.id.in_(people_tied_to(venue)),
            Person.left_at.is_(None),
        )
    )
    if found is None:
        raise NotFound
    return found


def without_mail(venue: Venue) -> Sequence[Person]:
    """People without e-mail who were put in the books at this house, by name."""
    made = select(LogEntry.subject_id).where(*_made_here(venue))
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(made), Person.email.is_(None), Person.left_at.is_(None))
        .order_by(func.lower(Person.name), Person.id)
    ).all()


def address_changes_in(venue: Venue, *, now: datetime) -> Sequence[AddressChange]:
    """New addresses that wait for a second manager, of people who have to do with this house."""
    return db.session.scalars(
        select(AddressChange)
        .where(AddressChange.person_id.in_(people_tied_to(venue)), *_waits(now))
        .order_by(AddressChange.id)
    ).all()


def address_change_here(venue: Venue, change_id: int) -> AddressChange:
    """The new address of somebody who has to do with this house, answered or not.

    Raises:
        NotFound
    """
    found = row_of(AddressChange, change_id)
    person_here(venue, found.person_id)
    return found


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        AddressChange.confirmed_at.is_(None),
        AddressChange.withdrawn_at.is_(None),
        AddressChange.expires_at > now,
    )


def _made_here(venue: Venue) -> tuple[ColumnElement[bool], ...]:
    return (
        LogEntry.venue_id == venue.id,
        LogEntry.verb == "person.made",
        LogEntry.subject_type == Person.__tablename__,
    )


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0


def _by_group(question: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(question)}
