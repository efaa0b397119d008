"""A program of yes-or-no columns, which HiGHS makes as cheap as can be for one wish after another.

What was reached for one wish is kept for the next by what linear programs know of themselves:
wherever a column costs more than there is to lose, or a row carries a price, it is held as it is.
All that is as good stays possible, and the program becomes smaller with every wish. One row that
keeps the sum below what was reached would say the same, and make each next wish far harder.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, inf
from operator import le
from typing import Any, Final

Column = int
Terms = Mapping[Column, float]

NEARLY: Final = 1e-6
MOST_NODES: Final = 500
"""So many branches are looked into before an answer is good enough. A time would do the same, and
would make the answer depend on how busy the machine is."""


@dataclass(frozen=True, slots=True)
class Best:
    """The value of each column, what they cost together, and what any others cost at least."""

    values: list[float]
    cost: int
    at_least: int


@dataclass(slots=True)
class Program:
    """Columns that are 0 or 1, and rows of which the sum lies between two numbers.

    All costs are whole numbers, so that no answer costs less than the next whole number above
    what its relaxation costs. `good_enough` is the share of the cost that may be left unproven.
    """

    seed: int = 0
    good_enough: float = 0.0
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    at_least: list[float] = field(default_factory=list)
    at_most: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    index: list[Column] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def column(self) -> Column:
        """A new column."""
        self.lower.append(0.0)
        self.upper.append(1.0)
        return len(self.lower) - 1

    def row(self, terms: Terms, *, at_least: float = -inf, at_most: float = inf) -> None:
        """Let a sum of columns lie between two numbers."""
        self.at_least.append(at_least)
        self.at_most.append(at_most)
        self.index.extend(terms)
        self.value.extend(terms.values())
        self.starts.append(len(self.index))

    def is_open(self, column: Column) -> bool:
        """Whether a column may still become yes."""
        return self.upper[column] > 0.5

    def cheapest(self, costs: Mapping[Column, int], begin: Sequence[float]) -> Best:
        """The cheapest answer there is, or nearly, beginning with one that keeps all rows.

        From then on only answers count that are as cheap.
        """
        every = [float(costs.get(column, 0)) for column in range(len(self.lower))]
        price = _priced(every)
        relaxed = self._run(every, [])
        bound = ceil(relaxed.cost - NEARLY)
        best = Best(list(begin), price(begin), bound)
        if best.cost > bound:
            best = self._whole_answer(relaxed, every, best)
        self._hold(relaxed, best.cost, costs)
        return best

    def _whole_answer(self, relaxed: "_Ran", costs: list[float], begin: Best) -> Best:
        """The relaxation where its answer is whole already; else what branching finds."""
        price, bound = _priced(costs), begin.at_least
        if not self._is_whole(relaxed.values):
            branched = self._run(costs, begin.values)
            relaxed, bound = branched, max(bound, ceil(branched.bound - NEARLY))
        found = [float(round(value)) for value in relaxed.values]
        better = min((begin.values, found), key=price) if self._keeps(found) else begin.values
        return Best(better, price(better), min(bound, price(better)))

    def _keeps(self, values: Sequence[float]) -> bool:
        """Whether values lie between the numbers of every row and column."""
        if len(values) != len(self.lower):
            return False  # HiGHS found nothing.
        for row, (begin, end) in enumerate(pairwise(self.starts)):
            total = sum(self.value[each] * values[self.index[each]] for each in range(begin, end))
            if not self.at_least[row] - 0.5 < total < self.at_most[row] + 0.5:
                return False
        return all(map(le, self.lower, values)) and all(map(le, values, self.upper))

    def _is_whole(self, values: Sequence[float]) -> bool:
        return all(abs(value - round(value)) < NEARLY for value in values)

    def _hold(self, relaxed: "_Ran", cost: int, costs: Mapping[Column, int]) -> None:
        """Leave open only what may cost no more than `cost`."""
        to_lose = max(0.0, cost - relaxed.cost)
        for column, price in enumerate(relaxed.reduced):
            if price > to_lose + NEARLY:
                self.upper[column] = self.lower[column]
            elif price < -to_lose - NEARLY:
                self.lower[column] = self.upper[column]
        if to_lose > NEARLY:
            self.row({column: float(each) for column, each in costs.items()}, at_most=cost)
            return
        for row, price in enumerate(relaxed.duals):
            if price > NEARLY:
                self.at_most[row] = self.at_least[row]
            elif price < -NEARLY:
                self.at_least[row] = self.at_most[row]

    def _run(self, costs: list[float], begin: Sequence[float]) -> "_Ran":
        """Ask HiGHS: for whole numbers when there is a beginning, else for the relaxation."""
        import highspy  # Only who solves pays for its memory.

        solver = highspy.Highs()
        for name, value in self._settings().items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model(highspy, costs, whole=bool(begin)))
        if begin:
            solver.setSolution(len(begin), list(range(len(begin))), list(begin))
        solver.run()
        info, answer = solver.getInfo(), solver.getSolution()
        return _Ran(
            list(answer.col_value),
            info.objective_function_value,
            info.mip_dual_bound,
            list(answer.col_dual),
            list(answer.row_dual),
        )

    def _settings(self) -> dict[str, Any]:
        return {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": self.seed,
            "mip_max_nodes": MOST_NODES,
            "mip_abs_gap": 1 - 1e-4,  # Costs are whole: nothing lies between.
            "mip_rel_gap": self.good_enough,
        }

    def _model(self, highs: Any, costs: list[float], *, whole: bool) -> Any:
        model = highs.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.at_least)
        model.col_cost_, model.col_lower_, model.col_upper_ = costs, self.lower, self.upper
        model.row_lower_, model.row_upper_ = self.at_least, self.at_most
        model.a_matrix_.format_ = highs.MatrixFormat.kRowwise
        model.a_matrix_.start_ = self.starts
        model.a_matrix_.index_, model.a_matrix_.value_ = self.index, self.value
        if whole:
            model.integrality_ = [highs.HighsVarType.kInteger] * len(self.lower)
        return model


@dataclass(frozen=True, slots=True)
class _Ran:
    """What HiGHS answered: values, their cost, the bound, and the price of columns and rows."""

    values: list[float]
    cost: float
    bound: float
    reduced: list[float]
    duals: list[float]


def _priced(costs: list[float]) -> Callable[[Sequence[float]], int]:
    used = [(column, cost) for column, cost in enumerate(costs) if cost]
    return lambda values: round(sum(cost * values[column] for column, cost in used))
