"""Pages of an invitation: type its code, see what it is, say yes; and take one back."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.accounts import invitations, login, queries, signing
from buurthuis.accounts.codes import LONG, understood
from buurthuis.accounts.devices import device_name
from buurthuis.accounts.door import Page, blueprint, per_address
from buurthuis.accounts.forms import LongCodeForm, WelcomeForm
from buurthuis.accounts.models import Invitation
from buurthuis.accounts.refusals import AddressKnown, InvitationGone, LastManager
from buurthuis.accounts.role_words import ROLE_MAY, ROLE_NAMES
from buurthuis.accounts.sign_in_routes import ASKED
from buurthuis.accounts.signing import Newcomer
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, public, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.languages import chosen_language


@blueprint.route("/invitation", methods=["GET", "POST"])
@public
@per_address
def invitation_code() -> Page:
    """Take the code from a paper."""
    form = LongCodeForm()
    if request.method != "POST":
        return _code_page(form)
    if not form.validate():
        return _code_page(form), 422
    if queries.invitation_behind(form.code.data, now=clock.now()) is None:
        form.wrong(form.code, sentence_of(InvitationGone()))
        return _code_page(form), 422
    return redirect(url_for("accounts.invitation", code=form.code.data), 303)


@blueprint.route("/invitation/<code>", methods=["GET", "POST"])
@public
@per_address
def invitation(code: str) -> Page:
    """Show what it is, with a button; looking at it uses up nothing."""
    meant = understood(code[:100], LONG)
    found = queries.invitation_behind(meant, now=clock.now()) if meant else None
    if found is None:
        return _gone()
    form = WelcomeForm(name=found.name)
    if request.method != "POST":
        return _invitation_page(found, form)
    try:
        return _say_yes(found, form, meant)
    except InvitationGone:
        return _gone()
    except LastManager as refusal:
        return _invitation_page(found, form, problem=sentence_of(refusal)), refusal.status


@blueprint.post("/invitations/<int:invitation_id>/withdraw")
@needs("invitation.withdraw", queries.invitation_by_id)
def withdraw_invitation(invitation: Invitation) -> Page:
    """Take an invitation back."""
    try:
        invitations.withdraw_invitation(invitation.id, by=visitor())
        flash(_("The invitation is taken back. Its code does not work any more."), "ok")
    except InvitationGone:
        flash(_("This invitation was used already. Look at the list once more."), "attention")
    if invitation.initiative_id is not None:
        here = url_for("accounts.initiative", initiative_id=invitation.initiative_id)
    else:
        here = url_for("desk.people", slug=invitation.venue.slug if invitation.venue else "")
    return redirect(here, 303)


def _say_yes(invitation: Invitation, form: WelcomeForm, code: str) -> Page:
    person = visitor()
    if person is not None and invitation.person_id is None:
        invitations.accept_invitation(invitation.id, by=person)
        return _welcome(invitation)
    if invitation.person_id is None and not form.validate():
        return _invitation_page(invitation, form), 422
    if form.email.data and invitation.email is None and invitation.person_id is None:
        return _prove_address(str(form.email.data), code)
    who = Newcomer(form.name.data or "", chosen_language(), _device())
    try:
        outcome = invitations.accept_as_newcomer(invitation.id, who)
    except AddressKnown:
        return _prove_address(invitation.email or "", code)
    login.let_in(session, outcome.token)
    return _welcome(invitation)


def _prove_address(email: str, code: str) -> Response:
    """Only whoever reads the mail of an address comes in with it; then back to the invitation."""
    way_back = url_for("accounts.invitation", code=code)
    signing.send_code(email, language=chosen_language(), next_path=way_back)
    session[ASKED] = {"email": email, "next": way_back}
    flash(_("First we look whether this address is yours."), "attention")
    return redirect(url_for("accounts.sign_in_code"), 303)


def _welcome(invitation: Invitation) -> Response:
    if invitation.initiative is not None:
        flash(_("Welcome. You can book for %(name)s now.", name=invitation.initiative.name), "ok")
        return redirect(url_for("pages.me"), 303)
    if invitation.role is not None and invitation.venue is not None:
        role = ROLE_NAMES[invitation.role]
        house = invitation.venue.name
        flash(_("Welcome. Your role in %(house)s: %(role)s.", house=house, role=role), "ok")
    else:
        flash(_("Welcome. You are signed in on this device."), "ok")
    return redirect(url_for("pages.me"), 303)


def _code_page(form: LongCodeForm) -> str:
    return render_template(
        "accounts/invitation_code.html", form=form, houses=queries.houses_with_telephone()
    )


def _invitation_page(invitation: Invitation, form: WelcomeForm, problem: str = "") -> str:
    role = invitation.role
    return render_template(
        "accounts/invitation.html",
        invitation=invitation,
        form=form,
        problem=problem,
        me=visitor(),
        role=ROLE_NAMES[role] if role else None,
        duties=ROLE_MAY[role] if role else None,
    )


def _gone() -> Page:
    refusal = InvitationGone()
    page = render_template(
        "accounts/invitation_gone.html",
        sentence=sentence_of(refusal),
        houses=queries.houses_with_telephone(),
    )
    return page, refusal.status


def _device() -> str:
    return device_name(request.headers.get("User-Agent", ""))
