"""Questions about the key-holders of a house: who knows it, who learns it, and what is missing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.accounts.queries import ALONE, people_with_role
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.roster.fitness import OPENS
from buurthuis.roster.holders.models import RosterWish, Training, WeeklyTime
from buurthuis.roster.keys.models import KeyIssue, Lock
from buurthuis.roster.keys.queries import issues_in
from buurthuis.roster.rights import COORDINATES
from buurthuis.rules.calendar import day_of
from buurthuis.rules.eligibility import USUAL_MOST_A_WEEK
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug


@dataclass(frozen=True, slots=True)
class HolderHere:
    """Somebody who has to do with the doors of a house: a role that opens, or training, or both."""

    venue: Venue
    person: Person
    training: Training | None
    roles: Sequence[RoleName] = ()
    keys: Sequence[KeyIssue] = ()
    most_a_week: int = USUAL_MOST_A_WEEK
    has_said_when: bool = False
    needs_key: bool = False
    today: date = date.min

    @property
    def is_learner(self) -> bool:
        """Whether they learn the house now."""
        return self.training is not None and self.training.is_learner and not self.has_stopped

    @property
    def is_trained(self) -> bool:
        """Whether they know the house."""
        return self.training is not None and not self.training.is_learner

    @property
    def has_stopped(self) -> bool:
        """Whether they no longer open here."""
        stopped = self.training.stopped_on if self.training else None
        return stopped is not None and stopped <= self.today

    @property
    def has_entrance_key(self) -> bool:
        """Whether one of their keys opens the house."""
        return any(issue.key.lock.is_entrance for issue in self.keys)

    @property
    def lacks_training(self) -> bool:
        """The role without the training."""
        return bool(self.roles) and self.training is None

    @property
    def lacks_role(self) -> bool:
        """The training without the role."""
        return not self.roles and not self.has_stopped

    @property
    def lacks_key(self) -> bool:
        """Role and training, and no key to get in."""
        can_open = self.is_trained and bool(self.roles) and not self.has_stopped
        return can_open and self.needs_key and not self.has_entrance_key

    @property
    def lacks_mentor(self) -> bool:
        """A learner with nobody to go along with."""
        return self.is_learner and self.training is not None and self.training.mentor_id is None


def holders_of(venue: Venue) -> list[HolderHere]:
    """Everybody with a role that opens or with training here, by name; a constant number of questions."""
    today = day_of(clock.now())
    return _seen(venue, _tied(venue, today), today)


def holder_here(slug: str, person_id: int) -> HolderHere:
    """One of them.

    Raises:
        NotFound
    """
    venue, today = venue_by_slug(slug), day_of(clock.now())
    found = _seen(venue, Person.id == person_id, today, _tied(venue, today))
    if not found:
        raise NotFound
    return found[0]


def mentors_of(venue: Venue, *, besides: Person) -> list[Person]:
    """Who may be a mentor: trained here, with a role, not stopped, and somebody else."""
    return [
        each.person
        for each in holders_of(venue)
        if each.is_trained and each.roles and not each.has_stopped and each.person.id != besides.id
    ]


def trainers_of(venue: Venue, *, besides: Person) -> list[Person]:
    """Who may have trained somebody: whoever knows the house, and whoever coordinates it."""
    knows = [each.person for each in holders_of(venue) if each.is_trained]
    both = {each.id: each for each in (*knows, *people_with_role(venue, *COORDINATES))}
    others = [each for each in both.values() if each.id != besides.id]
    return sorted(others, key=lambda each: (each.name.casefold(), each.id))


def _tied(venue: Venue, today: date) -> ColumnElement[bool]:
    has_role = exists().where(Role.person_id == Person.id, *_opens(venue, today))
    knows = exists().where(Training.person_id == Person.id, Training.venue_id == venue.id)
    return or_(has_role, knows)


def _opens(venue: Venue, today: date) -> tuple[ColumnElement[bool], ...]:
    is_running = or_(Role.until_on.is_(None), Role.until_on >= today)
    return Role.venue_id == venue.id, Role.name.in_(OPENS), is_running


def _seen(
    venue: Venue, which: ColumnElement[bool], today: date, *more: ColumnElement[bool]
) -> list[HolderHere]:
    people = db.session.scalars(
        select(Person)
        .where(which, *more, Person.left_at.is_(None))
        .options(*ALONE)
        .order_by(Person.name, Person.id)
    ).all()
    ids = [each.id for each in people]
    trainings = {each.person_id: each for each in _trainings(venue, ids)}
    roles: dict[int, list[RoleName]] = defaultdict(list)
    for role in db.session.scalars(
        select(Role).where(Role.person_id.in_(ids), *_opens(venue, today)).order_by(Role.id)
    ):
        roles[role.person_id].append(role.name)
    keys: dict[int, list[KeyIssue]] = defaultdict(list)
    for issue in issues_in(venue):
        if issue.person_id is not None:
            keys[issue.person_id].append(issue)
    wishes = db.session.scalars(select(RosterWish).where(RosterWish.person_id.in_(ids)))
    most = {wish.person_id: wish.most_a_week for wish in wishes}
    said = set(
        db.session.scalars(select(WeeklyTime.person_id).where(WeeklyTime.person_id.in_(ids)))
    )
    entrance = exists().where(Lock.venue_id == venue.id, Lock.is_entrance.is_(True))
    needs_key = bool(db.session.scalar(select(entrance)))
    return [
        HolderHere(
            venue,
            person,
            trainings.get(person.id),
            roles[person.id],
            keys[person.id],
            most.get(person.id, USUAL_MOST_A_WEEK),
            person.id in said,
            needs_key,
            today,
        )
        for person in people
    ]


def _trainings(venue: Venue, ids: list[int]) -> Sequence[Training]:
    asked = select(Training).where(Training.venue_id == venue.id, Training.person_id.in_(ids))
    with_people = asked.options(
        joinedload(Training.mentor).options(*ALONE), joinedload(Training.trained_by).options(*ALONE)
    )
    return db.session.scalars(with_people).all()
