"""Calls about figures: what the houses came to in some days, and what each figure means."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from flask_babel import gettext as _

from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.figure_schema import DEFINITIONS_ASKED, FIGURES_ASKED, ONLY_PARTS
from buurthuis.api.values import Asked as Given
from buurthuis.foundation import clock
from buurthuis.foundation.access import demand, needs, public, visitor
from buurthuis.foundation.errors import Invalid
from buurthuis.foundation.remembered import remembered
from buurthuis.rules.figures.computing import compute
from buurthuis.rules.figures.definitions import EDITIONS, NEWEST
from buurthuis.rules.figures.facts import Beside
from buurthuis.rules.figures.figure import Figure, Figures, rounded
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.spans import NoSuchSpan, Span, months_back
from buurthuis.rules.standing import NOT_KNOWN
from buurthuis.statistics import words
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import answer
from buurthuis.statistics.houses import houses_seen_by, room_in
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import in_totals, venue_by_slug

LONGEST_IN_MONTHS: Final = 120


@blueprint.get("/figures")
@needs("figures.see")
@described(
    Call(
        "What the houses of which I see the figures came to in these days, or one of them.",
        "Figures",
        query=FIGURES_ASKED,
        refusals=("invalid", "not-found"),
    )
)
def figures(asked: Given) -> Answer:
    """By the same definitions and the same rights as the pages of the board."""
    houses, span = _houses(asked), _span(asked)
    edition = asked.get("edition", NEWEST)
    given = answer(_question(asked, houses, span), clock.now(), edition=edition)
    return {
        "from": span.first.isoformat(),
        "to": span.after.isoformat(),
        "until": given.span.last.isoformat() if given.span else None,
        "venue": asked.get("venue"),
        "edition": edition,
        "items": list(_items(given.figures)),
    }


@blueprint.get("/figures/definitions")
@public
@remembered
@described(
    Call(
        "What every figure means, in an edition of the definitions.",
        "Definitions",
        query=DEFINITIONS_ASKED,
        refusals=("invalid",),
    )
)
def figure_definitions(asked: Given) -> Answer:
    """In the words of the pages."""
    edition = asked.get("edition", NEWEST)
    return {
        "edition": edition,
        "editions": sorted(EDITIONS),
        "items": [_definition_answer(each, edition) for each in _all_figures(edition)],
    }


def _all_figures(edition: str) -> Iterable[Figure]:
    """The figures of a house where nothing ever happened: every one that there is, with its unit."""
    return compute(Sheet(), Beside(), Span(date.min, date.min + timedelta(days=1)), edition=edition)


def _definition_answer(figure: Figure, edition: str) -> Answer:
    [definition] = (each for each in EDITIONS[edition] if each.code == figure.main)
    return {
        "code": figure.code,
        "definition": figure.definition,
        "unit": figure.unit,
        "since": definition.since,
        "label": words.label(figure.code),
        "formula": words.formula(figure.code),
        "caveat": words.caveat(figure.code),
    }


def _houses(asked: Given) -> Sequence[Venue]:
    """The house that is asked for, or all whose figures the visitor sees.

    Raises:
        NotFound: they do not see its figures.
    """
    if "venue" in asked:
        venue = venue_by_slug(asked["venue"])
        demand(visitor(), "figures.see", venue)
        return [venue]
    return in_totals(houses_seen_by(visitor()))


def _span(asked: Given) -> Span:
    try:
        span = Span(asked["from"], asked["to"])
    except NoSuchSpan:
        told = _("This is not after the first day. Choose a later day.")
        raise Invalid({"to": [told]}) from None
    if months_back(span.after, LONGEST_IN_MONTHS) > span.first:
        raise Invalid({"to": [_("This is more than ten years. Choose an earlier day.")]})
    return span


def _question(asked: Given, houses: Sequence[Venue], span: Span) -> Asked:
    ids = frozenset(each.id for each in houses)
    return Asked(
        ids,
        span,
        room_id=room_in(ids, asked["room"]).id if "room" in asked else None,
        standing=_or_not_known(asked.get("standing")),
        theme=_or_not_known(asked.get("theme")),
    )


def _or_not_known(word: str | None) -> str | None:
    return "" if word == NOT_KNOWN else word


def _items(figures: Figures) -> Iterator[Answer]:
    """Every code of the definitions; one that has parts only stands before its parts, without a value."""
    known: set[str] = set()
    for each in figures:
        if each.main not in known and each.part:
            yield _figure_answer(Figure(each.main, None, each.unit, definition=each.definition))
        known.add(each.main)
        yield _figure_answer(each)


def _figure_answer(figure: Figure) -> Answer:
    value, coverage = figure.written, figure.coverage
    return {
        "code": figure.code,
        "value": _number(value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unit": figure.unit,
        "coverage": None if coverage is None else _number(rounded(coverage)),
        "definition": figure.definition,
        "reason": figure.reason or (ONLY_PARTS if value is None else None),
    }


def _number(value: Decimal | int | None) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value
