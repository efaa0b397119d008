"""Verbs of stopping: hand over a house or a group to somebody else, and leave altogether."""

from sqlalchemy import and_, delete, select, update

from buurthuis.accounts.actions import lock_initiative, set_contact
from buurthuis.accounts.models import Initiative, Invitation, Membership, Person
from buurthuis.accounts.roles import end, grant_as_long
from buurthuis.api.models import IdempotencyKey
from buurthuis.evidence.work.forgetting import forget_whose_work
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.languages import DEFAULT
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.handover import letters
from buurthuis.handover.endings import end_all_keys, lock
from buurthuis.handover.letters import FAREWELL
from buurthuis.handover.queries import colleagues_of, roles_in, voices_of
from buurthuis.handover.refusals import KeysOut, NobodyToTakeOver, OnlyVoice
from buurthuis.handover.words import somebody_who_left
from buurthuis.roster.holders.endings import forget_offers
from buurthuis.roster.keys.queries import keys_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import Kind
from buurthuis.venues.models import Venue


@action
def hand_over_house(venue: Venue, to: Person, *, by: Person) -> None:
    """Give all one's roles in a house to a colleague, with the invitations that are out; then stop.

    What waits for a house (requests, recognitions, closures) is of the house and stays there; the
    colleague can see and do what one could see and do oneself.

    Raises:
        NobodyToTakeOver: the other has no role in this house.
        LastManager: the role has a last day, and nobody else manages the house without one.
    """
    db.session.execute(select(Venue.id).where(Venue.id == venue.id).with_for_update())
    today = day_of(clock.now())
    mine = roles_in(by, venue, today=today)
    if to.id not in {each.id for each in colleagues_of(by, venue, today=today)} or not mine:
        raise NobodyToTakeOver
    for role in mine:
        grant_as_long(to, role.name, venue, by=by, until_on=role.until_on)
    _pass_invitations_on(by, to, venue_id=venue.id)
    letters.house_handed_over(venue, mine, to=to, by=by)
    logbook.note("house.handed_over", venue, by=by, venue_id=venue.id, person=to.id)
    for role in mine:
        end(role, by=by)


@action
def hand_over_group(initiative: Initiative, to: Person, *, by: Person) -> None:
    """Let a colleague answer for a group, and no longer speak for it oneself.

    Bookings, recognitions and calendars stay; letters about what one booked go to the colleague.

    Raises:
        NobodyToTakeOver: the other does not speak for the group, or oneself does not.
    """
    lock_initiative(initiative.id)
    mine = db.session.get(Membership, (by.id, initiative.id), populate_existing=True)
    theirs = db.session.get(Membership, (to.id, initiative.id), populate_existing=True)
    if mine is None or theirs is None or to.id == by.id:
        raise NobodyToTakeOver
    set_contact(initiative, to.id)
    _pass_invitations_on(by, to, initiative_id=initiative.id)
    letters.group_handed_over(initiative, to=to, by=by)
    logbook.note("initiative.handed_over", initiative, by=by, person=to.id)
    db.session.delete(mine)
    db.session.flush()
    db.session.expire(by, ["memberships"])


@action
def leave(person: Person) -> None:
    """Leave: what tells who somebody is goes, what they did stays, and nothing opens a door any more.

    Raises:
        LastManager: a house would have no manager.
        OnlyVoice: a group has bookings, and nobody else speaks for it.
        KeysOut: they still have keys of a house.
    """
    lock(person)
    keys = keys_of(person)
    if keys:
        raise KeysOut(name=keys[0].key.lock.venue.name)
    _let_roles_go(person)
    _let_groups_go(person)
    letters.farewell(person)
    end_all_keys(person)
    _forget(person)
    person.left_at = clock.now()
    logbook.note("person.left", person, by=person)


def _let_roles_go(person: Person) -> None:
    """End every role; the houses are taken in one order, so that two who leave at once both finish."""
    roles = sorted(person.roles, key=lambda role: (role.venue_id or 0, role.id))
    for role in roles:
        end(role, by=person)


def _let_groups_go(person: Person) -> None:
    for each in sorted(person.memberships, key=lambda each: each.initiative_id):
        lock_initiative(each.initiative_id)
    for voice in voices_of(person, now=clock.now()):
        if voice.holds:
            raise OnlyVoice(name=voice.initiative.name)
        if voice.others == 0 and voice.initiative.kind is Kind.PRIVATE:
            # Somebody who booked for themselves: the group was called like them.
            voice.initiative.name = somebody_who_left(DEFAULT)
            voice.initiative.renamed_at = clock.now()
        logbook.note("initiative.speaker_removed", voice.initiative, by=person, person=person.id)
    db.session.execute(delete(Membership).where(Membership.person_id == person.id))
    db.session.expire(person, ["memberships"])


def _forget(person: Person) -> None:
    """Take away what tells who somebody was; rows of others only lose the name."""
    email = person.email
    forget_offers(person)
    forget_whose_work(person)
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.person_id == person.id))
    db.session.execute(
        update(Invitation)
        .where((Invitation.used_by_id == person.id) | (Invitation.person_id == person.id))
        .values(name="", email=None)
    )
    if email is not None:
        to_them = OutboxLetter.recipient == email
        is_waiting = and_(OutboxLetter.sent_at.is_(None), OutboxLetter.template != FAREWELL)
        db.session.execute(delete(OutboxLetter).where(to_them, is_waiting))
        is_sent = OutboxLetter.sent_at.is_not(None)
        db.session.execute(update(OutboxLetter).where(to_them, is_sent).values(recipient=""))
    person.name = somebody_who_left(DEFAULT)
    person.email, person.phone = None, ""


def _pass_invitations_on(by: Person, to: Person, **of: int) -> None:
    """An invitation stands while its maker may invite, so it changes hands as well."""
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.made_by_id == by.id,
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .filter_by(**of)
        .values(made_by_id=to.id)
    )
