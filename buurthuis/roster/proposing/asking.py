"""From people and their promises, as the house rules know them, to what a proposal is asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from buurthuis.roster.proposing.model import Instance, Shift, Taker
from buurthuis.rules.eligibility import (
    HOLDING,
    LEARNING,
    Fitness,
    Neighbourhood,
    Task,
    hard,
    hindrances,
    monday_of,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place of a shift for which somebody is wanted."""

    id: str
    task: Task
    place: int = 0


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody did in the last weeks, and for how many of these they could be asked."""

    done: int = 0
    weeks: int = 0


NEW_HERE = Before()


@dataclass(frozen=True, slots=True)
class Asked:
    """For which shifts people are wanted, and who is there to be asked.

    `held` are the shifts of these houses that somebody promised, by the promise; learners come
    along on those too. `standing` says who holds a wanted shift that may move: such promises bind
    nobody. All promises in `people` that are not for a wanted shift bind.
    """

    wanted: Sequence[Wanted]
    people: Sequence[Fitness]
    weeks: Sequence[date]
    around: Neighbourhood = field(default_factory=Neighbourhood)
    held: Mapping[int, str] = field(default_factory=dict)
    before: Mapping[int, Before] = field(default_factory=dict)
    standing: Mapping[str, int] = field(default_factory=dict)
    seed: int = 0


def instance_of(asked: Asked) -> Instance:
    """What a proposal is asked: who can take what, and for each shift why others cannot."""
    hindered: dict[str, Counter[str]] = defaultdict(Counter)
    takers = tuple(_taker(asked, person, hindered) for person in asked.people)
    return Instance(
        shifts=tuple(_shift(each.id, each.task, asked.around, each.place) for each in asked.wanted),
        people=takers,
        travel=asked.around.travel,
        standing=asked.standing,
        hindered=hindered,
        seed=asked.seed,
    )


def binding(asked: Asked, person: Fitness) -> list[Task]:
    """What somebody promised and keeps, whatever is proposed."""
    wanted = {_which(each.task) for each in asked.wanted}
    moves = {each.id: _which(each.task) for each in asked.wanted if each.id in asked.standing}
    free = {moves[id_] for id_, holder in asked.standing.items() if holder == person.person}
    return [
        each
        for each in (*person.promised, *person.proposed)
        if not (_which(each) in free & wanted and each.part == HOLDING)
    ]


def _taker(asked: Asked, person: Fitness, hindered: Mapping[str, Counter[str]]) -> Taker:
    theirs = binding(asked, person)
    may = {}
    for each in asked.wanted:
        found = hindrances(person, each.task, theirs)
        if _has(asked, each.id, person):
            found = hard(found)  # They agreed on it, though it did not suit them.
        hindered[each.id].update(str(hindrance) for hindrance in found[:1])
        if not found:
            may[each.id] = each.task
    held = Counter(monday_of(each.period) for each in theirs if each.part == HOLDING)
    had = Counter(monday_of(task.period) for id_, task in may.items() if _has(asked, id_, person))
    fixed = (_shift(asked.held.get(each.duty or 0, ""), each, asked.around) for each in theirs)
    before = asked.before.get(person.person, NEW_HERE)
    return Taker(
        id=person.person,
        may=frozenset(may),
        gladly=frozenset(_gladly(person, may)),
        most_a_week=person.most_a_week,
        likes_to_open=person.likes_to_open,
        likes_to_close=person.likes_to_close,
        offered=_offered(asked, person, may.values(), held) + before.weeks * person.most_a_week,
        done=before.done + sum(held[week] for week in asked.weeks),
        fixed=tuple(fixed),
        # Whoever has more than they want may keep it all.
        held={week: min(held[week], person.most_a_week - had[week]) for week in {*held, *had}},
        learns=_mentors(person),
        may_join=frozenset(_joined(asked, person, theirs)),
    )


def _gladly(person: Fitness, may: Mapping[str, Task]) -> Iterator[str]:
    return (id_ for id_, task in may.items() if person.offered.comes_gladly(task.period))


def _offered(asked: Asked, person: Fitness, may: Iterable[Task], held: Mapping[date, int]) -> int:
    """How many shifts they offer in these weeks: what they can, at most what they want."""
    can = Counter(monday_of(task.period) for task in may)
    return sum(min(person.most_a_week, can[week] + held.get(week, 0)) for week in asked.weeks)


def _has(asked: Asked, shift: str, person: Fitness) -> bool:
    return asked.standing.get(shift) == person.person


def _mentors(person: Fitness) -> dict[int, int]:
    return {
        venue: house.mentor
        for venue, house in person.houses.items()
        if house.is_learner and house.mentor is not None
    }


def _joined(asked: Asked, person: Fitness, theirs: Sequence[Task]) -> Iterator[str]:
    """The shifts along with which they could learn, if their mentor has them."""
    mentors = _mentors(person)
    if not mentors:
        return
    wanted = {each.id: each.task for each in asked.wanted}
    for other in asked.people:
        for task in other.promised:
            if task.part == HOLDING and (task.duty or 0) in asked.held:
                wanted[asked.held[task.duty or 0]] = task
    for id_, task in wanted.items():
        mentor = mentors.get(task.venue)
        if mentor is not None:
            learning = replace(task, part=LEARNING, with_people=frozenset({mentor}))
            if not hindrances(person, learning, theirs):
                yield id_


def _shift(id_: str, task: Task, around: Neighbourhood, place: int = 0) -> Shift:
    return Shift(
        id=id_,
        house=task.venue,
        session=task.session,
        kind=str(task.kind),
        period=task.period,
        week=monday_of(task.period),
        watch=task.watch,
        place=place,
        rest_minutes=around.rest_after(task),
    )


def _which(task: Task) -> tuple[int, str, int]:
    return (task.session, str(task.kind), task.watch)
