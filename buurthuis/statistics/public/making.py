"""Makes a publication: counts the rows of a year, and hides what would tell of a few."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import select

from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.foundation.db import db
from buurthuis.rules.calendar import day_of
from buurthuis.rules.disclosure import Counted, Mark, Marks, Place
from buurthuis.rules.figures.codes import Reason
from buurthuis.rules.figures.columns import Works
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.definitions import NEWEST
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.keeping import EVERYTHING, Keeps
from buurthuis.rules.figures.sheet import Sheet, Table
from buurthuis.rules.figures.spans import Span, quarters_in, year_span
from buurthuis.rules.standing import NOT_KNOWN, place_of
from buurthuis.rules.suppression import FEWEST_GROUPS, FEWEST_PEOPLE, few_at, hide
from buurthuis.rules.themes import Theme
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import answers
from buurthuis.statistics.public import counting
from buurthuis.statistics.public.counting import Behind
from buurthuis.statistics.public.rows import Of, Publication, Row
from buurthuis.venues.models import Venue

OF_GROUPS: Final = ("GEB", "BENUT", "DAGDEEL", "AANTAL", "GROEP", "KORT", "ONTM", "DEK")
OF_WORK: Final = ("VRIJ_U", "VRIJ_EUR.LOW", "VRIJ_EUR.MID", "VRIJ_EUR.HIGH")
EVERYWHERE: Final = ("BENUT", "AANTAL", "GROEP", "BEZOEK", "KORT")
A_QUARTER: Final = ("OPEN", "DAGDEEL", *EVERYWHERE, "VRIJ_U")
# M2 is not told: where one house alone knows its square metres, the sum of all is that house.
A_YEAR: Final = (*A_QUARTER, "GEB", "ONTM", *OF_WORK[1:], "LEER", "DEK", "HEF")
CODES: Final[Mapping[Of, tuple[str, ...]]] = {
    Of.ALL: (*A_YEAR, "NIEUW"),
    Of.HOUSE: A_YEAR,
    Of.QUARTER: A_QUARTER,
    Of.STANDING: EVERYWHERE,
    Of.THEME: EVERYWHERE,
}
"""What is told of each kind of row, and nothing else: nobody chooses a breakdown of their own."""

Worked = Sequence[tuple[int, object, int | None]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Where each family of figures is hidden. Of one family everything is shown or nothing."""

    groups: Marks = field(default_factory=dict)
    visits: Marks = field(default_factory=dict)
    work: Marks = field(default_factory=dict)
    learners: Marks = field(default_factory=dict)


def publication_of(
    year: int, venues: Sequence[Venue], now: datetime, *, before: Publication | None = None
) -> Publication:
    """A year as it may be published; what was hidden the time before stays hidden."""
    behind = rows_behind(year, venues, now)
    hidden = hidden_in(behind, before)
    return Publication(
        year=year,
        number=1 if before is None else before.number + 1,
        made_on=day_of(now),
        edition=NEWEST,
        houses={venue.slug: venue.name for venue in venues},
        rows=tuple(each.row.hiding(_marks_at(each, hidden)) for each in behind),
    )


def rows_behind(year: int, venues: Sequence[Venue], now: datetime) -> list[Behind]:
    """Every row of the year with nothing hidden: for whoever hides, and for the proof."""
    span = year_span(year)
    asked = _asked(span, venues)
    people = _people(span, venues)
    found = []
    for (row, question), answer in zip(
        asked, answers([each for _, each in asked], now), strict=True
    ):
        workers = _workers(answer.sheet, question, people)
        found.append(_behind(row, answer.figures, answer.sheet, EVERYTHING, workers))
    whole = found[0]
    return [*found, *_standings(whole.sheet, span), *_themes(whole.sheet, span)]


def _asked(span: Span, venues: Sequence[Venue]) -> list[tuple[Row, Asked]]:
    nothing = Figures(())
    every = frozenset(venue.id for venue in venues)
    asked = [(Row(Of.ALL, nothing), Asked(every, span))]
    for venue in venues:
        only = frozenset({venue.id})
        asked.append((Row(Of.HOUSE, nothing, venue.slug), Asked(only, span)))
        asked += [
            (Row(Of.QUARTER, nothing, venue.slug, number), Asked(only, quarter))
            for number, quarter in enumerate(quarters_in(span), start=1)
        ]
    return asked


def _behind(
    row: Row, figures: Figures, sheet: Sheet, keeps: Keeps, people: Iterable[int] = ()
) -> Behind:
    told = Figures(tuple(each for each in figures if each.code in CODES[row.of]))
    whole = Row(row.of, told, row.house, row.quarter, row.standing, row.theme)
    return Behind(whole, sheet, keeps, frozenset(people))


