"""Figures in words: what they are called and count, how they read, and how they differ from before."""

from enum import Enum
from fractions import Fraction
from typing import Any, Final

from babel.numbers import format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from buurthuis.evidence.tags.words import THEMES
from buurthuis.foundation.formatting import euros, hours, language, number, percent
from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.figure import Figure
from buurthuis.rules.standing import NOT_KNOWN, StandingCode
from buurthuis.rules.suppression import FEWEST_GROUPS, FEWEST_PEOPLE
from buurthuis.rules.themes import Theme
from buurthuis.statistics.code_words import CAVEATS, FORMULAS, LABELS, REASONS, UNITS
from buurthuis.tariffs.standing_words import KIND_WORDS

_TIMES: Final = frozenset({"HEF", "SROI", "SROI.LOW", "SROI.HIGH"})
"""Ratios that say how many times something goes in a euro: no share of a whole."""
_SPREADS: Final = frozenset({"GELIJK.GINI", "ROOSTER.GINI"})
_MADE_OF: Final[dict[str, Unit]] = {
    "BENUT": Unit.MINUTES,
    "GEB": Unit.MINUTES,
    "GELIJK.PRIME": Unit.MINUTES,
    "DEK": Unit.CENTS,
    "HEF": Unit.CENTS,
    "SROI": Unit.CENTS,
}
"""What stands above and below the line of a ratio, where that is not a number of things."""
_SCALES: Final[dict[str, tuple[int, Any]]] = {
    "M2": (6000, _l("%(count)s m² hours")),
    "STOEL": (120, _l("%(count)s seat hours")),
}
"""Products: hundredths of m² times minutes, and twice people times minutes; how many go in one."""
_WHOLE_HOURS_FROM: Final = 600
"""From ten hours on, a quarter of an hour more or less says nothing."""
_WHOLE_EUROS_FROM: Final = 100_00


class Than(Enum):
    """With what a figure is compared."""

    YEAR = "year"
    BEFORE = "before"


def label(code: str) -> str:
    """What a figure or a part of it is called; a part for a standing names that too."""
    if code in LABELS:
        return str(LABELS[code])
    figure, _dot, part = code.rpartition(".")
    return f"{label(figure)}: {standing_word(part)}" if figure else code


def formula(code: str) -> str:
    """How it is counted, in a sentence or two; a part without its own has that of its figure."""
    return _nearest(FORMULAS, code)


def caveat(code: str) -> str:
    """What one should know beside it."""
    return _nearest(CAVEATS, code)


def unit(kind: Unit) -> str:
    """In what it is counted: "hours" for minutes, "euros" for cents."""
    return str(UNITS[kind])


def standing_word(code: StandingCode) -> str:
    """What a standing is called in codes of figures; one of a house's own by its code."""
    if code in ("", NOT_KNOWN):
        return _("Not recognised")
    return str(KIND_WORDS.get(code, code))


def theme_word(code: str) -> str:
    """What a theme is called."""
    return str(THEMES[Theme(code)]) if code in set(Theme) else _("No theme said")


def reason(figure: Figure) -> str:
    """Why a figure has no value, as a sentence; empty where it has one."""
    return "" if figure.reason is None else str(REASONS[figure.reason])


def shown(figure: Figure) -> str:
    """The value as it is read: "1.204 uur", "38%", "€ 1.250". A dash where there is none."""
    if figure.value is None:
        return _hidden(figure.unit) if figure.reason is Reason.TOO_FEW else "–"
    return written(figure.code, figure.value, figure.unit)


def counted(figure: Figure) -> str:
    """What was divided by what: "1.204 uur van 3.100 uur". Empty where a figure is one number."""
    if figure.unit is not Unit.RATIO or figure.numerator is None or figure.denominator is None:
        return ""
    write = _scaled if figure.code in _SCALES else _plain
    part, whole = (write(figure.code, each) for each in (figure.numerator, figure.denominator))
    return _("%(part)s of %(whole)s", part=part, whole=whole)


def part_of(code: str, kind: Unit, number_of: int) -> str:
    """What one row adds to a figure, exactly, so that rows can be added up: hours, euros, people."""
    if code == "BEZOEK":
        return number(float(Fraction(number_of, 2)))
    if code in _SCALES:
        scale, words = _SCALES[code]
        return str(words) % {"count": number(_decimal(Fraction(number_of, scale), 1))}
    if kind is Unit.RATIO:
        kind = _made_of(code)
    match kind:
        case Unit.MINUTES:
            return hours(number_of) if number_of else number(0)
        case Unit.CENTS:
            return euros(number_of)
        case Unit.DAYS:
            return _days(Fraction(number_of, 24))
        case _:
            return number(number_of)


