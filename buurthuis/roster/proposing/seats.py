"""Who does what as columns of a program: what is never allowed, and the answer so far."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from buurthuis.roster.proposing.options import Options
from buurthuis.roster.proposing.program import Column, Program


class Seats:
    """A program with a column for each person on each shift they can do, and for each open seat."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.program = Program(seed=options.instance.seed)
        self.does: dict[tuple[int, int], Column] = {
            (person, shift): self.program.column()
            for person, can in enumerate(options.can)
            for shift in can
        }
        self.open = [[self.program.column() for _ in seats] for seats in options.seats]
        self.values = [0.0] * len(self.does) + [1.0] * sum(map(len, self.open))
        self.steps: dict[int, list[Column]] = {}
        """For each person one column for every shift they may come to have, in their order."""
        self._fill()
        self._exclude()

    def holders(self) -> dict[int, list[int]]:
        """Who does each shift, by number, as far as is known."""
        found: dict[int, list[int]] = {shift: [] for shift in range(len(self.options.shifts))}
        for (person, shift), column in self.does.items():
            if self.values[column] > 0.5:
                found[shift].append(person)
        return found

    def count(self, person: int) -> int:
        """How many shifts somebody has so far."""
        return sum(self.has(person, shift) for shift in self.options.can[person])

    def most(self, person: int) -> int:
        """How many shifts somebody can still come to have."""
        return sum(self.program.is_open(column) for column in self.steps[person])

    def has(self, person: int, shift: int) -> bool:
        """Whether somebody has a shift so far."""
        return self.values[self.does[person, shift]] > 0.5

    def new(self, *, is_yes: bool) -> Column:
        """A new column, and what it is in the answer so far."""
        self.values.append(float(is_yes))
        return self.program.column()

    def by_week(self, shifts: Iterable[int]) -> dict[date, list[int]]:
        """Shifts by the Monday of their week."""
        found: dict[date, list[int]] = defaultdict(list)
        for shift in shifts:
            found[self.options.shifts[shift].week].append(shift)
        return found

    def _fill(self) -> None:
        """Every seat has somebody or stays open."""
        for shift, columns in enumerate(self.open):
            people = (self.does[person, shift] for person in self.options.who_can[shift])
            terms = dict.fromkeys((*people, *columns), 1.0)
            self.program.row(terms, at_least=len(columns), at_most=len(columns))

    def _exclude(self) -> None:
        """Nobody does two things at once, nor more in a week than they want."""
        for person, can in enumerate(self.options.can):
            for together in self.options.exclusions(person):
                terms = dict.fromkeys((self.does[person, shift] for shift in together), 1.0)
                self.program.row(terms, at_most=1)
            for shifts in self.by_week(can).values():
                most = self.options.room_in(person, shifts[0])
                if len(shifts) > most:
                    terms = dict.fromkeys((self.does[person, shift] for shift in shifts), 1.0)
                    self.program.row(terms, at_most=most)
