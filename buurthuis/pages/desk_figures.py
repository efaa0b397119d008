"""The figures of a house from its desk: what is missing in this year or the last, and who can fill it in."""

from dataclasses import dataclass
from typing import Self

from flask import request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person
from buurthuis.evidence.missing import Missing, missing_in
from buurthuis.evidence.missing_words import sentence, what_now, who
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.pages.desk_door import blueprint, desk_page, house
from buurthuis.rules.calendar import day_of
from buurthuis.rules.figures.spans import year_span
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Line:
    """What is missing in words, and where whoever looks can fill it in."""

    words: str
    now: str
    who: str
    url: str | None

    @classmethod
    def of(cls, missing: Missing, person: Person) -> Self:
        """A line for somebody; who may not fill it in reads who can."""
        url = url_for(missing.endpoint, **missing.values) if missing.is_for(person) else None
        return cls(sentence(missing), what_now(missing), who(missing), url)


@blueprint.get("/figures")
@needs("desk.see", house)
def figures(venue: Venue) -> str:
    """What figures of a year still need."""
    person, now = visitor(), clock.now()
    this_year = day_of(now).year
    year = this_year - 1 if "before" in request.args else this_year
    return desk_page(
        "figures",
        venue,
        year=year,
        this_year=this_year,
        lines=[Line.of(each, person) for each in missing_in([venue], year_span(year), now)],
        sees_figures=may(person, "figures.see", venue),
        ways=_ways(venue),
    )


def _ways(venue: Venue) -> list[tuple[str, str, str]]:
    """Where one fills things in: a name, an address and a picture."""
    ways = [("desk.counts", _("How many came?"), "people")]
    if may(visitor(), "house.manage", venue):
        ways.append(("desk.themes", _("What activities are good for"), "question"))
        ways.append(("desk.work", _("Volunteer work"), "clock"))
    return [
        (words, url_for(endpoint, slug=venue.slug), picture) for endpoint, words, picture in ways
    ]