def known(figure: Figure) -> str:
    """Of how much it is known: "bekend van 80%". Empty where all is known."""
    if figure.coverage is None:
        return ""
    return _("known of %(share)s", share=percent(_decimal(figure.coverage)))


def written(code: str, value: Fraction, kind: Unit) -> str:
    """A value in its unit, in the language of the visitor."""
    match kind:
        case Unit.MINUTES:
            return _hours(value)
        case Unit.CENTS:
            return _euros(value)
        case Unit.DAYS:
            return _days(value)
        case Unit.RATIO if code in _TIMES:
            return _("%(count)s times", count=number(_decimal(value, 2)))
        case Unit.RATIO if code in _SPREADS:
            return number(_decimal(value, 2))
        case Unit.RATIO:
            return _percent(float(value))
        case _:
            return number(round(value))


def change(figure: Figure, before: Figure | None, than: Than = Than.YEAR) -> str:
    """The difference with before, with an arrow: "↑ 12 meer dan vorig jaar"."""
    if figure.value is None:
        return ""
    if before is None or before.value is None:
        return _("Last year is not known") if than is Than.YEAR else _("Before is not known")
    if shown(figure) == shown(before):
        return _("= as last year") if than is Than.YEAR else _("= as before")
    if figure.unit in (Unit.RATIO, Unit.DAYS):
        return _shift(figure.value > before.value, shown(before), than)
    difference = written(figure.code, abs(figure.value - before.value), figure.unit)
    return _difference(figure.value > before.value, difference, than)


def _difference(is_more: bool, much: str, than: Than) -> str:
    if than is Than.YEAR:
        if is_more:
            return _("↑ %(much)s more than last year", much=much)
        return _("↓ %(much)s less than last year", much=much)
    if is_more:
        return _("↑ %(much)s more than before", much=much)
    return _("↓ %(much)s less than before", much=much)


def _shift(is_more: bool, was: str, than: Than) -> str:
    """A share is higher or lower: "4% more" would leave open of what."""
    if than is Than.YEAR:
        if is_more:
            return _("↑ higher than last year: %(was)s", was=was)
        return _("↓ lower than last year: %(was)s", was=was)
    if is_more:
        return _("↑ higher than before: %(was)s", was=was)
    return _("↓ lower than before: %(was)s", was=was)


def _plain(code: str, number_of: int) -> str:
    return written("", Fraction(number_of), _made_of(code))


def _made_of(code: str) -> Unit:
    """In what the numerator of a ratio is counted."""
    return _MADE_OF.get(code) or _MADE_OF.get(code.rpartition(".")[0], Unit.COUNT)


def _scaled(code: str, number_of: int) -> str:
    scale, words = _SCALES[code]
    return str(words) % {"count": number(round(Fraction(number_of, scale)))}


def _nearest(words: dict[str, Any], code: str) -> str:
    while code not in words and "." in code:
        code = code.rpartition(".")[0]
    return str(words.get(code, ""))


def _hidden(kind: Unit) -> str:
    return f"<{FEWEST_GROUPS if kind is Unit.GROUPS else FEWEST_PEOPLE}"


def _hours(value: Fraction) -> str:
    minutes = round(value)
    if minutes and abs(minutes) < 60:
        return hours(minutes)
    if minutes and abs(minutes) < _WHOLE_HOURS_FROM:
        return hours(round(Fraction(minutes, 15)) * 15)
    whole = number(round(Fraction(minutes, 60)))
    return ngettext("%(count)s hour", "%(count)s hours", 2, count=whole)


def _euros(value: Fraction) -> str:
    cents = round(value)
    if cents and abs(cents) < _WHOLE_EUROS_FROM:
        return euros(cents)
    return euros(round(Fraction(cents, 100)) * 100).removesuffix(",00").removesuffix(".00")


def _percent(share: float) -> str:
    """Below a tenth one place more, or little would look like nothing."""
    if not 0 < share < 0.0995:
        return percent(share)
    return format_percent(share, "0.#%", locale=language())


def _days(value: Fraction) -> str:
    plural = 1 if value == 1 else 2
    return ngettext("%(count)s day", "%(count)s days", plural, count=number(_decimal(value, 2)))


def _decimal(value: Fraction, places: int = 2) -> float:
    return round(float(value), places)
