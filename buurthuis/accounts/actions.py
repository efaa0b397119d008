"""Verbs about people, initiatives, roles and tokens; signing in has a module of its own."""

from datetime import date

from sqlalchemy import func, select

from buurthuis.accounts import sentences
from buurthuis.accounts.hashes import new_token, token_hash
from buurthuis.accounts.models import ApiToken, Initiative, Membership, Person, Role, RoleName
from buurthuis.accounts.queries import people_with_role, person_with_address
from buurthuis.accounts.refusals import (
    HouseNeeded,
    LastManager,
    LastSpeaker,
    NoSuchToken,
    TokenNameTaken,
)
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Invalid, NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import SELF_DECLARED, Kind
from buurthuis.rules.wording import TooLong, one_line
from buurthuis.venues.models import Venue

LONGEST_NAME = 120
TOKEN_PREFIX = "bh_"  # noqa: S105 - tells scanners of leaked secrets what they found


# People


def clean_name(name: str) -> str:
    """A name fit to keep.

    Raises:
        Invalid: nothing is left of it, or it is too long.
    """
    try:
        cleaned = one_line(name, longest=LONGEST_NAME)
    except TooLong:
        raise Invalid({"name": [sentences.NAME_TOO_LONG]}) from None
    if not cleaned:
        raise Invalid({"name": [sentences.NAME_MISSING]})
    return cleaned


def new_person(name: str, email: str | None, language: str, *, by: Person | None) -> Person:
    """Put somebody in the books, inside the action of the caller; `by` None: they came by themselves."""
    person = Person(name=name, email=email, language=language, created_at=clock.now())
    db.session.add(person)
    db.session.flush()
    logbook.note("person.made", person, by=by or person)
    return person


@action
def make_person(
    name: str, email: str | None = None, *, by: Person | None = None, language: str = "nl"
) -> Person:
    """Put somebody in the books, with or without an address; whoever has the address already is found.

    Raises:
        Invalid: the name is empty or too long.
    """
    cleaned = clean_name(name)
    person = None if email is None else person_with_address(email)
    if person is None:
        return new_person(cleaned, email, language, by=by)
    person.name = person.name or cleaned
    return person


@action
def edit_person(person: Person, *, name: str, phone: str, language: str) -> None:
    """Keep what somebody says about themselves.

    Raises:
        Invalid: the name is empty or too long.
    """
    person.name = clean_name(name)
    person.phone = phone
    person.language = language
    logbook.note("person.edited", person, by=person)


# Initiatives


@action
def make_initiative(name: str, kind: Kind, *, by: Person) -> Initiative:
    """Start an initiative; whoever makes it speaks for it.

    Raises:
        Invalid: the name is empty or too long, or the kind is one that only a house gives.
    """
    cleaned = clean_name(name)
    if kind not in SELF_DECLARED:
        raise Invalid({"kind": [sentences.KIND_UNKNOWN]})
    now = clock.now()
    initiative = Initiative(name=cleaned, kind=kind, created_at=now)
    db.session.add(initiative)
    db.session.flush()
    db.session.add(Membership(person_id=by.id, initiative_id=initiative.id, since_at=now))
    db.session.flush()
    db.session.expire(by, ["memberships"])
    logbook.note("initiative.made", initiative, by=by, kind=kind)
    return initiative


@action
def rename_initiative(initiative: Initiative, name: str, *, by: Person) -> None:
    """Give an initiative another name.

    Raises:
        Invalid: the name is empty or too long.
    """
    initiative.name = clean_name(name)
    logbook.note("initiative.renamed", initiative, by=by)


@action
def add_speaker(initiative: Initiative, email: str, *, by: Person) -> Person:
    """Let whoever has this (normalised) address speak for the initiative; adding twice changes nothing.

    Somebody who is new says their own name when they first sign in.
    """
    person = person_with_address(email) or new_person("", email, by.language, by=by)
    if db.session.get(Membership, (person.id, initiative.id)) is None:
        db.session.add(
            Membership(person_id=person.id, initiative_id=initiative.id, since_at=clock.now())
        )
        logbook.note("initiative.speaker_added", initiative, by=by, person=person.id)
    return person


