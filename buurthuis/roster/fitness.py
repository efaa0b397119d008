"""What decides who may do which shift, for everybody of some houses, in a constant number of questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import or_, select

from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.accounts.queries import ALONE
from buurthuis.foundation.db import db
from buurthuis.roster.holders.models import OtherDays, RosterWish, Training, WeeklyTime
from buurthuis.roster.keys.models import KeyIssue, Lock, PhysicalKey
from buurthuis.roster.models import STANDING, Duty, DutyStatus, RosterRules, Travel
from buurthuis.rules.calendar import day_of
from buurthuis.rules.eligibility import (
    USUAL_MOST_A_WEEK,
    Fitness,
    InHouse,
    Neighbourhood,
    Rest,
    Task,
)
from buurthuis.rules.offered_times import Offered, Otherwise, Times
from buurthuis.rules.periods import Period

OPENS: Final = (RoleName.KEY_HOLDER, RoleName.HOST, RoleName.COORDINATOR)
"""Whoever has one of these roles in a house may have shifts there."""

AROUND: Final = timedelta(days=8)
"""So far around a span, promises still count: the rest of the week, and a night's rest."""


class ShiftSeen(Protocol):
    """A shift as the roster shows it, as far as it matters here."""

    @property
    def venue(self) -> Any:
        """Its house."""

    @property
    def session(self) -> Any:
        """Its session, with a key."""

    @property
    def kind(self) -> Any:
        """What there is to do."""

    @property
    def watch(self) -> int:
        """Which stretch of the session."""

    @property
    def period(self) -> Period:
        """As derived now."""

    @property
    def holder(self) -> Duty | None:
        """Who promised it."""


def fitness_of(
    venue_ids: Collection[int], between: Period, *, people: Collection[int] | None = None
) -> list[Fitness]:
    """Everybody who has a role or knows the way in one of these houses, by name; or some of them.

    Their promises are those around the span, in whichever house.
    """
    found = _people(venue_ids, people)
    ids = [each.id for each in found]
    if not ids:
        return []
    facts = _Facts(ids, list(venue_ids), between)
    return [facts.fitness(each) for each in found]


def fitness_of_person(person_id: int, venue_ids: Collection[int], between: Period) -> Fitness:
    """One person, who may be a stranger in all of these houses."""
    found = fitness_of(venue_ids, between, people=[person_id])
    return found[0] if found else Fitness(person_id)


def task_of(shift: ShiftSeen, part: str = "holder") -> Task:
    """A shift of the roster as it stands before somebody who would do this part of it."""
    holder = shift.holder
    return Task(
        venue=getattr(shift.venue, "id", shift.venue),
        session=shift.session.key,
        kind=shift.kind,
        period=shift.period,
        watch=shift.watch,
        part=part,
        with_people=frozenset() if holder is None else frozenset({holder.person_id}),
    )


def task_of_duty(duty: Duty) -> Task:
    """A promise as it was told."""
    return Task(
        venue=duty.venue_id,
        session=duty.session_id,
        kind=duty.kind,
        period=Period(duty.starts_at, duty.ends_at),
        watch=duty.watch,
        part=duty.part,
        duty=duty.id,
    )


def neighbourhood() -> Neighbourhood:
    """Travel and rest, between and in all houses."""
    travel = {(row.one_id, row.other_id): row.minutes for row in db.session.scalars(select(Travel))}
    rules = db.session.scalars(select(RosterRules))
    rest = {row.venue_id: Rest(row.rest_minutes, row.late_minute) for row in rules}
    return Neighbourhood(travel, rest)


def _people(venue_ids: Collection[int], people: Collection[int] | None) -> list[Person]:
    has_role = select(Role.person_id).where(Role.venue_id.in_(venue_ids), Role.name.in_(OPENS))
    knows = select(Training.person_id).where(Training.venue_id.in_(venue_ids))
    asked = select(Person).where(
        or_(Person.id.in_(has_role), Person.id.in_(knows)), Person.left_at.is_(None)
    )
    if people is not None:
        asked = asked.where(Person.id.in_(people))
    return list(db.session.scalars(asked.options(*ALONE).order_by(Person.name, Person.id)))


