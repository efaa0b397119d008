"""Verbs about people and initiatives; signing in, roles, tokens and invitations have their own modules."""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import func, select

from buurthuis.accounts import sentences
from buurthuis.accounts.models import Initiative, Membership, Person
from buurthuis.accounts.queries import person_with_address
from buurthuis.accounts.refusals import LastSpeaker
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Invalid, NotFound
from buurthuis.foundation.rows import row_of
from buurthuis.rules.standing import SELF_DECLARED, Kind
from buurthuis.rules.wording import TooLong, one_line

LONGEST_NAME = 120


class Invited(StrEnum):
    """To what a letter may invite somebody's calendar app."""

    BOOKINGS = "bookings"
    SHIFTS = "shifts"


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


def new_person(
    name: str, email: str | None, language: str, *, by: Person | None, venue_id: int | None = None
) -> Person:
    """Put somebody in the books, inside the action of the caller; `by` None: they came by themselves.

    `venue_id` is the house at whose desk it was done.
    """
    person = Person(name=name, email=email, language=language, created_at=clock.now())
    db.session.add(person)
    db.session.flush()
    logbook.note("person.made", person, by=by or person, venue_id=venue_id)
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
def edit_person(
    person: Person,
    *,
    name: str,
    phone: str,
    language: str,
    invited_to: Collection[Invited] | None = None,
) -> None:
    """Keep what somebody says about themselves; and, where it is asked, what invites them by mail.

    Raises:
        Invalid: the name is empty or too long.
    """
    person.name = clean_name(name)
    person.phone = phone
    person.language = language
    if invited_to is not None:
        person.invite_to_bookings = Invited.BOOKINGS in invited_to
        person.invite_to_shifts = Invited.SHIFTS in invited_to
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
    initiative.name, initiative.renamed_at = clean_name(name), clock.now()
    logbook.note("initiative.renamed", initiative, by=by)


def speak_for(initiative: Initiative, person: Person, *, by: Person) -> None:
    """Let somebody speak for the initiative, inside the action of the caller; twice changes nothing."""
    if db.session.get(Membership, (person.id, initiative.id)) is not None:
        return
    now = clock.now()
    db.session.add(Membership(person_id=person.id, initiative_id=initiative.id, since_at=now))
    db.session.flush()
    db.session.expire(person, ["memberships"])
    logbook.note("initiative.speaker_added", initiative, by=by, person=person.id)


@action
def choose_contact(initiative: Initiative, person_id: int | None, *, by: Person) -> None:
    """Let the letters about every booking go to one speaker too; None: only to whoever booked.

    Raises:
        NotFound: this person does not speak for it.
    """
    set_contact(initiative, person_id)
    logbook.note("initiative.contact_chosen", initiative, by=by, person=person_id)


def set_contact(initiative: Initiative, person_id: int | None) -> None:
    """Change who gets the letters, inside the action of the caller.

    Raises:
        NotFound: this person does not speak for it.
    """
    lock_initiative(initiative.id)
    members = db.session.scalars(
        select(Membership).where(Membership.initiative_id == initiative.id)
    ).all()
    if person_id is not None and person_id not in {each.person_id for each in members}:
        raise NotFound
    for each in members:
        each.is_contact = each.person_id == person_id


def lock_initiative(initiative_id: int) -> None:
    """Let nobody else change who speaks for it until this action is done."""
    db.session.execute(
        select(Initiative.id).where(Initiative.id == initiative_id).with_for_update()
    )


@action
def remove_speaker(initiative: Initiative, person_id: int, *, by: Person) -> None:
    """Let somebody no longer speak for the initiative.

    Raises:
        LastSpeaker: nobody would be left.
        NotFound: this person does not speak for it.
    """
    # Two speakers who remove each other at one moment must not both succeed.
    lock_initiative(initiative.id)
    membership = row_of(Membership, (person_id, initiative.id))
    speakers = select(func.count()).where(Membership.initiative_id == initiative.id)
    if db.session.scalar(speakers) == 1:
        raise LastSpeaker
    person = membership.person
    db.session.delete(membership)
    db.session.flush()
    db.session.expire(person, ["memberships"])
    logbook.note("initiative.speaker_removed", initiative, by=by, person=person_id)
