"""Questions about people: who is at the door, who has which role where, who speaks for whom."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import lazyload

from buurthuis.accounts.hashes import invitation_hash, token_hash
from buurthuis.accounts.models import (
    ApiToken,
    Initiative,
    Invitation,
    Membership,
    Person,
    Role,
    RoleName,
    SignInSession,
)
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue

T = TypeVar("T")

ALONE = (lazyload(Person.roles), lazyload(Person.memberships))
"""Load people for their name and address; what they do is not asked."""


def has_role(person: Person | None, *names: str, venue_id: int | None = None) -> bool:
    """Whether the person has one of these roles today.

    With a house: in that house or over all houses. Without one: anywhere. An admin has every role.
    """
    return any(
        venue_id is None or role.venue_id is None or role.venue_id == venue_id
        for role in _roles_today(person)
        if role.name in names or role.name is RoleName.ADMIN
    )


def houses_of(person: Person | None, *names: str) -> set[int] | None:
    """The ids of the houses where the person has one of these roles today; None means all houses."""
    houses = {
        role.venue_id
        for role in _roles_today(person)
        if role.name in names or role.name is RoleName.ADMIN
    }
    return None if None in houses else {house for house in houses if house is not None}


def is_admin_of_all(person: Person | None) -> bool:
    """Whether the person looks after all houses."""
    return any(
        role.name is RoleName.ADMIN and role.venue_id is None for role in _roles_today(person)
    )


def is_board_of_all(person: Person | None) -> bool:
    """Whether the person sits on the board of all houses, or looks after them."""
    return houses_of(person, RoleName.BOARD) is None


def speaks_for(person: Person | None, initiative_id: int) -> bool:
    """Whether the person may book in the name of the initiative."""
    if person is None:
        return False
    return any(each.initiative_id == initiative_id for each in person.memberships)


def people_with_role(venue: Venue, *names: str) -> list[Person]:
    """Who has one of these roles today, in this house or over all houses, each person once."""
    asked = {"names": names, "venue": venue.id, "today": day_of(clock.now())}
    return list(db.session.scalars(_WITH_ROLE, asked))


# Put together once, for nearly every deed tells the managers.
_WITH_ROLE = (
    select(Person)
    .where(
        Person.id.in_(
            select(Role.person_id).where(
                Role.name.in_(bindparam("names", expanding=True)),
                or_(Role.venue_id == bindparam("venue"), Role.venue_id.is_(None)),
                or_(Role.until_on.is_(None), Role.until_on >= bindparam("today")),
            )
        ),
        Person.left_at.is_(None),
    )
    .options(*ALONE)
    .order_by(Person.id)
)


def coordinators_with_address(venue: Venue) -> list[Person]:
    """Who coordinates a house and reads e-mail; its managers where no coordinator does."""
    for name in (RoleName.COORDINATOR, RoleName.MANAGER):
        found = [person for person in people_with_role(venue, name) if person.email]
        if found:
            return found
    return []


def _roles_today(person: Person | None) -> list[Role]:
    if person is None or not person.is_active:
        return []
    today = day_of(clock.now())
    return [role for role in person.roles if role.until_on is None or today <= role.until_on]


def person_with_address(email: str) -> Person | None:
    """The person with this (normalised) address."""
    return db.session.scalar(select(Person).where(Person.email == email))


def is_new(email: str) -> bool:
    """Whether whoever has this address still has to say their name."""
    return not db.session.scalar(select(Person.name).where(Person.email == email))


def live_sessions(person: Person, *, now: datetime) -> Sequence[SignInSession]:
    """Where the person is signed in, latest first."""
    return db.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == person.id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
        )
        .order_by(SignInSession.created_at.desc(), SignInSession.id.desc())
    ).all()


def session_with(token: str) -> SignInSession:
    """The session of the browser that holds this token.

    Raises:
        NotFound
    """
    hashed = token_hash(token)
    return _found(
        db.session.scalar(select(SignInSession).where(SignInSession.token_hash == hashed))
    )


def session_by_id(session_id: int) -> SignInSession:
    """A session.

    Raises:
        NotFound
    """
    return _found(db.session.get(SignInSession, session_id))


def initiative_by_id(initiative_id: int) -> Initiative:
    """An initiative.

    Raises:
        NotFound
    """
    return _found(db.session.get(Initiative, initiative_id))


def initiatives_of(person: Person) -> list[Initiative]:
    """The initiatives for which the person speaks, by name."""
    return sorted((each.initiative for each in person.memberships), key=lambda each: each.name)


def speakers_of(initiative: Initiative) -> Sequence[Person]:
    """Who speaks for the initiative, first come first."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.initiative_id == initiative.id)
        .order_by(Membership.since_at, Person.id)
    ).all()


