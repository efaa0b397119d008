"""From an instance to a proposal: what nobody can do, then one wish after the other, then why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from buurthuis.roster.proposing.ends import OTHER_END
from buurthuis.roster.proposing.learning import learners
from buurthuis.roster.proposing.model import (
    Instance,
    Proposal,
    Quality,
    Shift,
    Stage,
    Why,
)
from buurthuis.roster.proposing.options import Options
from buurthuis.roster.proposing.seats import Seats
from buurthuis.roster.proposing.wishes import IN_ORDER, Wish, cover

Placed = Mapping[Shift, int]


def nobody_can(options: Options) -> tuple[str, ...]:
    """The shifts for which nobody is left before anything is chosen, in order of time."""
    return tuple(
        seat.id
        for shift, seats in enumerate(options.seats)
        for seat in seats[len(options.who_can[shift]) :]
    )


def nobody_can_in(instance: Instance) -> tuple[str, ...]:
    """The same, of an instance."""
    return nobody_can(Options(instance))


def propose(instance: Instance) -> Proposal:
    """Who could do the shifts that nobody has, as well as can be.

    The same instance gives the same proposal, on every machine and however busy it is.
    """
    options = Options(instance)
    seats = Seats(options)
    quality = Quality(tuple(_meet_all(seats)))
    placed = _placed(seats)
    holders = {shift.id: person for shift, person in placed.items()}
    standing = instance.standing
    return Proposal(
        holders=holders,
        quality=quality,
        why=_why(options, placed),
        nobody_can=nobody_can(options),
        uncovered=tuple(s.id for places in options.seats for s in places if s.id not in holders),
        learning=learners(instance, placed),
        moved=tuple(shift for shift in standing if holders.get(shift) != standing[shift]),
    )


def why_of(instance: Instance, holders: Mapping[str, int]) -> dict[str, Why]:
    """What speaks for whoever has a shift of a proposal, also after it was changed by hand."""
    people = {person.id for person in instance.people}
    placed = {
        shift: holders[shift.id] for shift in instance.shifts if holders.get(shift.id) in people
    }
    return _why(Options(instance), placed)


def stages_of(instance: Instance, wishes: Sequence[Wish] = IN_ORDER) -> list[Stage]:
    """How well the first wishes can be met, and nothing else."""
    return list(_meet_all(Seats(Options(instance)), wishes))


def _meet_all(seats: Seats, wishes: Sequence[Wish] = IN_ORDER) -> Iterator[Stage]:
    """Meet one wish after the other; where nobody can do anything there is nothing to solve."""
    if not seats.does:
        open_cost = sum(cover(seats).values())
        yield Stage("cover", open_cost, open_cost)
        return
    for name, costs_of in wishes:
        costs = costs_of(seats)
        if costs:
            best = seats.program.cheapest(costs, seats.values)
            seats.values = best.values
            yield Stage(name, best.cost, best.at_least)


def _placed(seats: Seats) -> dict[Shift, int]:
    """Who has which place; whoever had a place before keeps that one."""
    options, placed = seats.options, {}
    standing = options.instance.standing
    for shift, numbers in seats.holders().items():
        people = [options.people[number].id for number in numbers]
        places = list(options.seats[shift])
        for place in [each for each in places if standing.get(each.id) in people]:
            placed[place] = standing[place.id]
            people.remove(placed[place])
            places.remove(place)
        placed |= dict(zip(places, people, strict=False))
    return dict(sorted(placed.items(), key=lambda each: (each[0].period, each[0].id)))


def _why(options: Options, placed: Placed) -> dict[str, Why]:
    """For each shift what spoke for whoever has it."""
    people = {person.id: person for person in options.people}
    ends = {(person, shift.session, shift.kind) for shift, person in placed.items()}
    ends |= {
        (each.id, shift.session, shift.kind) for each in options.people for shift in each.fixed
    }
    has, found = Counter(placed.values()), {}
    for shift, person in placed.items():
        taker = people[person]
        found[shift.id] = Why(
            gladly=shift.id in taker.gladly,
            likes_kind=taker.likes_kind(shift),
            other_end=(person, shift.session, OTHER_END.get(shift.kind)) in ends,
            done=taker.done + has[person],
            offered=taker.offered,
            others=len(options.who_can[options.number[shift.id]]) - 1,
        )
    return found
