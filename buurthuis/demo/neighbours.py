"""Who books in the demo: the made-up groups in the books, with one who speaks for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import insert, select

from buurthuis.accounts.models import Initiative, Membership, Person, Role, RoleName
from buurthuis.demo.groups import Group, groups
from buurthuis.demo.lifetimes import ALWAYS, Lifetime, known_since, lifetime
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import SPEAKER, STRANGER
from buurthuis.rules.calendar import day_of
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.rules.standing import Recognition as Standing
from buurthuis.tariffs.models import Recognition
from buurthuis.venues.models import Venue

DISCOUNTED = (Kind.RESIDENT_INITIATIVE, Kind.COMMUNITY_ORGANISATION, Kind.SOCIAL_ENTERPRISE)
REASON = "Verzonnen besluit voor de voorbeeldgegevens."
SIGNED_IN = {
    SPEAKER: (Purpose.WORK, 18, "Repair Café", True),
    STRANGER: (Purpose.MEETING, 8, "Kijkavond meubels", False),
}
"""What the people do as whom one signs in to the demo."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An initiative that books, who speaks for it, and what was recognised of it."""

    initiative: Initiative
    speaker: Person
    group: Group
    recognised: tuple[Standing, ...]
    comes: Lifetime = ALWAYS


def address_of(number: int) -> str:
    """An address that does not exist."""
    return f"vrijwilliger{number}@demo.example"


@action
def bring_in(count: int, *, first: datetime, today: date, seed: int) -> None:
    """Put the first so many groups in the books that are not there yet, and recognise part of them."""
    known = set(db.session.scalars(select(Person.email)))
    managers = managers_of(db.session.scalars(select(Venue.id).order_by(Venue.id)))
    recognitions: list[dict[str, object]] = []
    for number, group in enumerate(groups(count), start=1):
        if address_of(number) in known:
            continue
        since = known_since(number, first, today, seed=seed)
        initiative = Initiative(name=group.name, kind=group.kind, created_at=since)
        person = Person(
            name=f"Vrijwilliger {number}", email=address_of(number), created_at=since, language="nl"
        )
        db.session.add_all([initiative, person])
        db.session.flush()
        db.session.add(Membership(person_id=person.id, initiative_id=initiative.id, since_at=since))
        chance = Random(f"{seed} {number}")  # noqa: S311 - believable, not secret
        recognitions.extend(_recognitions(initiative, managers, since, chance))
    db.session.flush()
    if recognitions:
        db.session.execute(insert(Recognition), recognitions)


def _recognitions(
    initiative: Initiative, managers: dict[int, int | None], since: datetime, chance: Random
) -> Iterable[dict[str, object]]:
    """Some are recognised everywhere, some in a house or three, some nowhere."""
    luck = chance.random()
    if initiative.kind not in DISCOUNTED or luck < 0.3:
        return
    houses = chance.sample(sorted(managers), min(len(managers), chance.randint(1, 3)))
    for venue_id in [None] if luck > 0.75 else houses:
        yield {
            "initiative_id": initiative.id,
            "venue_id": venue_id,
            "kind": initiative.kind,
            "valid_from": day_of(since),
            "decided_by_id": None if venue_id is None else managers[venue_id],
            "decided_at": since,
            "reason": REASON,
        }


def managers_of(venue_ids: Iterable[int]) -> dict[int, int | None]:
    """Who answers for each house, or None where nobody does."""
    roles = db.session.execute(
        select(Role.venue_id, Role.person_id)
        .where(Role.name == RoleName.MANAGER, Role.until_on.is_(None))
        .order_by(Role.id.desc())
    )
    first: dict[int | None, int] = dict(roles.all())
    return {venue_id: first.get(venue_id) for venue_id in venue_ids}


def neighbours(count: int, *, seed: int) -> list[Neighbour]:
    """The groups of the demo as they stand in the books, those of the signed-in people first."""
    numbers = {address_of(number): number for number in range(1, count + 1)}
    described = dict(zip(numbers, groups(count), strict=True))
    rows = db.session.execute(
        select(Initiative, Person)
        .join(Membership, Membership.initiative_id == Initiative.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.email.in_([*SIGNED_IN, *described]))
        .order_by(Initiative.id)
    ).all()
    recognised = _recognised({initiative.id for initiative, _ in rows})
    found = [
        Neighbour(
            initiative,
            speaker,
            described.get(speaker.email or "") or _group_of(initiative, speaker),
            tuple(recognised.get(initiative.id, ())),
            _comes(initiative, numbers.get(speaker.email or ""), seed),
        )
        for initiative, speaker in rows
    ]
    return sorted(found, key=lambda each: each.speaker.email not in SIGNED_IN)


def _comes(initiative: Initiative, number: int | None, seed: int) -> Lifetime:
    """Those as whom one signs in come all the time."""
    if number is None:
        return ALWAYS
    return lifetime(number, day_of(initiative.created_at), seed=seed)


def _group_of(initiative: Initiative, speaker: Person) -> Group:
    purpose, people, title, is_public = SIGNED_IN[speaker.email or ""]
    return Group(initiative.name, initiative.kind, purpose, people, title, is_public)


def _recognised(initiative_ids: Sequence[int] | set[int]) -> dict[int, list[Standing]]:
    rows = db.session.scalars(
        select(Recognition)
        .where(Recognition.initiative_id.in_(initiative_ids))
        .order_by(Recognition.decided_at, Recognition.id)
    )
    found: dict[int, list[Standing]] = {}
    for row in rows:
        standing = Standing(row.kind, row.venue_id, row.valid_from, row.valid_to)
        found.setdefault(row.initiative_id, []).append(standing)
    return found