def contact_of(initiative: Initiative) -> Person | None:
    """Who gets the letters about every booking of the initiative, when somebody was chosen."""
    return db.session.scalar(_CONTACT, {"initiative": initiative.id})


_CONTACT = (
    select(Person)
    .join(Membership, Membership.person_id == Person.id)
    .where(Membership.initiative_id == bindparam("initiative"), Membership.is_contact.is_(True))
    .order_by(Person.id)
    .limit(1)
)


def who_hears(initiative_ids: Collection[int]) -> dict[int, list[Person]]:
    """Who gets the letters of each of these groups: its contact, or else all who speak for it."""
    asked = (
        select(Membership.initiative_id, Membership.is_contact, Person)
        .join(Person, Membership.person_id == Person.id)
        .where(Membership.initiative_id.in_(initiative_ids))
        .order_by(Membership.since_at, Person.id)
        .options(*ALONE)
    )
    speakers, contacts = defaultdict(list), defaultdict(list)
    for initiative_id, is_contact, person in db.session.execute(asked):
        speakers[initiative_id].append(person)
        if is_contact:
            contacts[initiative_id].append(person)
    return {each: contacts[each] or speakers[each] for each in initiative_ids}


def invitation_of(code: str) -> Invitation:
    """The invitation that was just made with this code.

    Raises:
        NotFound
    """
    hashed = invitation_hash(code)
    return _found(db.session.scalar(select(Invitation).where(Invitation.code_hash == hashed)))


def invitation_behind(code: str, *, now: datetime) -> Invitation | None:
    """The invitation that this code belongs to, while it stands."""
    found = db.session.scalar(
        select(Invitation).where(Invitation.code_hash == invitation_hash(code))
    )
    return found if found is not None and invitation_still_stands(found, now=now) else None


def invitation_still_stands(invitation: Invitation, *, now: datetime) -> bool:
    """Nobody used it or took it back, it is not too old, and its maker may still invite."""
    is_open = invitation.used_at is None and invitation.withdrawn_at is None
    is_over = invitation.until_on is not None and invitation.until_on < day_of(now)
    if not is_open or is_over or invitation.expires_at <= now:
        return False
    return may_invite(invitation.made_by, invitation)


def may_invite(person: Person | None, invitation: Invitation) -> bool:
    """A manager of its house, or whoever speaks for its initiative."""
    if invitation.initiative_id is not None:
        return speaks_for(person, invitation.initiative_id) or is_admin_of_all(person)
    return has_role(person, RoleName.MANAGER, venue_id=invitation.venue_id)


def open_invitations(which: Venue | Initiative, *, now: datetime) -> Sequence[Invitation]:
    """Who was invited to a house or an initiative and has not answered yet, latest first."""
    of_house = (Invitation.venue_id == which.id, Invitation.role.is_not(None))
    of_group = (Invitation.initiative_id == which.id,)
    found = db.session.scalars(
        select(Invitation)
        .where(
            *(of_house if isinstance(which, Venue) else of_group),
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
    )
    return [each for each in found if invitation_still_stands(each, now=now)]


def invitation_by_id(invitation_id: int) -> Invitation:
    """An invitation.

    Raises:
        NotFound
    """
    return _found(db.session.get(Invitation, invitation_id))


def tokens_of(person: Person) -> Sequence[ApiToken]:
    """The tokens of a person that still work, oldest first."""
    return db.session.scalars(
        select(ApiToken)
        .where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id)
    ).all()


def token_by_id(token_id: int) -> ApiToken:
    """A token.

    Raises:
        NotFound
    """
    return _found(db.session.get(ApiToken, token_id))


def houses_with_telephone() -> Sequence[Venue]:
    """Houses that can be called by whoever has no e-mail."""
    return db.session.scalars(select(Venue).where(Venue.phone != "").order_by(Venue.name)).all()


def _found(thing: T | None) -> T:
    if thing is None:
        raise NotFound
    return thing