class _Facts:
    """All rows about some people in some houses, each table asked once."""

    def __init__(self, ids: list[int], venues: list[int], between: Period) -> None:
        self.venues = venues
        self.roles = _by_person(
            select(Role).where(
                Role.person_id.in_(ids), Role.venue_id.in_(venues), Role.name.in_(OPENS)
            )
        )
        self.trainings = _by_person(
            select(Training).where(Training.person_id.in_(ids), Training.venue_id.in_(venues))
        )
        self.entrances = _houses_with_entrance(venues)
        self.keys = _entrance_keys(ids, venues)
        wishes = db.session.scalars(select(RosterWish).where(RosterWish.person_id.in_(ids)))
        self.wishes = {each.person_id: each for each in wishes}
        self.weekly = _by_person(select(WeeklyTime).where(WeeklyTime.person_id.in_(ids)))
        self.others = _by_person(
            select(OtherDays).where(
                OtherDays.person_id.in_(ids),
                OtherDays.to_on >= day_of(between.start) - timedelta(days=1),
                OtherDays.from_on <= day_of(between.end),
            )
        )
        self.duties = _by_person(
            select(Duty)
            .where(
                Duty.person_id.in_(ids),
                Duty.status.in_(STANDING),
                Duty.ends_at > between.start - AROUND,
                Duty.starts_at < between.end + AROUND,
            )
            .order_by(Duty.starts_at, Duty.id)
        )
        self.around = neighbourhood()

    def fitness(self, person: Person) -> Fitness:
        wish, duties = self.wishes.get(person.id), self.duties.get(person.id, [])
        return Fitness(
            person=person.id,
            name=person.name,
            houses={venue: self._in_house(person.id, venue) for venue in self.venues},
            offered=_offered(self.weekly.get(person.id, []), self.others.get(person.id, [])),
            most_a_week=USUAL_MOST_A_WEEK if wish is None else wish.most_a_week,
            likes_to_open=wish is not None and wish.likes_to_open,
            likes_to_close=wish is not None and wish.likes_to_close,
            promised=tuple(task_of_duty(each) for each in duties if not is_untold(each)),
            proposed=tuple(task_of_duty(each) for each in duties if is_untold(each)),
            around=self.around,
        )

    def _in_house(self, person_id: int, venue: int) -> InHouse:
        roles = [each for each in self.roles.get(person_id, []) if each.venue_id == venue]
        trained: list[Training] = [
            each for each in self.trainings.get(person_id, []) if each.venue_id == venue
        ]
        knows = trained[0] if trained else Training(is_learner=False)
        return InHouse(
            has_role=bool(roles),
            role_until=_last_day(roles),
            trained_on=knows.trained_on,
            is_learner=knows.is_learner,
            mentor=knows.mentor_id,
            stopped_on=knows.stopped_on,
            has_key=(person_id, venue) in self.keys,
            needs_key=venue in self.entrances,
        )


def is_untold(duty: Duty) -> bool:
    """A proposal of which nobody has been told."""
    return duty.status == DutyStatus.PROPOSED and duty.published_at is None


def _by_person(asked: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(asked):
        found[row.person_id].append(row)
    return found


def _last_day(roles: Iterable[Role]) -> date | None:
    """Until when somebody has one of these roles; None without end."""
    days = [role.until_on for role in roles]
    return None if None in days else max((day for day in days if day), default=None)


def _houses_with_entrance(venues: Collection[int]) -> set[int]:
    asked = select(Lock.venue_id).where(Lock.venue_id.in_(venues), Lock.is_entrance.is_(True))
    return set(db.session.scalars(asked.distinct()))


def _entrance_keys(ids: Collection[int], venues: Collection[int]) -> set[tuple[int, int]]:
    """Who holds a key to an entrance of which house at this moment."""
    asked = (
        select(KeyIssue.person_id, Lock.venue_id)
        .join(PhysicalKey, PhysicalKey.id == KeyIssue.key_id)
        .join(Lock, Lock.id == PhysicalKey.lock_id)
        .where(
            KeyIssue.person_id.in_(ids),
            KeyIssue.returned_at.is_(None),
            KeyIssue.lost_at.is_(None),
            Lock.venue_id.in_(venues),
            Lock.is_entrance.is_(True),
        )
    )
    return {(person, venue) for person, venue in db.session.execute(asked) if person is not None}


def _offered(weekly: Iterable[WeeklyTime], others: Iterable[OtherDays]) -> Offered:
    return Offered(
        tuple(
            Times(each.weekday, each.starts_minute, each.ends_minute, each.is_liked)
            for each in weekly
        ),
        tuple(Otherwise(each.from_on, each.to_on, _span(each)) for each in others),
    )


def _span(days: OtherDays) -> tuple[int, int] | None:
    if days.starts_minute is None or days.ends_minute is None:
        return None
    return days.starts_minute, days.ends_minute
