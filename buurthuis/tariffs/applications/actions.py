"""Asking to be recognised, taking that back, saying yes or no, and asking that somebody looks again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person, RoleName
from buurthuis.accounts.queries import people_with_role
from buurthuis.foundation import clock, logbook
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.links import absolute
from buurthuis.rules import wording
from buurthuis.rules.calendar import day_of
from buurthuis.rules.criteria import Criterion, fitting, may_appeal
from buurthuis.rules.standing import Purpose, StandingCode
from buurthuis.tariffs import letters
from buurthuis.tariffs.actions import LONGEST_REASON, Grounds, lock_initiative, record
from buurthuis.tariffs.applications import queries
from buurthuis.tariffs.applications.models import Application, State
from buurthuis.tariffs.applications.refusals import AlreadyAsked, AlreadyDecided, NoAppeal
from buurthuis.tariffs.models import Recognition
from buurthuis.tariffs.queries import card_on
from buurthuis.venues.models import Venue

LONGEST_STORY = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What a group tells of itself: what it meets, in its own words, and where one can see it."""

    met: Collection[Criterion]
    words: str
    evidence: str = ""
    purpose: Purpose | None = None


@action
def ask(initiative: Initiative, venue: Venue | None, told: Told, *, by: Person) -> Application:
    """Ask a house, or all houses together when `venue` is None, to recognise a group.

    Raises:
        NotFound, NotAllowed: only who speaks for the group asks for it.
        AlreadyAsked: the group waits for an answer of the same house.
        rules.wording.TooLong
    """
    demand(by, "initiative.speak", initiative)
    asked = _application(initiative, venue, told, by)
    return _sent(asked, by)


@action
def withdraw(application_id: int, *, by: Person) -> Application:
    """Take back what was asked; nobody has to answer it any more.

    Raises:
        NotFound, AlreadyDecided
    """
    asked = queries.application_by_id(application_id)
    demand(by, "application.withdraw", asked)
    _lock_open(asked)
    asked.state, asked.decided_at = State.WITHDRAWN, clock.now()
    _note("standing.asked_back", asked, by)
    return asked


@action
def grant(application_id: int, kind: StandingCode, grounds: Grounds, *, by: Person) -> Recognition:
    """Say yes: recognise a standing from today on, which may be another than the one that fits.

    Raises:
        NotFound, AlreadyDecided, RecognitionOver, rules.wording.TooLong
    """
    asked = queries.application_by_id(application_id)
    demand(by, "application.decide", asked)
    _lock_open(asked)
    recognition = record(asked.initiative, kind, grounds, venue=asked.venue, by=by)
    _decide(asked, State.RECOGNISED, by, reason=grounds.reason, recognition=recognition)
    card = None if asked.venue_id is None else card_on(asked.venue_id, recognition.valid_from)
    letters.standing_recognised(recognition, asked.venue, card)
    return recognition


@action
def refuse(application_id: int, reason: str, *, by: Person) -> Application:
    """Say no, and why.

    Raises:
        NotFound, AlreadyDecided, rules.wording.TooLong
    """
    asked = queries.application_by_id(application_id)
    demand(by, "application.decide", asked)
    _lock_open(asked)
    _decide(asked, State.REFUSED, by, reason=reason)
    letters.standing_refused(
        asked.initiative, asked.venue, reason=asked.reason, is_appeal=asked.is_appeal
    )
    return asked


@action
def appeal(application_id: int, words: str, *, by: Person) -> Application:
    """Ask that somebody else looks again at what was refused; once, within thirty days.

    Raises:
        NotFound, NotAllowed, NoAppeal, AlreadyAsked, rules.wording.TooLong
    """
    refused = queries.application_by_id(application_id)
    demand(by, "initiative.speak", refused.initiative)
    if not can_appeal(refused):
        raise NoAppeal
    told = Told(refused.criteria, words, refused.evidence, refused.purpose)
    again = _application(refused.initiative, refused.venue, told, by)
    again.appeal_of_id = refused.id
    return _sent(again, by)


