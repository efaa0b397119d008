"""Verbs of invitations: nobody gets a role or a voice without saying yes to it first.

An invitation goes by mail, and then nobody but its reader sees the code; or it is printed, and
then the code is shown once. What the database keeps is a hash.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update

from buurthuis.accounts import letters
from buurthuis.accounts.actions import clean_name, new_person, speak_for
from buurthuis.accounts.codes import LONG, new_code
from buurthuis.accounts.hashes import invitation_hash
from buurthuis.accounts.models import Initiative, Invitation, Person, RoleName
from buurthuis.accounts.queries import invitation_still_stands, person_with_address
from buurthuis.accounts.refusals import AddressKnown, DayGone, HasLeft, InvitationGone, NameNeeded
from buurthuis.accounts.roles import grant_as_long
from buurthuis.accounts.signing import Newcomer, SignedIn, start_session
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue

LASTS = timedelta(days=14)
SLIP_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited: a name for the list, and an address when the invitation goes by mail."""

    name: str
    email: str | None = None


@action
def invite_to_house(
    venue: Venue, role: RoleName, guest: Guest, *, by: Person, until_on: date | None = None
) -> str:
    """Invite somebody to a role in a house; returns the code to print, "" when it went by mail.

    Raises:
        DayGone: the last day lies before today.
        Invalid: the name does not fit.
    """
    if until_on is not None and until_on < day_of(clock.now()):
        raise DayGone
    return _invite(
        Invitation(venue_id=venue.id, venue=venue, role=role, until_on=until_on), guest, by
    )


@action
def invite_to_group(initiative: Initiative, guest: Guest, *, by: Person) -> str:
    """Invite somebody to speak for an initiative; returns the code to print, "" when it went by mail.

    Raises:
        Invalid: the name does not fit.
    """
    return _invite(Invitation(initiative_id=initiative.id, initiative=initiative), guest, by)


@action
def write_slip(person: Person, venue: Venue, *, by: Person) -> str:
    """Make a code with which somebody without mail signs in once; earlier ones end. Returns the code.

    Raises:
        NotFound: this person has an address, a role, or has left, and so signs in by themselves.
    """
    if not may_have_slip(person):
        raise NotFound
    _withdraw_open(Invitation.person_id == person.id)
    slip = Invitation(venue_id=venue.id, venue=venue, person_id=person.id)
    return _keep(slip, by, lasts=SLIP_LASTS)


def may_have_slip(person: Person) -> bool:
    """Only who has no mail and no role; whoever printed it could use it in their place."""
    return person.email is None and person.left_at is None and not person.roles


@action
def withdraw_invitation(invitation_id: int, *, by: Person) -> None:
    """Take an invitation back; once it is used there is nothing to take back.

    Raises:
        InvitationGone
    """
    invitation = _locked(invitation_id)
    if invitation is None:
        raise InvitationGone
    invitation.withdrawn_at = clock.now()
    _note("invitation.withdrawn", invitation, by)


@action
def accept_invitation(invitation_id: int, *, by: Person) -> None:
    """Say yes as somebody who has signed in.

    Raises:
        InvitationGone: it was used, withdrawn, is too old, or who made it may no longer invite.
        LastManager: the role would end while nobody else manages the house for good.
    """
    _take_up(_standing(invitation_id), by)


@action
def accept_as_newcomer(invitation_id: int, who: Newcomer) -> SignedIn:
    """Say yes as somebody who is not in the books yet, and come in; or come in with a slip.

    Raises:
        AddressKnown: somebody has the address already; they sign in first.
        InvitationGone, LastManager, NameNeeded, HasLeft
    """
    invitation = _standing(invitation_id)
    person = invitation.person or _newcomer(invitation, who)
    if invitation.person is not None and not may_have_slip(person):
        raise InvitationGone
    _take_up(invitation, person)
    return SignedIn(person.id, start_session(person, who.device), "")


def _invite(invitation: Invitation, guest: Guest, by: Person) -> str:
    invitation.name = clean_name(guest.name)
    invitation.email = guest.email
    if guest.email is not None:
        _withdraw_open(
            Invitation.email == guest.email,
            Invitation.initiative_id == invitation.initiative_id,
            Invitation.venue_id == invitation.venue_id,
            Invitation.role == invitation.role,
        )
    code = _keep(invitation, by, lasts=LASTS)
    if guest.email is None:
        return code
    known = person_with_address(guest.email)
    letters.invitation(invitation, by, code=code, language=known.language if known else by.language)
    return ""


def _keep(invitation: Invitation, by: Person, *, lasts: timedelta) -> str:
    code, now = new_code(LONG), clock.now()
    invitation.code_hash = invitation_hash(code)
    invitation.made_by_id = by.id
    invitation.made_at = now
    invitation.expires_at = now + lasts
    db.session.add(invitation)
    db.session.flush()
    _note("invitation.made", invitation, by)
    return code


def _withdraw_open(*which: ColumnElement[bool]) -> None:
    still = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    db.session.execute(
        update(Invitation).where(*which, *still).values(withdrawn_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def _locked(invitation_id: int) -> Invitation | None:
    """The invitation, while nobody used it or took it back; locked, so that one code serves once."""
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.id == invitation_id,
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .with_for_update(of=Invitation)
        .execution_options(populate_existing=True)
    )


def _standing(invitation_id: int) -> Invitation:
    invitation = _locked(invitation_id)
    if invitation is None or not invitation_still_stands(invitation, now=clock.now()):
        raise InvitationGone
    return invitation


def _newcomer(invitation: Invitation, who: Newcomer) -> Person:
    known = person_with_address(invitation.email) if invitation.email else None
    if known is not None and known.left_at is not None:
        raise HasLeft
    if known is not None and known.name:
        raise AddressKnown
    if not who.name:
        raise NameNeeded
    name = clean_name(who.name)
    person = known or new_person(name, invitation.email, who.language, by=None)
    person.name = name
    return person


def _take_up(invitation: Invitation, person: Person) -> None:
    if invitation.initiative is not None:
        speak_for(invitation.initiative, person, by=person)
    elif invitation.role is not None:
        venue, by = invitation.venue, invitation.made_by
        grant_as_long(person, invitation.role, venue, by=by, until_on=invitation.until_on)
    invitation.used_at, invitation.used_by_id = clock.now(), person.id
    _note("invitation.taken_up", invitation, person)


def _note(verb: str, invitation: Invitation, by: Person) -> None:
    about: dict[str, Any] = {"role": invitation.role, "initiative": invitation.initiative_id}
    known = {name: value for name, value in about.items() if value is not None}
    logbook.note(verb, invitation, by=by, venue_id=invitation.venue_id, **known)
