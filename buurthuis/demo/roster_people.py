"""The key-holders of the demo: made-up people who know a house, hold its keys, and say when they can."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from buurthuis.accounts.models import Person, Role, RoleName
from buurthuis.accounts.queries import person_with_address
from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import Model, db
from buurthuis.imports.demo_people import HOME, KEY_HOLDER
from buurthuis.roster.holders.models import OtherDays, RosterWish, Training, WeeklyTime
from buurthuis.roster.keys.models import KeyIssue, KeyState, Lock, PhysicalKey
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues

NAMES: Final = (
    *("Aïsha", "Bart", "Carla", "Dewi", "Erik", "Fatima", "Gerrit", "Hanna", "Ilyas", "Joke"),
    *("Karim", "Lidia", "Mo", "Nel", "Omar", "Petra", "Quinten", "Rachida", "Sjaak", "Tanja"),
    *("Usha", "Vera", "Wim", "Xandra", "Yusuf", "Zeynep", "Ahmed", "Bep", "Cemal", "Dora"),
)
SURNAME: Final = "Voorbeeld"
"""Nobody is called so: a glance tells that they are made up."""

FEWEST, MOST = 6, 12
WEEKS: Final = (
    ((0, 17, 23), (2, 17, 23), (4, 17, 24)),
    ((0, 8, 13), (1, 8, 13), (2, 8, 13), (3, 8, 13), (4, 8, 13)),
    ((1, 12, 23), (3, 12, 23), (5, 9, 18)),
    ((5, 8, 24), (6, 9, 22)),
    ((0, 8, 23), (1, 8, 23), (2, 8, 23), (3, 8, 23), (4, 8, 23)),
)
"""Weeks that people offer: weekday, from and until which hour."""

Rows = Iterator[Model]


@action
def bring_key_holders(*, seed: int) -> int:
    """Give each demo house without key-holders its own, with keys and times; says how many came."""
    today, came = day_of(clock.now()), 0
    served = set(db.session.scalars(select(Training.venue_id)))
    for number, venue in enumerate(all_venues()):
        manager = person_with_address(f"beheer@{venue.slug}.example")
        if manager is None or venue.id in served:
            continue
        chance = Random(f"{seed} {venue.slug}")  # noqa: S311 - believable, not secret
        people = _people(venue, number, chance)
        rows = [*_holders(venue, people, manager, today, chance)]
        rows += _keys(venue, people, manager)
        db.session.add_all(rows)
        db.session.flush()
        came += len(people)
    return came


def houses_of_demo() -> Iterator[tuple[Venue, Person]]:
    """The houses that came with the demo, each with who manages it."""
    for venue in all_venues():
        manager = person_with_address(f"beheer@{venue.slug}.example")
        if manager is not None:
            yield venue, manager


def address_of(number: int) -> str:
    """An address that does not exist."""
    return f"sleuteldrager{number}@demo.example"


def _people(venue: Venue, house: int, chance: Random) -> list[Person]:
    """Who opens this house; the second one has no e-mail, and Amina opens where she is at home."""
    count, first = chance.randint(FEWEST, MOST), house * MOST
    people = []
    for place in range(count):
        number = first + place
        name = f"{NAMES[number % len(NAMES)]} {SURNAME}"
        if number >= len(NAMES):
            name = f"{name} {1 + number // len(NAMES)}"
        email = None if place == 1 else address_of(number + 1)
        known = person_with_address(email) if email else None
        people.append(known or _new(name, email, number))
    amina = person_with_address(KEY_HOLDER) if venue.slug == HOME else None
    db.session.add_all(people)
    db.session.flush()
    return people if amina is None else [amina, *people]


def _new(name: str, email: str | None, number: int) -> Person:
    phone = f"020-555 {1000 + number}" if email is None else ""
    return Person(name=name, email=email, phone=phone, language="nl", created_at=clock.now())


def _holders(
    venue: Venue, people: list[Person], manager: Person, today: date, chance: Random
) -> Rows:
    """Roles, training and times: the first plans as well, the last learns with the first."""
    mentor, learner = people[0], people[-1]
    for place, person in enumerate(people):
        if person.email != KEY_HOLDER:
            yield Role(person_id=person.id, venue_id=venue.id, name=RoleName.KEY_HOLDER)
        if place == 2:
            yield Role(person_id=person.id, venue_id=venue.id, name=RoleName.COORDINATOR)
        if person is learner:
            yield Training(
                person_id=person.id, venue_id=venue.id, is_learner=True, mentor_id=mentor.id
            )
        else:
            yield Training(
                person_id=person.id,
                venue_id=venue.id,
                trained_on=today - timedelta(days=chance.randint(20, 900)),
                trained_by_id=manager.id if place == 0 else mentor.id,
            )
        yield from _times(person, place, today, chance)


def _times(person: Person, place: int, today: date, chance: Random) -> Rows:
    yield RosterWish(
        person_id=person.id,
        most_a_week=chance.choice((1, 2, 2, 3, 4)),
        likes_to_open=chance.random() < 0.3,
        likes_to_close=chance.random() < 0.3,
        changed_at=clock.now(),
    )
    for weekday, starts, ends in WEEKS[place % len(WEEKS)]:
        yield WeeklyTime(
            person_id=person.id,
            weekday=weekday,
            starts_minute=starts * 60,
            ends_minute=ends * 60,
            is_liked=chance.random() < 0.4,
        )
    if chance.random() < 0.25:
        first = today + timedelta(days=chance.randint(3, 50))
        last = first + timedelta(days=chance.randint(2, 13))
        yield OtherDays(person_id=person.id, from_on=first, to_on=last, note="Vakantie")


def _keys(venue: Venue, people: list[Person], manager: Person) -> Rows:
    """A front door of which everybody who is trained has a key, and an office of which one has."""
    now = clock.now()
    most = len(people) + 1
    outside = {"name": "Voordeur", "opens": "De hal en alle zalen", "most_issued": most}
    door = Lock(venue_id=venue.id, is_entrance=True, **outside)
    inside = {"name": "Kantoor", "opens": "Het kantoor", "most_issued": 2}
    office = Lock(venue_id=venue.id, is_entrance=False, **inside)
    yield from (door, office)
    trained = people[:-1]
    for lock, holders, count in ((door, trained, len(people) + 3), (office, people[2:3], 3)):
        for number in range(1, count + 1):
            holder = holders[number - 1] if number <= len(holders) else None
            yield from _key(lock, number, holder, manager, now)


def _key(lock: Lock, number: int, holder: Person | None, manager: Person, now: datetime) -> Rows:
    state = KeyState.IN_HOUSE if holder is None else KeyState.ISSUED
    key = PhysicalKey(lock=lock, number=str(number), state=state, made_at=now)
    yield key
    if holder is not None:
        yield KeyIssue(
            key=key,
            person_id=holder.id,
            issued_at=now - timedelta(days=10 * number),
            issued_by_id=manager.id,
            signed_name=holder.name,
            deposit_cents=2500 if number % 2 else 0,
            due_on=None if lock.is_entrance else day_of(now) - timedelta(days=4),
        )
