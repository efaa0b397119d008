"""Verbs of a lost address: one manager asks for a new one, a second says yes, and old keys end."""

from datetime import timedelta

from sqlalchemy import select, update

from buurthuis.accounts.models import AddressChange, Person, RoleName
from buurthuis.accounts.queries import (
    has_role,
    is_admin_of_all,
    people_with_role,
    person_with_address,
)
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.handover import letters
from buurthuis.handover.endings import end_all_keys, lock
from buurthuis.handover.queries import person_here
from buurthuis.handover.refusals import (
    AddressTaken,
    AdminNeeded,
    ChangeOver,
    ManagerThereNeeded,
    NotYourself,
    OtherManagerNeeded,
)
from buurthuis.rules.wording import one_line
from buurthuis.venues.models import Venue

WAITS = timedelta(days=7)
LONGEST_REASON = 300


@action
def ask(person: Person, venue: Venue, *, new_email: str, reason: str, by: Person) -> None:
    """Ask for another address for somebody who lost theirs; what was asked before is taken back.

    Raises:
        NotFound: the person has nothing to do with this house.
        NotYourself: managers do this for each other.
        AddressTaken: somebody has the address already.
    """
    person = person_here(venue, person.id)
    lock(person)
    if person.id == by.id:
        raise NotYourself
    if person_with_address(new_email) is not None:
        raise AddressTaken
    now = clock.now()
    db.session.execute(
        update(AddressChange)
        .where(
            AddressChange.person_id == person.id,
            AddressChange.confirmed_at.is_(None),
            AddressChange.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    change = AddressChange(
        person_id=person.id,
        venue_id=venue.id,
        new_email=new_email,
        reason=one_line(reason, longest=LONGEST_REASON),
        asked_by_id=by.id,
        asked_at=now,
        expires_at=now + WAITS,
    )
    db.session.add(change)
    db.session.flush()
    logbook.note("address.asked", change, by=by, venue_id=venue.id, person=person.id)
    letters.address_asked(change, _seconds(change))


@action
def confirm(change_id: int, venue: Venue, *, by: Person) -> None:
    """Say yes as the second manager: the new address counts, and every key of the old one ends.

    Raises:
        ChangeOver, OtherManagerNeeded, AdminNeeded, ManagerThereNeeded, AddressTaken
    """
    change = _waiting(change_id)
    person = change.person
    if by.id in {change.asked_by_id, person.id}:
        raise OtherManagerNeeded
    if any(role.venue_id is None for role in person.roles) and not is_admin_of_all(by):
        raise AdminNeeded
    if not _manage_where_they_work((change.asked_by, by), person):
        raise ManagerThereNeeded
    lock(person)
    if person.left_at is not None:
        raise ChangeOver
    if person_with_address(change.new_email) is not None:
        raise AddressTaken
    old_email = person.email
    end_all_keys(person)
    person.email = change.new_email
    change.confirmed_at, change.confirmed_by_id = clock.now(), by.id
    logbook.note("address.changed", change, by=by, venue_id=venue.id, person=person.id)
    letters.address_changed(change, old_email=old_email)


@action
def withdraw(change_id: int, venue: Venue, *, by: Person) -> None:
    """Take the question back; the address stays as it is.

    Raises:
        ChangeOver
    """
    change = _waiting(change_id)
    change.withdrawn_at = clock.now()
    logbook.note("address.withdrawn", change, by=by, venue_id=venue.id, person=change.person_id)


def _manage_where_they_work(two: tuple[Person, Person], person: Person) -> bool:
    """Each house where somebody has a role is managed by one of the two.

    Else two managers of a house where somebody only books could get hold of their role elsewhere.
    """
    return all(
        any(has_role(each, RoleName.MANAGER, venue_id=role.venue_id) for each in two)
        for role in person.roles
    )


def _waiting(change_id: int) -> AddressChange:
    change = db.session.scalar(
        select(AddressChange)
        .where(
            AddressChange.id == change_id,
            AddressChange.confirmed_at.is_(None),
            AddressChange.withdrawn_at.is_(None),
            AddressChange.expires_at > clock.now(),
        )
        .with_for_update(of=AddressChange)
    )
    if change is None:
        raise ChangeOver
    return change


def _seconds(change: AddressChange) -> list[Person]:
    """The other managers of the house; the head managers where there is no other."""
    cannot = {change.asked_by_id, change.person_id}
    for role in (RoleName.MANAGER, RoleName.ADMIN):
        found = [each for each in people_with_role(change.venue, role) if each.id not in cannot]
        if found:
            return found
    return []