@action
def appeal_end(recognition_id: int, words: str, *, by: Person) -> Application:
    """Ask that somebody else looks again at a recognition that was ended; once, within thirty days.

    Raises:
        NotFound, NotAllowed, NoAppeal, AlreadyAsked, rules.wording.TooLong
    """
    ended = queries.recognition_by_id(recognition_id)
    initiative = db.session.get_one(Initiative, ended.initiative_id)
    demand(by, "initiative.speak", initiative)
    if not can_appeal_end(ended):
        raise NoAppeal
    before = queries.came_of([ended.id]).get(ended.id)
    venue = None if ended.venue_id is None else db.session.get_one(Venue, ended.venue_id)
    met, evidence = (before.criteria, before.evidence) if before else (frozenset(), "")
    again = _application(initiative, venue, Told(met, words, evidence, ended.purpose), by)
    again.appeal_of_end_id, again.kind = ended.id, ended.kind
    return _sent(again, by)


def can_appeal(application: Application) -> bool:
    """Whether a no may still be looked at again."""
    if application.state is not State.REFUSED or application.is_appeal:
        return False
    if queries.was_appealed(Application.appeal_of_id == application.id):
        return False
    return application.decided_at is not None and _in_time(application.decided_at)


def can_appeal_end(recognition: Recognition) -> bool:
    """Whether an end may still be looked at again."""
    if queries.was_appealed(Application.appeal_of_end_id == recognition.id):
        return False
    return recognition.ended_at is not None and _in_time(recognition.ended_at)


def _in_time(decided_at: datetime) -> bool:
    return may_appeal(day_of(decided_at), day_of(clock.now()))


def _application(
    initiative: Initiative, venue: Venue | None, told: Told, by: Person
) -> Application:
    lock_initiative(initiative.id)
    # The group is locked, so nobody asks beside us; the database says the same, less politely.
    if any(each.state is State.ASKED for each in queries.applications_of(initiative, venue)):
        raise AlreadyAsked
    now = clock.now()
    card = None if venue is None else card_on(venue.id, day_of(now))
    return Application(
        initiative=initiative,
        venue=venue,
        kind=fitting(queries.offers_of(card), told.met),
        met=[str(each) for each in Criterion if each in told.met],
        purpose=told.purpose,
        words=wording.paragraphs(told.words, longest=LONGEST_STORY),
        evidence=wording.one_line(told.evidence, longest=LONGEST_REASON),
        state=State.ASKED,
        asked_by_id=by.id,
        asked_at=now,
    )


def _sent(asked: Application, by: Person) -> Application:
    """Store it, write it down, and tell who decides."""
    db.session.add(asked)
    db.session.flush()
    _note("standing.appealed" if asked.is_appeal else "standing.asked", asked, by)
    letters.standing_asked(
        asked.initiative,
        asked.venue,
        _who_decides(asked),
        link=absolute("pages.application", application_id=asked.id),
        words=asked.words,
        is_appeal=asked.is_appeal,
    )
    return asked


def _who_decides(asked: Application) -> list[Person]:
    board = (RoleName.BOARD,) if asked.is_appeal else ()
    people = [] if asked.venue is None else people_with_role(asked.venue, RoleName.MANAGER, *board)
    able = [each for each in people if each.id != asked.decided_first]
    if able:
        return able
    over_all = queries.over_all_houses(RoleName.ADMIN, *board)
    return [each for each in over_all if each.id != asked.decided_first]


def _lock_open(asked: Application) -> None:
    """Lock the row; whoever comes second finds it decided."""
    lock_initiative(asked.initiative_id)
    state = db.session.scalar(
        select(Application.state).where(Application.id == asked.id).with_for_update()
    )
    if state is not State.ASKED:
        raise AlreadyDecided


def _decide(
    asked: Application,
    state: State,
    by: Person,
    *,
    reason: str,
    recognition: Recognition | None = None,
) -> None:
    asked.state, asked.decided_by_id, asked.decided_at = state, by.id, clock.now()
    asked.reason = wording.one_line(reason, longest=LONGEST_REASON)
    asked.recognition_id = None if recognition is None else recognition.id
    _note(f"standing.{'granted' if recognition else 'refused'}", asked, by)


def _note(verb: str, asked: Application, by: Person) -> None:
    logbook.note(verb, asked, by=by, venue_id=asked.venue_id, initiative=asked.initiative_id)
