"""Pages of the initiatives one speaks for: start one, rename it, say who else may book."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts import actions, invitations, queries
from buurthuis.accounts.door import Page, blueprint, per_person
from buurthuis.accounts.forms import KINDS, GuestForm, InitiativeForm, RenameForm
from buurthuis.accounts.models import Initiative
from buurthuis.accounts.papers import printed
from buurthuis.accounts.refusals import LastSpeaker
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, signed_in, visitor
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.links import own_path
from buurthuis.foundation.rows import row_number
from buurthuis.rules.standing import Kind


@blueprint.route("/me/initiatives/new", methods=["GET", "POST"])
@signed_in
@per_person
def initiative_new() -> Page:
    """Start an initiative, and go back to where it was needed."""
    form = InitiativeForm()
    if request.method != "POST":
        return _new_page(form)
    if not form.validate():
        return _new_page(form), 422
    initiative = actions.make_initiative(form.name.data, Kind(form.kind.data), by=visitor())
    flash(_("%(name)s is in the books. You can book for it now.", name=initiative.name), "ok")
    otherwise = url_for("accounts.initiative", initiative_id=initiative.id)
    return redirect(own_path(request.args.get("next"), otherwise), 303)


@blueprint.route("/me/initiatives/<int:initiative_id>", methods=["GET", "POST"])
@needs("initiative.edit", queries.initiative_by_id)
def initiative(initiative: Initiative) -> Page:
    """The name of an initiative, and who speaks for it."""
    form = RenameForm(obj=initiative)
    if request.method != "POST":
        return _page(initiative, form, GuestForm(formdata=None))
    if not form.validate():
        return _page(initiative, form, GuestForm(formdata=None)), 422
    actions.rename_initiative(initiative, form.name.data, by=visitor())
    flash(_("Saved."), "ok")
    return _back_to(initiative)


@blueprint.post("/me/initiatives/<int:initiative_id>/people")
@needs("initiative.edit", queries.initiative_by_id)
@per_person
def invite_speaker(initiative: Initiative) -> Page:
    """Invite somebody to book for the initiative too, by mail or on paper."""
    form = GuestForm()
    if not form.validate():
        return _page(initiative, RenameForm(formdata=None, obj=initiative), form), 422
    code = invitations.invite_to_group(initiative, form.guest, by=visitor())
    if code:
        return printed(queries.invitation_of(code), code)
    flash(_("We sent a letter to %(email)s. Now they must say yes.", email=form.email.data), "ok")
    return _back_to(initiative)


@blueprint.post("/me/initiatives/<int:initiative_id>/contact")
@needs("initiative.edit", queries.initiative_by_id)
def choose_contact(initiative: Initiative) -> Page:
    """Say who gets the letters about every booking."""
    chosen = request.form.get("contact", "")
    person_id = request.form.get("contact", type=row_number)
    if chosen and person_id is None:
        raise NotFound
    actions.choose_contact(initiative, person_id, by=visitor())
    flash(_("Saved."), "ok")
    return _back_to(initiative)


@blueprint.post("/me/initiatives/<int:initiative_id>/people/remove")
@needs("initiative.edit", queries.initiative_by_id)
def remove_speaker(initiative: Initiative) -> Page:
    """Let somebody no longer book for the initiative; one may also step down oneself."""
    person_id = request.form.get("person", type=row_number)
    if person_id is None:
        raise NotFound
    try:
        actions.remove_speaker(initiative, person_id, by=visitor())
    except LastSpeaker as refusal:
        flash(sentence_of(refusal), "danger")
        return _back_to(initiative)
    if not may(visitor(), "initiative.edit", initiative):
        flash(_("You no longer book for %(name)s.", name=initiative.name), "ok")
        return redirect(url_for("pages.me"), 303)
    flash(_("Done. That person can no longer book for you."), "ok")
    return _back_to(initiative)


def _back_to(initiative: Initiative) -> Page:
    return redirect(url_for("accounts.initiative", initiative_id=initiative.id), 303)


def _new_page(form: InitiativeForm) -> str:
    return render_template("accounts/initiative_new.html", form=form)


def _page(initiative: Initiative, form: RenameForm, adding: GuestForm) -> str:
    return render_template(
        "accounts/initiative.html",
        initiative=initiative,
        kind=KINDS.get(initiative.kind),
        speakers=queries.speakers_of(initiative),
        contact=queries.contact_of(initiative),
        invited=queries.open_invitations(initiative, now=clock.now()),
        me=visitor(),
        form=form,
        adding=adding,
    )