@action
def remove_speaker(initiative: Initiative, person_id: int, *, by: Person) -> None:
    """Let somebody no longer speak for the initiative.

    Raises:
        LastSpeaker: nobody would be left.
        NotFound: this person does not speak for it.
    """
    # Two speakers who remove each other at one moment must not both succeed.
    db.session.execute(
        select(Initiative.id).where(Initiative.id == initiative.id).with_for_update()
    )
    membership = db.session.get(Membership, (person_id, initiative.id))
    if membership is None:
        raise NotFound
    speakers = select(func.count()).where(Membership.initiative_id == initiative.id)
    if db.session.scalar(speakers) == 1:
        raise LastSpeaker
    person = membership.person
    db.session.delete(membership)
    db.session.flush()
    db.session.expire(person, ["memberships"])
    logbook.note("initiative.speaker_removed", initiative, by=by, person=person_id)


# Roles


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
        LastManager: the day is past and the house would have no manager.
    """
    name = RoleName(name)
    if venue is None and name not in {RoleName.BOARD, RoleName.ADMIN}:
        raise HouseNeeded
    role = _role(person, name, venue)
    if role is None:
        role = Role(person_id=person.id, venue_id=venue and venue.id, name=name, until_on=until_on)
        db.session.add(role)
    elif role.until_on == until_on:
        return role
    else:
        if until_on is not None and until_on < day_of(clock.now()):
            _keep_a_manager(role, venue)
        role.until_on = until_on
    db.session.flush()
    db.session.expire(person, ["roles"])
    logbook.note(
        "role.given",
        role,
        by=by,
        venue_id=role.venue_id,
        role=name,
        person=person.id,
        until_on=until_on and until_on.isoformat(),
    )
    return role


@action
def end_role(
    person: Person, name: RoleName | str, venue: Venue | None, *, by: Person | None
) -> None:
    """Take a role away from this moment on.

    Raises:
        LastManager: the house would have no manager.
        NotFound: the person does not have this role.
    """
    name = RoleName(name)
    role = _role(person, name, venue)
    if role is None:
        raise NotFound
    _keep_a_manager(role, venue)
    logbook.note("role.ended", role, by=by, venue_id=role.venue_id, role=name, person=person.id)
    db.session.delete(role)
    db.session.flush()
    db.session.expire(person, ["roles"])


def _role(person: Person, name: RoleName, venue: Venue | None) -> Role | None:
    return db.session.scalar(
        select(Role).where(
            Role.person_id == person.id,
            Role.name == name,
            Role.venue_id.is_(None) if venue is None else Role.venue_id == venue.id,
        )
    )


def _keep_a_manager(role: Role, venue: Venue | None) -> None:
    """Refuse to take the role from the last manager of a house; the house is locked while we count."""
    if role.name is not RoleName.MANAGER or venue is None:
        return
    db.session.execute(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    managers = {person.id for person in people_with_role(venue, RoleName.MANAGER)}
    if managers == {role.person_id}:
        raise LastManager


# Tokens for programs


@action
def make_token(person: Person, name: str = "") -> str:
    """Make a token for a program that acts for the person, and return it; it is not kept and shown once.

    Without a name it is numbered.

    Raises:
        TokenNameTaken: the person has a living token of this name.
    """
    living = select(ApiToken.name).where(
        ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None)
    )
    taken = set(db.session.scalars(living))
    cleaned = one_line(name, longest=80)
    if not cleaned:
        cleaned = next(
            number for number in map(str, range(1, len(taken) + 2)) if number not in taken
        )
    if cleaned in taken:
        raise TokenNameTaken
    token = TOKEN_PREFIX + new_token()
    row = ApiToken(
        person_id=person.id, name=cleaned, token_hash=token_hash(token), created_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()
    logbook.note("token.made", row, by=person)
    return token


@action
def revoke_token(person: Person, name: str | None = None) -> int:
    """End the person's token of this name, or all of them without a name; says how many ended.

    Raises:
        NoSuchToken: there was none.
    """
    ending = select(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    if name is not None:
        ending = ending.where(ApiToken.name == name)
    tokens = db.session.scalars(ending.with_for_update(of=ApiToken)).all()
    if not tokens:
        raise NoSuchToken
    for token in tokens:
        token.revoked_at = clock.now()
        logbook.note("token.revoked", token, by=person)
    return len(tokens)
