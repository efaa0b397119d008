"""What stands behind the rows of a publication: everything a reader could add up or subtract."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from buurthuis.rules.disclosure import Counted, Place, Whole, threshold
from buurthuis.rules.figures.columns import Building, Counts, Spaces, Time
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.keeping import Keeps
from buurthuis.rules.figures.sheet import Sheet, Table
from buurthuis.rules.suppression import FEWEST_GROUPS, FEWEST_PEOPLE, few_at
from buurthuis.statistics.public.rows import Of, Row


@dataclass(frozen=True, slots=True)
class Behind:
    """A row before anything is hidden, with what it was made of."""

    row: Row
    sheet: Sheet
    keeps: Keeps
    people: frozenset[int] = frozenset()
    """Who worked there, nobody by name."""

    def sum(self, table: Table, column: int) -> int:
        """The total of a column of what counts for the row."""
        return sum(row[column] for _key, row in self.keeps.rows(self.sheet, table))

    @property
    def figures(self) -> Figures:
        """All figures, hidden ones too."""
        return self.row.figures


def wholes_of(rows: Iterable[Row]) -> list[Whole]:
    """Which rows are made of which: the year of its houses, standings and themes, a house of its quarters."""
    found: dict[tuple[Place, Of], list[Place]] = {}
    for row in rows:
        if row.of is Of.QUARTER:
            found.setdefault((f"{Of.HOUSE}/{row.house}", row.of), []).append(row.place)
        elif row.of is not Of.ALL:
            found.setdefault((Of.ALL.value, row.of), []).append(row.place)
    return [Whole(place, tuple(parts)) for (place, _of), parts in found.items()]


def order_of(behind: Sequence[Behind]) -> list[Place]:
    """What is hidden first beside something small: quarters, then houses with the fewest hours open.

    It follows from what everybody can see.
    """
    opened = {each.row.place: each.sum(Table.SPACES, Spaces.OPEN) for each in behind}
    kinds = [Of.QUARTER, Of.HOUSE, Of.THEME, Of.STANDING, Of.ALL]
    rows = sorted(
        (each.row for each in behind),
        key=lambda row: (kinds.index(row.of), opened[row.place] if row.of is Of.HOUSE else 0),
    )
    return [row.place for row in rows]


def groups_at(behind: Iterable[Behind]) -> dict[Place, int]:
    """How many groups each row rests on.

    A party that goes on after midnight gives minutes to a quarter in which it does not begin. Where
    fewer than three begin, whoever was there counts, as two at most.
    """
    found = {}
    for each in behind:
        begun = _numerator(each, "GROEP")
        present = {key[1] for key, row in each.keeps.rows(each.sheet, Table.GROUPS) if any(row)}
        few = min(len(present), FEWEST_GROUPS - 1)
        found[each.row.place] = begun if begun >= FEWEST_GROUPS else few
    return found


def of_groups(behind: Sequence[Behind]) -> list[Counted]:
    """What rests on groups: where there are few of them, none of it is told."""
    meetings = _by_place(behind, Table.COUNTS, Counts.BOOKINGS)
    groups = groups_at(behind)
    fewest = [meetings[place] for place in few_at(groups, FEWEST_GROUPS)]
    few, beside = (min([1, *fewest]), inf), (FEWEST_GROUPS, inf)
    told_of = {
        (Table.TIME, Time.USED): tuple(Of),
        (Table.COUNTS, Counts.TWICE): tuple(Of),
        (Table.COUNTS, Counts.GIVEN): tuple(Of),
        (Table.COUNTS, Counts.INCOME): (Of.ALL, Of.HOUSE),
        (Table.SPACES, Spaces.AREA_USED): (Of.ALL, Of.HOUSE),
        (Table.BUILDING, Building.USED): (Of.ALL, Of.HOUSE),
        (Table.BUILDING, Building.PARTS_MET): (Of.ALL, Of.HOUSE),
        (Table.SPACES, Spaces.PARTS_USED): (Of.ALL, Of.HOUSE, Of.QUARTER),
    }
    return [
        threshold(groups, FEWEST_GROUPS, is_distinct=True),
        Counted(meetings, if_few=few, if_beside=beside, open_from_to=(1, FEWEST_GROUPS - 1)),
        Counted(meetings, if_few=few, if_beside=beside),
        *(Counted(_by_place(behind, *each, kinds)) for each, kinds in told_of.items()),
    ]


def visits_at(behind: Iterable[Behind]) -> dict[Place, int]:
    """Twice the visits of each row, for bands have halves."""
    return _by_place(behind, Table.COUNTS, Counts.TWICE)


def of_visits(behind: Sequence[Behind]) -> list[Counted]:
    """Visits by themselves."""
    return [threshold(visits_at(behind), FEWEST_PEOPLE, halves=2)]


def of_work(behind: Sequence[Behind]) -> list[Counted]:
    """What rests on volunteers."""
    codes = ("VRIJ_U", "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH")
    found = []
    for code in codes:
        at = {each.row.place: _numerator(each, code) for each in behind if _has(each, code)}
        found.append(Counted(at))
    return found


def few_workers(behind: Iterable[Behind]) -> frozenset[Place]:
    """The rows with work of so few that it tells what one of them did."""
    return frozenset(
        each.row.place
        for each in behind
        if _numerator(each, "VRIJ_U") and len(each.people) < FEWEST_PEOPLE
    )


def learners_at(behind: Iterable[Behind]) -> dict[Place, int]:
    """How many people learned, where that is told."""
    return {each.row.place: _numerator(each, "LEER") for each in behind if _has(each, "LEER")}


def of_learners(behind: Sequence[Behind]) -> list[Counted]:
    """Learners by themselves: who learned in two houses is one of all."""
    return [threshold(learners_at(behind), FEWEST_PEOPLE, is_distinct=True)]


def _by_place(
    behind: Iterable[Behind], table: Table, column: int, kinds: Sequence[Of] = tuple(Of)
) -> dict[Place, int]:
    return {each.row.place: each.sum(table, column) for each in behind if each.row.of in kinds}


def _has(behind: Behind, code: str) -> bool:
    figure = behind.figures.find(code)
    return figure is not None and figure.value is not None


def _numerator(behind: Behind, code: str) -> int:
    figure = behind.figures.find(code)
    return 0 if figure is None else figure.numerator or 0
