"""What the houses are worth, by year: all together, and each house by itself."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import select

from buurthuis.evidence.year.queries import stories_of
from buurthuis.foundation.access import public
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.value import shown
from buurthuis.pages.value.blueprint import blueprint
from buurthuis.rules.figures.spans import year_span
from buurthuis.statistics.public.queries import published, published_years
from buurthuis.statistics.public.rows import Of, Publication, Row
from buurthuis.statistics.words import standing_word, theme_word
from buurthuis.venues.models import Venue


@blueprint.get("/value")
@public
@remembered
def latest() -> str:
    """The last year that was published."""
    years = published_years()
    if not years:
        return render_template("value/nothing.html")
    return _year(years[0], years)


@blueprint.get("/value/<int:year>")
@public
@remembered
def year(year: int) -> str:
    """One year."""
    return _year(year, published_years())


def _year(year: int, years: list[int]) -> str:
    found = published(year)
    earlier = _before(found, years)
    is_alike = earlier is not None and list(earlier.houses) == list(found.houses)
    houses = [(shown.house_link(found, row.house), row) for row in found.of(Of.HOUSE)]
    standings = [(standing_word(row.standing), row) for row in found.of(Of.STANDING)]
    themes = [(theme_word(row.theme), row) for row in found.of(Of.THEME) if shown.has_some(row)]
    return render_template(
        "value/year.html",
        **_around(found, years, list(found.houses)),
        large=shown.large(found.all, earlier.all if earlier and is_alike else None),
        also=shown.also(found.all),
        head=shown.head(_("House"), shown.ACROSS),
        houses=shown.lines(houses, shown.ACROSS),
        bars=shown.bars(standings),
        standing_head=shown.head(_("Kind of group"), shown.OF_A_KIND),
        standings=shown.lines(standings, shown.OF_A_KIND),
        theme_bars=shown.bars(themes) if len(themes) > 1 else [],
        theme_head=shown.head(_("Theme"), shown.OF_A_KIND),
        themes=shown.lines(themes, shown.OF_A_KIND),
    )


@blueprint.get("/value/<int:year>/<slug>")
@public
@remembered
def house(year: int, slug: str) -> str:
    """One house in one year, by quarter."""
    years = published_years()
    found = published(year)
    if slug not in found.houses:
        raise NotFound(house=slug)
    earlier = _before(found, years)
    this, before = _row(found, slug), _row(earlier, slug) if earlier else None
    assert this is not None  # noqa: S101
    quarters = [
        (_("Quarter %(number)s", number=row.quarter), row)
        for row in found.of(Of.QUARTER)
        if row.house == slug
    ]
    return render_template(
        "value/house.html",
        **_around(found, years, [slug]),
        name=found.houses[slug],
        slug=slug,
        large=shown.large(this, before),
        also=shown.also(this),
        head=shown.head(_("Quarter"), shown.IN_A_QUARTER),
        quarters=shown.lines(quarters, shown.IN_A_QUARTER),
    )


def _around(found: Publication, years: list[int], slugs: list[str]) -> dict[str, Any]:
    """What stands on both pages."""
    venues = db.session.execute(select(Venue.id, Venue.name).where(Venue.slug.in_(slugs)))
    names = {venue.id: venue.name for venue in venues}
    return {
        "found": found,
        "year": found.year,
        "years": years,
        "names": names,
        "stories": stories_of(list(names), year_span(found.year), public_only=True),
    }


def _before(found: Publication, years: list[int]) -> Publication | None:
    return published(found.year - 1) if found.year - 1 in years else None


def _row(publication: Publication, slug: str) -> Row | None:
    return next((row for row in publication.of(Of.HOUSE) if row.house == slug), None)
