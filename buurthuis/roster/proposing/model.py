"""What a proposal is asked, and what it answers: plain values, without a database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from buurthuis.rules.eligibility import USUAL_TRAVEL
from buurthuis.rules.periods import Period

OPEN: Final = "open"
CLOSE: Final = "close"


@dataclass(frozen=True, slots=True)
class Shift:
    """One place of one shift that waits for somebody.

    `week` is the Monday of its week and `rest_minutes` how long whoever did it rests afterwards.
    """

    id: str
    house: int
    session: int
    kind: str
    period: Period
    week: date
    watch: int = 0
    place: int = 0
    rest_minutes: int = 0

    @property
    def which(self) -> tuple[int, str, int]:
        """The shift itself, whichever place of it."""
        return (self.session, self.kind, self.watch)


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who may be asked, as a proposal sees them.

    `may` names the shifts they can take for all that does not depend on other shifts; `gladly`
    those of them in times they like. `fixed` is what they promised already, here or elsewhere:
    nothing moves it; `held` counts by Monday what of it goes off `most_a_week`. `offered` and `done`
    are shifts, those of the last weeks and what they promised for the coming ones included. `learns`
    is for each house the mentor they go with, `may_join` the shifts along with which they could
    learn.
    """

    id: int
    may: frozenset[str]
    gladly: frozenset[str] = frozenset()
    most_a_week: int = 2
    likes_to_open: bool = False
    likes_to_close: bool = False
    offered: int = 8
    done: int = 0
    fixed: tuple[Shift, ...] = ()
    held: Mapping[date, int] = field(default_factory=dict)
    learns: Mapping[int, int] = field(default_factory=dict)
    may_join: frozenset[str] = frozenset()

    def likes_kind(self, shift: Shift) -> bool:
        """Whether they like what there is to do."""
        return (shift.kind == OPEN and self.likes_to_open) or (
            shift.kind == CLOSE and self.likes_to_close
        )

    def likes(self, shift: Shift) -> int:
        """How many of their wishes a shift meets: the time, and what there is to do."""
        return (shift.id in self.gladly) + self.likes_kind(shift)


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything that a proposal is made from.

    `travel` is in minutes, by two houses in order. `standing` says who has a shift now where that
    may change but had better not. `hindered` counts for each shift why people cannot take it.
    """

    shifts: tuple[Shift, ...]
    people: tuple[Taker, ...]
    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)
    standing: Mapping[str, int] = field(default_factory=dict)
    hindered: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    seed: int = 0

    def clash(self, one: Shift, other: Shift) -> bool:
        """Whether nobody can do both: at one time, too far apart, too soon after a late close.

        Whoever opens a session may host and close it as well, however these shifts overlap.
        """
        if one.session == other.session:
            return one.which == other.which
        first, then = (one, other) if one.period <= other.period else (other, one)
        between = then.period.start - first.period.end
        needed = max(first.rest_minutes, self.travel_minutes(one.house, other.house))
        return between < timedelta(minutes=needed)

    def travel_minutes(self, one: int, other: int) -> int:
        """How many minutes lie between two houses; none within one."""
        if one == other:
            return 0
        return self.travel.get((min(one, other), max(one, other)), USUAL_TRAVEL)


@dataclass(frozen=True, slots=True)
class Stage:
    """How well one wish was met: what it costs, and what it would cost at least."""

    name: str
    cost: int
    at_least: int

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.cost <= self.at_least

    @property
    def gap(self) -> float:
        """How far at most from the best, as a share of the cost."""
        return 0.0 if self.is_proven else (self.cost - self.at_least) / max(1, abs(self.cost))


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a proposal is, wish by wish; a later one is judged with the earlier ones met."""

    stages: tuple[Stage, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether no better proposal exists."""
        return all(stage.is_proven for stage in self.stages)

    @property
    def percent(self) -> int:
        """How many percent at most from the best in the wish that is furthest off, rounded up."""
        furthest = max((stage.gap for stage in self.stages), default=0.0)
        return -int(-100 * furthest // 1)

    def of(self, name: str) -> Stage:
        """One wish by its name."""
        return next(stage for stage in self.stages if stage.name == name)


@dataclass(frozen=True, slots=True)
class Why:
    """What spoke for somebody on a shift, for the sentence beside it.

    `done` and `offered` are theirs with this proposal; `others` counts who else could have.
    """

    gladly: bool
    likes_kind: bool
    other_end: bool
    done: int
    offered: int
    others: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who does which shift, how good that is, and what nobody can do.

    `learning` names for a shift who comes along to learn it. `nobody_can` are the shifts for
    which no one was left before anything was chosen; `uncovered` all that stay open, these
    included. `moved` are the shifts that had another holder before.
    """

    holders: Mapping[str, int]
    quality: Quality
    why: Mapping[str, Why]
    nobody_can: tuple[str, ...]
    uncovered: tuple[str, ...]
    learning: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    moved: tuple[str, ...] = ()

    def of(self, person: int) -> Iterator[str]:
        """The shifts proposed to one person."""
        return (shift for shift, holder in self.holders.items() if holder == person)
