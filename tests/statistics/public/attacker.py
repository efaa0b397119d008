"""Somebody with the published files, a computer and time: what could each hidden number be?

All files of all years are one system of equations and bounds, with whole numbers where things are
counted. It knows nothing of the program but what the dictionary says.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from io import StringIO

import highspy

INF = highspy.kHighsInf
DISTINCT = frozenset({"GROEP", "LEER"})
COUNTED = frozenset({"GROEP", "LEER", "AANTAL"})
FEWEST = {"GROEP": 3, "LEER": 5, "BEZOEK": 10}
"""Visits are counted in halves."""
HIDDEN = frozenset({"too_few", "beside"})
UNSEEN = frozenset({"NIEUW", "OPEN"})
"""One adds up to nothing, the other is never hidden."""

Cell = tuple[str, str, str, str]
"""Year, row, figure, and which file of the year."""


@dataclass
class Attacker:
    """Reads files, and asks of each hidden cell the least and the most."""

    solver: highspy.Highs = field(default_factory=highspy.Highs)
    cells: dict = field(default_factory=dict)
    hidden: dict = field(default_factory=dict)

    def __post_init__(self):
        self.solver.silent()

    def reads(self, text, edition="1"):
        """Take everything in a file for true."""
        lines = [each for each in csv.DictReader(StringIO(text)) if each["code"] not in UNSEEN]
        for line in lines:
            self._cell(line, edition)
        self._adds_up(lines, edition)
        for (year, row, code, which), cell in list(self.cells.items()):
            if code == "GROEP" and which == edition:
                self.solver.addConstr(cell <= self.cells[year, row, "AANTAL", which])

    def _cell(self, line, edition):
        key = (line["year"], _row(line), line["code"], edition)
        number = line["numerator"]
        low, high = (float(number),) * 2 if number else (0, 0)
        if line["reason"] in HIDDEN:
            low, high = 0, INF
            self.hidden[key] = line["reason"]
            if line["reason"] == "too_few":
                low, high = 1, FEWEST[line["code"]] - 1
        kind = highspy.HighsVarType.kContinuous
        if line["code"] in COUNTED and line["reason"] in HIDDEN:
            kind = highspy.HighsVarType.kInteger
        self.cells[key] = self.solver.addVariable(low, high, type=kind)

    def _adds_up(self, lines, edition):
        parts = defaultdict(list)
        for line in lines:
            whole = f"house/{line['house']}" if line["quarter"] else "all"
            if line["of"] != "all":
                parts[line["year"], whole, line["code"], line["of"]].append(_row(line))
        for (year, whole, code, _of), rows in parts.items():
            total = self.cells.get((year, whole, code, edition))
            each = [self.cells[year, row, code, edition] for row in rows]
            if total is None or len(each) != len(rows):
                continue
            self._at_least_three(year, whole, code, edition, rows)
            if code in DISTINCT:
                self.solver.addConstr(total <= self.solver.qsum(each))
                for part in each:
                    self.solver.addConstr(part <= total)
            elif not code.startswith("VRIJ_EUR") or self._all_known(year, code, edition):
                self.solver.addConstr(total == self.solver.qsum(each))

    def _at_least_three(self, year, whole, code, edition, rows):
        """What is hidden beside something has enough, unless its whole has few."""
        above = (self.hidden.get((year, each, code, edition)) for each in (whole, "all"))
        if "too_few" in above:
            return
        for row in rows:
            if self.hidden.get((year, row, code, edition)) == "beside" and code in FEWEST:
                if code == "BEZOEK" and (year, row, "GROEP", edition) in self.hidden:
                    continue
                column = self.cells[year, row, code, edition].index
                self.solver.changeColBounds(column, FEWEST[code], INF)

    def _all_known(self, year, code, edition):
        return (year, "all", code, edition) in self.cells

    def range_of(self, key):
        """The least and the most that a cell can be."""
        return self._best(self.cells[key], least=True), self._best(self.cells[key], least=False)

    def _best(self, cell, *, least):
        if least:
            self.solver.minimize(cell)
        else:
            self.solver.maximize(cell)
        status = self.solver.getModelStatus()
        if status in {
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        }:
            return -INF if least else INF
        assert status == highspy.HighsModelStatus.kOptimal, status
        return self.solver.getInfo().objective_function_value


def _row(line):
    parts = (line["house"], line["quarter"], line["standing"], line["theme"])
    return "/".join([line["of"].removesuffix("_quarter"), *(part for part in parts if part)])
