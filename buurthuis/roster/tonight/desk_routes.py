"""The pages of a shift for the coordinator: checklists, codes to keep, and what went wrong."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.foundation.access import needs, visitor
from buurthuis.foundation.errors import NotFound, Refusal, sentence_of
from buurthuis.foundation.rows import row_of
from buurthuis.roster.door import blueprint
from buurthuis.roster.tonight import actions, queries, words
from buurthuis.roster.tonight.forms import ChecklistForm, CodeForm
from buurthuis.roster.tonight.models import Incident, Moment
from buurthuis.roster.vault import actions as vault_actions
from buurthuis.roster.vault import sealing as vault
from buurthuis.roster.vault.models import HouseCode
from buurthuis.roster.vault.queries import codes_of
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

Answer = str | Response | tuple[str, int]
HOUSE = "/houses/<slug>/roster"


@blueprint.get(f"{HOUSE}/checklists")
@needs("roster.manage", venue_by_slug)
def checklists(venue: Venue) -> Answer:
    """What there is to do on opening and on closing."""
    return _checklists_page(venue)


@blueprint.post(f"{HOUSE}/checklists/opening")
@needs("roster.manage", venue_by_slug)
def write_opening(venue: Venue) -> Answer:
    """Write the list of opening anew."""
    return _write(venue, Moment.OPENING)


@blueprint.post(f"{HOUSE}/checklists/closing")
@needs("roster.manage", venue_by_slug)
def write_closing(venue: Venue) -> Answer:
    """Write the list of closing anew."""
    return _write(venue, Moment.CLOSING)


@blueprint.get(f"{HOUSE}/codes")
@needs("codes.keep", venue_by_slug)
def kept_codes(venue: Venue) -> Answer:
    """Which codes the house keeps; none is shown."""
    return _codes_page(venue)


@blueprint.post(f"{HOUSE}/codes")
@needs("codes.keep", venue_by_slug)
def keep_code(venue: Venue) -> Answer:
    """Write a code down."""
    form = CodeForm()
    if not vault.can_keep():
        return _codes_page(venue, notice=sentence_of(vault.NoVaultKey())), 409
    if not form.validate():
        form.forget_code()
        return _codes_page(venue, form=form), 422
    try:
        vault_actions.keep(
            venue, form.kind.data, form.place.data or "", form.code.data, by=visitor()
        )
    except Refusal as refusal:
        form.forget_code()
        return _codes_page(venue, form=form, notice=sentence_of(refusal)), refusal.status
    flash(_("Kept. Who opens or closes sees it during the shift."), "ok")
    return redirect(url_for("roster.kept_codes", slug=venue.slug), 303)


def code_here(slug: str, code_id: int) -> HouseCode:
    """A code of this house, sealed.

    Raises:
        NotFound
    """
    found = row_of(HouseCode, code_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


@blueprint.post(f"{HOUSE}/codes/<int:code_id>/throw-away")
@needs("code.throw_away", code_here)
def throw_code_away(code: HouseCode) -> Answer:
    """Keep a code no more."""
    vault_actions.throw_away(code.id, by=visitor())
    flash(_("The code is not kept any more."), "ok")
    return redirect(url_for("roster.kept_codes", slug=code.venue.slug), 303)


@blueprint.get(f"{HOUSE}/incidents")
@needs("incidents.read", venue_by_slug)
def incidents(venue: Venue) -> Answer:
    """What went wrong, what nobody has seen first."""
    return render_template(
        "roster/tonight_incidents.html",
        venue=venue,
        incidents=queries.incidents_of(venue),
        kinds=words.INCIDENTS,
    )


def incident_here(slug: str, incident_id: int) -> Incident:
    """Something that went wrong in this house.

    Raises:
        NotFound
    """
    found = queries.incident_by_id(incident_id)
    if found.venue.slug != slug:
        raise NotFound
    return found


@blueprint.post(f"{HOUSE}/incidents/<int:incident_id>/seen")
@needs("incident.see", incident_here)
def see_incident(incident: Incident) -> Answer:
    """I have seen it."""
    actions.see(incident.id, by=visitor())
    flash(_("Marked as seen."), "ok")
    return redirect(url_for("roster.incidents", slug=incident.venue.slug), 303)


def _write(venue: Venue, moment: Moment) -> Answer:
    form = ChecklistForm(prefix=f"{moment.value}-")
    if not form.validate():
        return _checklists_page(venue, {moment: form}), 422
    if actions.write_checklist(venue, moment, form.wanted, by=visitor()):
        flash(_("Saved. It holds from now on; what was ticked stays as it was."), "ok")
    else:
        flash(_("Nothing changed."), "ok")
    return redirect(url_for("roster.checklists", slug=venue.slug), 303)


def _checklists_page(venue: Venue, typed: dict[Moment, ChecklistForm] | None = None) -> str:
    typed = typed or {}
    return render_template(
        "roster/tonight_checklists.html",
        venue=venue,
        lists=words.LISTS,
        places={
            Moment.OPENING: url_for("roster.write_opening", slug=venue.slug),
            Moment.CLOSING: url_for("roster.write_closing", slug=venue.slug),
        },
        forms={moment: typed.get(moment) or _as_it_stands(venue, moment) for moment in Moment},
    )


def _as_it_stands(venue: Venue, moment: Moment) -> ChecklistForm:
    lines = "\n".join(item.text for item in queries.checklist_of(venue, moment))
    return ChecklistForm(formdata=None, lines=lines, prefix=f"{moment.value}-")


def _codes_page(venue: Venue, *, form: CodeForm | None = None, notice: str = "") -> str:
    return render_template(
        "roster/tonight_kept_codes.html",
        venue=venue,
        can_keep=vault.can_keep(),
        codes=codes_of(venue.id),
        form=form or CodeForm(formdata=None),
        notice=notice,
        kinds=words.CODES,
    )
