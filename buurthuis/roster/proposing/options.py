"""What each person could do, by number, and which of it excludes what else."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from buurthuis.roster.proposing.model import CLOSE, OPEN, Instance, Shift, Taker

Which = tuple[int, str, int]
Pair = tuple[int, int]


class Options:
    """The people and the shifts of an instance by number, and who can do what.

    The places of one shift are alike, so they go under one number, with so many seats.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.people: Sequence[Taker] = sorted(instance.people, key=lambda person: person.id)
        seats: dict[Which, list[Shift]] = defaultdict(list)
        for shift in instance.shifts:
            seats[shift.which].append(shift)
        ordered = sorted(seats.values(), key=lambda places: (places[0].period, places[0].which))
        self.seats = [sorted(places, key=lambda shift: shift.place) for places in ordered]
        self.shifts = [places[0] for places in self.seats]
        self.number = {shift.id: n for n, places in enumerate(self.seats) for shift in places}
        self._starts = [shift.period.start for shift in self.shifts]
        self._reach = _reach(instance)
        self.can = [self._can(person) for person in self.people]
        self.who_can = self._who_can()

    def room_in(self, person: int, shift: int) -> int:
        """How many shifts somebody still wants in the week of a shift."""
        taker, week = self.people[person], self.shifts[shift].week
        return taker.most_a_week - taker.held.get(week, 0)

    def clashes(self, shift: int, among: Sequence[int]) -> list[int]:
        """Which later shifts of an ordered list nobody can do beside this one."""
        one = self.shifts[shift]
        until = one.period.end + self._reach
        found = []
        for other in among[bisect_left(among, shift) :]:
            if self._starts[other] >= until:
                break
            if other != shift and self.instance.clash(one, self.shifts[other]):
                found.append(other)
        return found

    def exclusions(self, person: int) -> Iterator[list[int]]:
        """Sets of shifts of which somebody can do one at most; together they hold every clash."""
        can, told = self.can[person], set[Pair]()
        later = {shift: self.clashes(shift, can) for shift in can}
        for shift in can:
            while left := [other for other in later[shift] if (shift, other) not in told]:
                together = [shift]
                for other in (left[0], *later[shift]):
                    if other not in together and all(_excluded(later, other, m) for m in together):
                        together.append(other)
                together.sort()
                told.update((a, b) for a in together for b in together if a < b)
                yield together

    def both_ends(self, person: int) -> Iterator[Pair]:
        """The sessions that somebody could both open and close, as the numbers of these shifts."""
        ends: dict[int, dict[str, int]] = defaultdict(dict)
        for shift in self.can[person]:
            kind = self.shifts[shift].kind
            if kind in (OPEN, CLOSE):
                ends[self.shifts[shift].session][kind] = shift
        for found in ends.values():
            if len(found) == 2 and self._fits_twice(person, found[OPEN], found[CLOSE]):
                yield found[OPEN], found[CLOSE]

    def _fits_twice(self, person: int, one: int, other: int) -> bool:
        same_week = self.shifts[one].week == self.shifts[other].week
        return not same_week or self.room_in(person, one) > 1

    def _can(self, person: Taker) -> list[int]:
        """The shifts somebody can take beside what they promised, in order of time."""
        return [
            number
            for number in sorted({self.number[each] for each in person.may if each in self.number})
            if person.most_a_week > person.held.get(self.shifts[number].week, 0)
            and not any(self.instance.clash(self.shifts[number], each) for each in person.fixed)
        ]

    def _who_can(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.shifts]
        for person, can in enumerate(self.can):
            for shift in can:
                found[shift].append(person)
        return found


def _reach(instance: Instance) -> timedelta:
    """How long after its end a shift may still exclude another."""
    rest = max((shift.rest_minutes for shift in instance.shifts), default=0)
    houses = sorted({shift.house for shift in instance.shifts})
    travel = (instance.travel_minutes(a, b) for a in houses for b in houses if a < b)
    return timedelta(minutes=max(rest, *travel, 0))


def _excluded(later: dict[int, list[int]], one: int, other: int) -> bool:
    return max(one, other) in later[min(one, other)]
