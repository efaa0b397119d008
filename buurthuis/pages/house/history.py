"""The history of a house: what changed when, and who decided it; everybody may read it.

Who made a change is told by role alone; only managers of the house read the name.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation.access import may, public, visitor
from buurthuis.foundation.formatting import day
from buurthuis.imports.house import House
from buurthuis.imports.models import HouseVersion
from buurthuis.imports.versions import houses_at, versions_of
from buurthuis.pages.blueprint import blueprint
from buurthuis.pages.house.change_words import lines_between
from buurthuis.venues.decisions import Decision
from buurthuis.venues.queries import venue_by_slug

PER_PAGE = 10
HIGHEST = 2**31


@dataclass(frozen=True, slots=True)
class Row:
    """One version as the page shows it."""

    number: int
    made_at: datetime
    who: str
    lines: list[str]
    decision: str
    reference: str
    can_come_back: bool


@blueprint.get("/venues/<slug>/history")
@public
def history(slug: str) -> str:
    """Every version, newest first, ten to a page."""
    venue = venue_by_slug(slug)
    before = request.args.get("before", type=int)
    is_first = before is None or not 1 < before < HIGHEST
    found = list(versions_of(venue, most=PER_PAGE + 1, before=None if is_first else before))
    houses = houses_at(venue, [each.number for each in found])
    shown = found[:PER_PAGE]
    address = url_for("pages.history", slug=slug)
    is_manager = may(visitor(), "house.manage", venue)
    rows = [
        _row(each, houses, is_manager=is_manager, is_newest=is_first and each is found[0])
        for each in shown
    ]
    return render_template(
        "house/history.html",
        venue=venue,
        rows=rows,
        latest=None if is_first else (_("Latest"), address),
        earlier=(_("Earlier"), f"{address}?before={shown[-1].number}")
        if found[PER_PAGE:]
        else None,
    )


def _row(
    version: HouseVersion, houses: dict[int, House], *, is_manager: bool, is_newest: bool
) -> Row:
    before, after = houses.get(version.number - 1), houses[version.number]
    lines = lines_between(before, after) if before else [_("So the history begins.")]
    return Row(
        number=version.number,
        made_at=version.made_at,
        who=_who(version, is_manager=is_manager),
        lines=lines,
        decision=_decided(version.decision),
        reference=version.decision.reference if version.decision else "",
        can_come_back=is_manager and not is_newest,
    )


def _who(version: HouseVersion, *, is_manager: bool) -> str:
    if version.made_by is None:
        return ""
    return version.made_by.name if is_manager else _("a manager")


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return ""
    facts = {"who": decision.decided_by, "day": day(decision.decided_on, 0)}
    return _("Decided by %(who)s on %(day)s.", **facts)
