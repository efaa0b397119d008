"""What annual sheets tell of in tests: houses with made-up figures, computed as in earnest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from buurthuis.evidence.year.models import MoneyKind
from buurthuis.evidence.year.queries import Money, Told
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figures
from buurthuis.rules.figures.sheet import Sheet, Table, together
from buurthuis.rules.figures.spans import Span, before, quarters_in, year_span
from buurthuis.statistics.annual.chart import used_in
from buurthuis.statistics.annual.few import TOGETHER, guarded
from buurthuis.statistics.annual.subject import Days, House, Subject, Used

THE_YEAR = year_span(2025)
NAMES = (
    *("De Meevaart", "Het Noorderlicht", "De Bonte Kraai", "De Werkplaats", "Het Drieluik"),
    *("Lutmastraat 209A", "De Buurtkamer", "Het Klokhuis", "De Kajuit", "De Tuin", "De Brug"),
    "Het Anker",
)
SPLIT = (("resident_initiative", 60), ("community_organisation", 30), ("private", 10))
"""Who used the rooms, in percents."""
KNOWN = {MoneyKind.CONTRIBUTION: 140_000_00, MoneyKind.OTHER_FUNDS: 20_000_00}


def a_sheet(venue: int = 1, *, groups: int = 30, hours: int = 1000, visits: int = 800) -> Sheet:
    """A house that was used so long, by so many groups, as many of each standing."""
    sheet = Sheet()
    sheet.count(Table.BUILDING, (venue,), hours * 120, hours * 60, 40, 20)
    sheet.count(Table.SPACES, (venue, venue), hours * 180, 0, 0, 0, 90, 30)
    for standing, share in SPLIT:
        minutes = hours * 60 * share // 100
        sheet.count(Table.TIME, (venue, venue, standing, ""), minutes, minutes, minutes // 4, 0)
        sheet.count(
            *(Table.COUNTS, (venue, venue, standing, ""), share, share, share // 2),
            *(visits * share // 100, visits * share // 50, visits * share // 100, 0, 0, 0),
            *(minutes, share * 3000, share * 2000, share * 2000, share, 1),
        )
    for number in range(groups):
        standing = SPLIT[number % len(SPLIT)][0]
        sheet.count(Table.GROUPS, (venue, venue * 1000 + number, venue, standing, ""), 3, 600, 100)
    sheet.count(Table.WORK, (venue, venue, "holder"), 7_800, 20, 0, 0)
    sheet.count(Table.WORK_DAYS, (venue, 2025, 3), 7_800)
    return sheet


def figures_of(sheet: Sheet, span: Span, *, houses: int = 1, **beside: Any) -> Figures:
    """Its figures, with what a board wrote down."""
    first_days = {int(key[1]): date(2024, 5, 1) for key in sheet.tables[Table.GROUPS]}
    told: dict[str, Any] = {
        "rates": {level: [(date(2020, 1, 1), 1500)] for level in ("low", "mid", "high")},
        "logged_minutes": {"board": 6000 * houses},
        "housing_costs_cents": 90_000_00 * houses,
        "contribution_cents": 140_000_00 * houses,
        "other_funds_cents": 20_000_00 * houses,
        "first_days": first_days,
        "known_since": date(2020, 1, 1),
    }
    return compute(sheet, Beside(**{**told, **beside}), span)


def days_of(span: Span = THE_YEAR, *, counted: Span | None = None) -> Days:
    """These days, all of them over."""
    return Days(span, counted or span, before(span))


def quarters_of(sheet: Sheet, span: Span = THE_YEAR) -> list[tuple[Span, Used]]:
    """Each quarter as much as the whole: what counts here is how it is drawn."""
    return [(quarter, used_in(sheet)) for quarter in quarters_in(span)]


def a_story(number: int = 1, *, venue: int = 1, text: str = "Elke woensdag is er soep.") -> Told:
    """A story told with consent."""
    title = f"De soep van week {number}"
    return Told(number, venue, title, text, "BEZOEK", date(2025, 6, number), "", True)


def one_house(name: str = NAMES[0], **more: Any) -> Subject:
    """A house alone, in 2025."""
    sheet = more.pop("sheet", None) or a_sheet()
    beside = more.pop("beside", {})
    told: dict[str, Any] = {
        "houses": (House(1, "meevaart", name),),
        "days": days_of(),
        "figures": figures_of(sheet, THE_YEAR, **beside),
        "before": figures_of(a_sheet(hours=900), before(THE_YEAR)),
        "sheet": sheet,
        "quarters": quarters_of(sheet),
        "money": Money(KNOWN, dict.fromkeys(KNOWN, 1), 1),
        "stories": (a_story(),),
        "stops": ((name, "Dan gaat het huis in de avond dicht."),),
    }
    return Subject(**{**told, **more})


def houses_together(number: int, *, groups: Sequence[int] = (), **more: Any) -> Subject:
    """So many houses together, in 2025."""
    houses = [House(place + 1, f"huis-{place + 1}", NAMES[place]) for place in range(number)]
    sheets = [
        a_sheet(house.id, groups=groups[place] if groups else 30)
        for place, house in enumerate(houses)
    ]
    whole = together(sheets)
    slugs = [house.slug for house in houses]
    alone = [figures_of(sheet, THE_YEAR) for sheet in sheets]
    all_ = figures_of(whole, THE_YEAR, houses=number)
    places = guarded({TOGETHER: all_, **dict(zip(slugs, alone, strict=True))})
    told: dict[str, Any] = {
        "houses": tuple(houses),
        "days": days_of(),
        "figures": places[TOGETHER],
        "before": None,
        "sheet": whole,
        "quarters": quarters_of(whole),
        "money": Money(KNOWN, dict.fromkeys(KNOWN, number), number),
        "each": tuple((house, places[house.slug]) for house in houses),
        "stories": (a_story(1), a_story(2, venue=min(2, number)), a_story(3)),
        "stops": ((NAMES[0], "Dan gaat het huis in de avond dicht."),),
    }
    return Subject(**{**told, **more})
