"""The picture of the annual sheet: used hours per standing and quarter, from counted sheets."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from babel.dates import format_date
from flask_babel import gettext as _

from buurthuis.foundation.formatting import language
from buurthuis.rules.figures.columns import Groups, Time
from buurthuis.rules.figures.sheet import Sheet, Table
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.standing import StandingCode, place_of
from buurthuis.rules.suppression import FEWEST_GROUPS
from buurthuis.statistics.annual.numbers import hours_of
from buurthuis.statistics.annual.parts import Bar, Chart, Series
from buurthuis.statistics.annual.subject import Used
from buurthuis.statistics.words import standing_word

MOST_SERIES: Final = 6
"""As many grounds as one can tell apart in black and white."""
MOST_BARS: Final = 8
_OTHERS: Final = None


def used_in(sheet: Sheet) -> Used:
    """Used minutes by standing; each minute of a space counts once."""
    used = Counter[StandingCode]()
    for (_venue, _space, standing, _theme), row in sheet.tables[Table.TIME].items():
        used[str(standing)] += row[Time.USED]
    return +used


def chart_of(whole: Sheet, quarters: Sequence[tuple[Span, Used]]) -> Chart:
    """The picture of a sheet; more than two years of quarters become years."""
    shown = quarters if len(quarters) <= MOST_BARS else _by_year(quarters)
    used = [each for _span, each in shown]
    total = sum(used, Counter[StandingCode]())
    named = _named(whole, total)
    series: list[StandingCode | None] = [*named]
    if set(total) - set(named):
        series.append(_OTHERS)
    rows = [[_of(each, code, named) for code in series] for each in used]
    legend = [Series(_word(code), hours_of(_of(total, code, named))) for code in series]
    labels = _labels([span for span, _used in shown])
    bars = [
        Bar(label, tuple(row), hours_of(sum(row))) for label, row in zip(labels, rows, strict=True)
    ]
    return Chart(_("Who used the rooms?"), _alt(legend, bars), tuple(legend), tuple(bars))


def _named(whole: Sheet, total: Used) -> list[StandingCode]:
    """The standings with a ground of their own, in their order; the rest is drawn together.

    A standing with fewer than three groups has none: its hours would tell of one group.
    """
    groups: dict[StandingCode, set[int | str]] = {}
    for (_venue, initiative, _room, standing, _theme), row in whole.tables[Table.GROUPS].items():
        if row[Groups.BOOKINGS]:
            groups.setdefault(str(standing), set()).add(initiative)
    enough = [code for code in total if len(groups.get(code, ())) >= FEWEST_GROUPS]
    if len(enough) == len(total) <= MOST_SERIES:
        largest = enough
    else:
        largest = sorted(enough, key=lambda code: -total[code])[: MOST_SERIES - 1]
    return sorted(largest, key=lambda code: (not code, place_of(code)))


def _of(used: Used, code: StandingCode | None, named: list[StandingCode]) -> int:
    if code is not _OTHERS:
        return used[code]
    return sum(minutes for each, minutes in used.items() if each not in named)


def _word(code: StandingCode | None) -> str:
    return _("Other groups") if code is _OTHERS else standing_word(code)


def _by_year(quarters: Sequence[tuple[Span, Used]]) -> list[tuple[Span, Used]]:
    years: dict[int, tuple[Span, Used]] = {}
    for span, used in quarters:
        first, so_far = years.get(span.first.year, (span, Counter[StandingCode]()))
        years[span.first.year] = (Span(first.first, span.after), so_far + used)
    return list(years.values())


def _labels(spans: list[Span]) -> list[str]:
    """The months of each bar, with the year where there are several."""
    has_years = len({span.first.year for span in spans}) > 1
    if len({span.first.year for span in spans}) == len(spans) > 1:
        return [str(span.first.year) for span in spans]
    return [f"{_months(span)} {span.first.year}" if has_years else _months(span) for span in spans]


def _months(span: Span) -> str:
    first, last = (
        format_date(day, "LLL", locale=language()).removesuffix(".")
        for day in (span.first, span.last)
    )
    return first if first == last else f"{first}–{last}"


def _alt(legend: list[Series], bars: list[Bar]) -> str:
    """Every number of the picture, for who cannot see it."""
    told = [_("Bars with the used hours of each quarter.")]
    for bar in bars:
        shares = [
            _("%(who)s %(hours)s", who=each.label, hours=hours_of(minutes))
            for each, minutes in zip(legend, bar.minutes, strict=True)
            if minutes
        ]
        told.append(
            _("%(quarter)s: %(hours)s.", quarter=bar.label, hours=", ".join([bar.hours, *shares]))
        )
    return " ".join(told)
