"""The groups and activities behind a figure: who came, who was new, what took place."""

from collections import defaultdict
from collections.abc import Hashable
from typing import Final

from buurthuis.discounts.queries import names_of
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.facts import Use
from buurthuis.statistics.behind.bookings import realised_uses
from buurthuis.statistics.behind.row import Column, Kind, Looked, Row, Rows
from buurthuis.statistics.beside import first_days

HEADINGS: Final = (Column.DAY, Column.HOUSE, Column.GROUP, Column.STANDING, Column.OF)
OF_ACTIVITIES: Final = (*(Column.DAY, Column.HOUSE, Column.ROOM, Column.GROUP), Column.OF)

GROUPS: Final = ("GROEP", "NIEUW")
ACTIVITIES: Final = "AANTAL.ACTIVITIES"


def groups_behind(looked: Looked) -> Rows:
    """Each group once, by the first time it came; `of` is how often it came."""
    together: dict[Hashable, list[Use]] = defaultdict(list)
    for use in realised_uses(looked):
        together[use.initiative].append(use)
    if looked.code == "NIEUW":
        new = _new(looked, together)
        together = defaultdict(list, {key: uses for key, uses in together.items() if key in new})
    return _rows(looked, together, Kind.GROUP, HEADINGS)


def activities_behind(looked: Looked) -> Rows:
    """Each series once, and each booking that is of none; `of` is how often it took place."""
    together: dict[Hashable, list[Use]] = defaultdict(list)
    for use in realised_uses(looked):
        together[("series", use.series) if use.series is not None else use.id].append(use)
    return _rows(looked, together, Kind.ACTIVITY, OF_ACTIVITIES)


def _new(looked: Looked, together: dict[Hashable, list[Use]]) -> set[Hashable]:
    """The groups that never came before to one of the houses."""
    ids = {int(str(key)) for key in together}
    known = first_days(dict.fromkeys(looked.asked.venue_ids, ids), looked.now)
    before = {group for (_, group), day in known.items() if day < looked.span.first}
    return {key for key in together if key not in before}


def _rows(
    looked: Looked,
    together: dict[Hashable, list[Use]],
    kind: Kind,
    headings: tuple[Column, ...],
) -> Rows:
    several = sorted(together.values(), key=lambda uses: (uses[0].period.start, uses[0].id))
    wanted = several[looked.page.first : looked.page.after]
    names = names_of({uses[0].initiative for uses in wanted}, with_private=looked.with_private)
    rows = tuple(_row(uses, kind, names.get(uses[0].initiative)) for uses in wanted)
    return Rows(headings, rows, len(several))


def _row(uses: list[Use], kind: Kind, name: str | None) -> Row:
    first = uses[0]
    return Row(
        kind=kind,
        id=first.initiative if kind is Kind.GROUP else first.series or first.id,
        venue_id=first.venue,
        day=day_of(first.period.start),
        number=1,
        of=len(uses),
        room_id=first.room,
        initiative_id=first.initiative,
        group=name,
        standing=first.standing,
        theme=first.theme,
        why="single" if first.series is None else "series",
    )
