"""Verbs of roles: give one, give it another last day, end it; a house always keeps a manager."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from buurthuis.accounts import letters
from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.accounts.refusals import DayGone, HouseNeeded, LastManager
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue

WARNED_AHEAD = timedelta(days=14)
MOST_WARNED_AT_ONCE = 50

RoleStep = Callable[[Person, Venue, Person | None], None]
"""What follows for somebody in a house; the last is who did it."""

_followers: list[RoleStep] = []


def when_role_ends(step: RoleStep) -> RoleStep:
    """Let a step follow in the same transaction wherever a role ends, or gets another last day."""
    _followers.append(step)
    return step


@action
def give_role(
    person: Person,
    name: RoleName | str,
    venue: Venue | None,
    *,
    by: Person | None,
    until_on: date | None = None,
) -> Role:
    """Give somebody a role in a house, or over all houses when none is named; twice changes nothing.

    `until_on` is the last day on which it holds.

    Raises:
        HouseNeeded: only board and admin can be held over all houses.
        LastManager: nobody would manage the house without a last day.
    """
    return grant(person, RoleName(name), venue, by=by, until_on=until_on)


def grant(
    person: Person,
    name: RoleName,
    venue: Venue | None,
    *,
    by: Person | None,
    until_on: date | None = None,
) -> Role:
    """Give a role, inside the action of the caller.

    Raises:
        HouseNeeded, LastManager
    """
    if venue is None and name not in {RoleName.BOARD, RoleName.ADMIN}:
        raise HouseNeeded
    role = role_of(person, name, venue)
    if role is not None and role.until_on == until_on:
        return role
    if until_on is not None and name is RoleName.MANAGER:
        keep_a_manager(person.id, venue)
    if role is None:
        role = Role(person_id=person.id, venue_id=venue and venue.id, name=name)
        db.session.add(role)
    role.until_on = until_on
    db.session.flush()
    db.session.expire(person, ["roles"])
    _note("role.given", role, by, until_on=until_on and until_on.isoformat())
    if until_on is not None:
        _follow(person, venue, by)
    return role


def grant_as_long(
    person: Person, name: RoleName, venue: Venue | None, *, by: Person, until_on: date | None
) -> None:
    """Give a role until a day; one that somebody has already is made longer by it, never shorter.

    Raises:
        HouseNeeded, LastManager
    """
    held = role_of(person, name, venue)
    if held is not None and held.until_on is None:
        return
    if held is None or until_on is None or held.until_on is None or held.until_on < until_on:
        grant(person, name, venue, by=by, until_on=until_on)


@action
def change_last_day(role: Role, until_on: date | None, *, by: Person) -> None:
    """Let a role hold until another day, or for as long as it lasts.

    Raises:
        DayGone: the day lies before today; to stop now, end the role.
        LastManager: nobody would manage the house without a last day.
    """
    if until_on is not None and until_on < day_of(clock.now()):
        raise DayGone
    grant(role.person, role.name, db.session.get(Venue, role.venue_id), by=by, until_on=until_on)


@action
def end_role(
    person: Person, name: RoleName | str, venue: Venue | None, *, by: Person | None
) -> None:
    """Take a role away from this moment on.

    Raises:
        LastManager: the house would have no manager.
        NotFound: the person does not have this role.
    """
    role = role_of(person, RoleName(name), venue)
    if role is None:
        raise NotFound
    end(role, by=by)


def end(role: Role, *, by: Person | None) -> None:
    """End a role, inside the action of the caller.

    Raises:
        LastManager
    """
    person = role.person
    venue = db.session.get(Venue, role.venue_id) if role.venue_id else None
    if role.name is RoleName.MANAGER and _holds(role):
        keep_a_manager(person.id, venue, also_for_now=role.until_on is not None)
    _note("role.ended", role, by)
    db.session.delete(role)
    db.session.flush()
    db.session.expire(person, ["roles"])
    _follow(person, venue, by)


def _follow(person: Person, venue: Venue | None, by: Person | None) -> None:
    if venue is not None:
        for step in _followers:
            step(person, venue, by)


def keep_a_manager(person_id: int, venue: Venue | None, *, also_for_now: bool = False) -> None:
    """Insist that somebody else manages the house; it is locked while we look.

    That somebody has no last day, for else the house would be without a manager after it; where
    the one who goes had a last day too, another manager of today will do (`also_for_now`).

    Raises:
        LastManager
    """
    if venue is None:
        return
    db.session.execute(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    lasting: ColumnElement[bool] = Role.until_on.is_(None)
    if also_for_now:
        lasting = or_(lasting, Role.until_on >= day_of(clock.now()))
    others = select(Role.id).where(
        Role.venue_id == venue.id,
        Role.name == RoleName.MANAGER,
        Role.person_id != person_id,
        Role.person.has(Person.left_at.is_(None)),
        lasting,
    )
    if db.session.scalar(others.limit(1)) is None:
        raise LastManager


def role_of(person: Person, name: RoleName, venue: Venue | None) -> Role | None:
    """The role of this name that somebody has in a house, also one that has ended by its last day."""
    return db.session.scalar(
        select(Role).where(
            Role.person_id == person.id,
            Role.name == name,
            Role.venue_id.is_(None) if venue is None else Role.venue_id == venue.id,
        )
    )


@action
def warn_of_last_days() -> int:
    """Tell people, and the managers of their house, that a role ends within two weeks; once for each.

    Says how many roles end.
    """
    today = day_of(clock.now())
    ending = (
        select(Role)
        .join(Person, Person.id == Role.person_id)
        .where(
            Role.until_on.between(today, today + WARNED_AHEAD),
            or_(Role.warned_for_on.is_(None), Role.warned_for_on != Role.until_on),
            Person.left_at.is_(None),
        )
        .order_by(Role.id)
        .limit(MOST_WARNED_AT_ONCE)
        .with_for_update(of=Role, skip_locked=True)
    )
    roles = db.session.scalars(ending).all()
    for role in roles:
        role.warned_for_on = role.until_on
        venue = db.session.get(Venue, role.venue_id) if role.venue_id else None
        managers = people_with_role(venue, RoleName.MANAGER) if venue else []
        letters.role_ends(role, venue, managers)
        _note("role.end_announced", role, None)
    return len(roles)


def _holds(role: Role) -> bool:
    is_running = role.until_on is None or role.until_on >= day_of(clock.now())
    return is_running and role.person.left_at is None


def _note(verb: str, role: Role, by: Person | None, **detail: Any) -> None:
    facts = {"role": role.name, "person": role.person_id, **detail}
    logbook.note(verb, role, by=by, venue_id=role.venue_id, **facts)
