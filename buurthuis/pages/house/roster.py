"""Pages on which a house says how it is opened: the rules, who opens it themselves, the way to other houses."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.rows import row_number
from buurthuis.imports.queries import house_to_read
from buurthuis.pages.house.door import Answer, blueprint, first_page, house_here, house_page
from buurthuis.pages.house.roster_forms import WAYS, OwnEntryForm, RosterForm, travel_form
from buurthuis.pages.house.saving import Editing
from buurthuis.roster import rules_actions
from buurthuis.roster.models import OwnEntry, Way
from buurthuis.roster.rules_queries import groups_of, own_entries, travel_from
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import all_venues

OPENS_ITSELF = "/house/roster/groups"


@blueprint.route("/house/roster", methods=["GET", "POST"])
@needs("roster.manage", house_here)
def roster(venue: Venue) -> Answer:
    """How the house is opened and closed, and by how many."""
    editing = Editing(venue, house_to_read(venue), RosterForm.of)
    if editing.is_kept():
        return redirect(url_for("house.roster", slug=venue.slug), 303)
    back = _("The roster"), url_for("roster.week", slug=venue.slug)
    if may(visitor(), "house.manage", venue):
        back = first_page(venue)
    today = day_of(clock.now())
    return editing.page("roster", entries=own_entries(venue, today), ways=WAYS, back=back)


@blueprint.route(OPENS_ITSELF, methods=["GET", "POST"])
@needs("roster.manage", house_here)
def opens_itself(venue: Venue) -> Answer:
    """Choose a group that opens the house itself."""
    form = OwnEntryForm.among(groups_of(venue, day_of(clock.now())), day_of(clock.now()))
    if form.validate_on_submit():
        entry = rules_actions.let_open_itself(
            venue,
            row_number(form.group.data),
            Way(form.way.data),
            from_on=form.from_on.data,
            to_on=form.to_on.data,
            by=visitor(),
        )
        flash(_("%(group)s opens the house itself.", group=entry.initiative.name), "ok")
        return redirect(url_for("house.roster", slug=venue.slug), 303)
    page = house_page("roster_group", venue, form=form, back=_to_roster(venue))
    return page, 422 if request.method == "POST" else 200


def entry_here(slug: str, initiative_id: int) -> tuple[Venue, OwnEntry]:
    """A group that opens this house.

    Raises:
        NotFound
    """
    venue = house_here(slug)
    found = [
        each
        for each in own_entries(venue, day_of(clock.now()))
        if each.initiative_id == initiative_id
    ]
    if not found:
        raise NotFound
    return venue, found[0]


@blueprint.post(f"{OPENS_ITSELF}/<int:initiative_id>/end")
@needs("entry.manage", entry_here)
def no_longer_itself(here: tuple[Venue, OwnEntry]) -> Answer:
    """From today on somebody of the house opens for them again."""
    venue, entry = here
    name = entry.initiative.name
    rules_actions.end_own_entry(venue, entry.initiative_id, by=visitor())
    flash(_("From today on the house opens for %(group)s.", group=name), "ok")
    return redirect(url_for("house.roster", slug=venue.slug), 303)


@blueprint.route("/house/roster/travel", methods=["GET", "POST"])
@needs("roster.manage", house_here)
def travel(venue: Venue) -> Answer:
    """How long somebody needs from this house to each other one."""
    others = [each for each in all_venues() if each.id != venue.id]
    form = travel_form(others, travel_from(venue))
    if form.validate_on_submit():
        minutes = {other.id: form[f"to_{other.id}"].data for other in others}
        rules_actions.set_travel(venue, minutes, by=visitor())
        flash(_("Saved."), "ok")
        return redirect(url_for("house.roster", slug=venue.slug), 303)
    page = house_page("roster_travel", venue, form=form, others=others, back=_to_roster(venue))
    return page, 422 if request.method == "POST" else 200


def _to_roster(venue: Venue) -> tuple[str, str]:
    return _("Opening and closing"), url_for("house.roster", slug=venue.slug)
