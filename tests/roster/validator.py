"""Reads a proposal beside the plain facts of a town and says which hard rule it breaks.

It was written from the rules in prose and knows neither the solver nor the rules in code:

- Whoever has a shift has a role in that house on that day, was trained there before, did not stop, and
  holds a key to it unless the house writes down no lock; a host needs no key. A learner has no shift.
- They gave the whole of that time, and are not away. A word about few days goes before one about
  more; being away goes before being there at other times.
- They have no more shifts in a week, from Monday, than they want.
- Nobody does two things at one time. Of one session one may open, host and close.
- Between two houses they can travel; after closing late they rest.
- A learner comes along only with their mentor, and does nothing else meanwhile.
- Nothing that was promised moves, and each place has one person.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from buurthuis.roster.proposing.model import Proposal
from tests.roster.proposing_towns import AMSTERDAM, Neighbour, Town, Work

USUALLY_AWAY = 30
USUAL_REST = (600, 1320)


def broken(town: Town, proposal: Proposal) -> list[str]:
    """Each hard rule that a proposal breaks, in words."""
    people = {person.id: person for person in town.people}
    work = {each.id: each for each in town.work}
    found = [f"{shift} is not to be had" for shift in proposal.holders if shift not in work]
    holders = dict(proposal.holders)
    for person in town.people:
        holders |= {each.id: person.id for each in person.promises if each.part == "holder"}
    has: dict[int, list[Work]] = {id_: [] for id_ in people}
    for shift, holder in proposal.holders.items():
        found += [
            f"{holder} on {shift}: {why}" for why in _unfit(town, people[holder], work[shift])
        ]
        has[holder].append(work[shift])
    known = work | {each.id: each for person in town.people for each in person.promises}
    comes: dict[int, list[Work]] = {id_: [] for id_ in people}
    for shift, learners in proposal.learning.items():
        for learner in learners:
            found += _unmentored(people[learner], known[shift], holders)
            comes[learner].append(known[shift])
    for person in town.people:
        found += _too_much(town, person, has[person.id], comes[person.id])
    return found


def _unfit(town: Town, person: Neighbour, work: Work) -> Iterator[str]:
    day = work.start.astimezone(AMSTERDAM).date()
    house = work.house
    if house not in person.roles or (person.roles[house] or date.max) < day:
        yield "no role"
    if person.trained.get(house, date.max) > day or house in person.mentors:
        yield "not trained"
    if person.stopped.get(house, date.max) <= day:
        yield "stopped"
    if house not in person.keys and house not in town.no_locks and work.kind != "host":
        yield "no key"
    yield from _not_then(person, work)


def _unmentored(person: Neighbour, work: Work, holders: Mapping[str, int]) -> Iterator[str]:
    mentor = person.mentors.get(work.house)
    if mentor is None or holders.get(work.id) != mentor:
        yield f"{person.id} learns {work.id} without their mentor"
    yield from (f"{person.id} learns {work.id}: {why}" for why in _not_then(person, work))


def _not_then(person: Neighbour, work: Work) -> Iterator[str]:
    """Look at every five minutes: both ends of these times are whole quarters."""
    moment = work.start
    while moment < work.end:
        if not _is_there(person, moment):
            yield f"cannot at {moment}"
            return
        moment += timedelta(minutes=5)


def _is_there(person: Neighbour, moment: datetime) -> bool:
    shown = moment.astimezone(AMSTERDAM)
    minute = shown.hour * 60 + shown.minute
    today, yesterday = shown.date(), shown.date() - timedelta(days=1)
    return any(begin <= minute < end for begin, end in _times_on(person, today)) or any(
        begin <= minute + 1440 < end for begin, end in _times_on(person, yesterday)
    )


def _times_on(person: Neighbour, day: date) -> list[tuple[int, int]]:
    told = [each for each in person.days if each[0] <= day <= each[1]]
    if not told:
        return [each[1:3] for each in person.weekly if each[0] == day.weekday()]
    shortest = min(last - first for first, last, _ in told)
    spans = [span for first, last, span in told if last - first == shortest]
    return [] if None in spans else [span for span in spans if span]


def _too_much(town: Town, person: Neighbour, has: list[Work], comes: list[Work]) -> Iterator[str]:
    weeks = Counter(_monday(each) for each in has)
    own = Counter(_monday(each) for each in person.promises if each.part == "holder")
    for week, shifts in weeks.items():
        if shifts + own[week] > person.most:
            yield f"{person.id} has {shifts + own[week]} shifts in the week of {week}"
    new = [(each, True) for each in has] + [(each, False) for each in comes]
    old = [(each, each.part == "holder") for each in person.promises]
    for place, (one, does) in enumerate(new):
        for other, other_does in new[place + 1 :] + old:
            if _are_apart(town, one, other, does, other_does):
                continue
            yield f"{person.id} can not do {one.id} and {other.id}"


def _are_apart(town: Town, one: Work, other: Work, does: bool, other_does: bool) -> bool:
    if one.session == other.session:
        return (one.kind, one.watch) != (other.kind, other.watch)
    if other.start < one.start:
        one, other, does = other, one, other_does
    needed = 0
    if one.house != other.house:
        needed = town.travel.get(tuple(sorted((one.house, other.house))), USUALLY_AWAY)
    if does and one.kind == "close" and _closed_late(town, one):
        needed = max(needed, town.rest.get(one.house, USUAL_REST)[0])
    return other.start >= one.end + timedelta(minutes=needed)


def _closed_late(town: Town, work: Work) -> bool:
    shown = work.end.astimezone(AMSTERDAM)
    minute = shown.hour * 60 + shown.minute
    if shown.hour < 6:
        minute += 1440
    return minute >= town.rest.get(work.house, USUAL_REST)[1]


def _monday(work: Work) -> date:
    day = work.start.astimezone(AMSTERDAM).date()
    return day - timedelta(days=day.weekday())