def _standings(sheet: Sheet, span: Span) -> list[Behind]:
    found = {str(key[2]) for table in (Table.TIME, Table.COUNTS) for key in sheet.tables[table]}
    rows = []
    for standing in sorted(found, key=lambda code: (not code, place_of(code))):
        keeps = Keeps(standing=standing)
        row = Row(Of.STANDING, Figures(()), standing=standing or NOT_KNOWN)
        rows.append(_behind(row, compute(sheet, Beside(), span, keeps), sheet, keeps))
    return rows


def _themes(sheet: Sheet, span: Span) -> list[Behind]:
    rows = []
    for theme in (*Theme, ""):
        keeps = Keeps(theme=theme)
        row = Row(Of.THEME, Figures(()), theme=theme or NOT_KNOWN)
        rows.append(_behind(row, compute(sheet, Beside(), span, keeps), sheet, keeps))
    return rows


def _people(span: Span, venues: Sequence[Venue]) -> Worked:
    """Who wrote work down: house, day and person; who has no name here counts as one."""
    by = (VolunteerWork.venue_id, VolunteerWork.day, VolunteerWork.person_id)
    asked = select(*by).distinct()
    rows = db.session.execute(
        asked.where(
            VolunteerWork.venue_id.in_([venue.id for venue in venues]),
            VolunteerWork.day >= span.first,
            VolunteerWork.day < span.after,
        )
    )
    return [(venue, day, person) for venue, day, person in rows]


def _workers(sheet: Sheet, asked: Asked, worked: Worked) -> set[int]:
    on_shifts = {int(key[1]) for key, row in sheet.tables[Table.WORK].items() if row[Works.MINUTES]}
    wrote = {
        person or 0
        for venue, day, person in worked
        if venue in asked.venue_ids and day in asked.span  # type: ignore[operator]
    }
    return on_shifts | wrote


def hidden_in(behind: Sequence[Behind], before: Publication | None = None) -> Hidden:
    """What must be hidden of all rows together."""
    groups = _hide(
        behind,
        counting.of_groups(behind),
        few_at(counting.groups_at(behind), FEWEST_GROUPS),
        along=_hidden_before(before, "AANTAL"),
    )
    few = few_at(counting.visits_at(behind), 2 * FEWEST_PEOPLE)
    return Hidden(
        groups=groups,
        visits=_hide(
            behind,
            counting.of_visits(behind),
            few.difference(groups),
            along=[*groups, *_hidden_before(before, "BEZOEK")],
        ),
        work=_hide(
            behind,
            counting.of_work(behind),
            counting.few_workers(behind),
            along=_hidden_before(before, "VRIJ_U"),
        ),
        learners=_hide(
            behind,
            counting.of_learners(behind),
            few_at(counting.learners_at(behind), FEWEST_PEOPLE),
            along=_hidden_before(before, "LEER"),
        ),
    )


def _hide(
    behind: Sequence[Behind],
    counted: Sequence[Counted],
    few: Collection[Place],
    along: Iterable[Place],
) -> Marks:
    wholes = counting.wholes_of(each.row for each in behind)
    order = counting.order_of(behind)
    return hide(wholes, counted, few, order=order, along=set(along).difference(few))


def _hidden_before(before: Publication | None, code: str) -> set[Place]:
    if before is None:
        return set()
    found = ((row.place, row.figures.find(code)) for row in before.rows)
    hidden = (Reason.TOO_FEW, Reason.BESIDE)
    return {place for place, figure in found if figure is not None and figure.reason in hidden}


def _marks_at(behind: Behind, hidden: Hidden) -> dict[str, Mark]:
    """What is hidden of one row, by the codes of figures. Only a count itself says "too few"."""
    place = behind.row.place
    marks: dict[str, Mark] = {}
    if place in hidden.groups:
        marks |= dict.fromkeys(("NIEUW", "BEZOEK", "HEF", *OF_GROUPS), Mark.BESIDE)
        marks["GROEP"] = hidden.groups[place]
    elif place in hidden.visits:
        marks["BEZOEK"] = hidden.visits[place]
    if place in hidden.work:
        marks |= dict.fromkeys(("HEF", *OF_WORK), Mark.BESIDE)
    if place in hidden.learners:
        marks["LEER"] = hidden.learners[place]
    mark = _mark_of_new(behind)
    if mark is not None:
        marks.setdefault("NIEUW", mark)
    return marks


def _mark_of_new(behind: Behind) -> Mark | None:
    """Of one or two groups one would know that they are new, or that they are not."""
    new, groups = behind.figures.find("NIEUW"), behind.figures.find("GROEP")
    if new is None or groups is None or new.value is None or groups.value is None:
        return None
    if 0 < new.value < FEWEST_GROUPS:
        return Mark.FEW
    return Mark.BESIDE if 0 < groups.value - new.value < FEWEST_GROUPS else None
