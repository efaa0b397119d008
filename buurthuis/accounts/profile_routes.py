"""The page where somebody says who they are, and sees where they are signed in."""

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from buurthuis.accounts import actions, login, queries, signing
from buurthuis.accounts.door import Page, blueprint
from buurthuis.accounts.forms import ProfileForm
from buurthuis.accounts.hashes import token_hash
from buurthuis.accounts.models import SignInSession
from buurthuis.foundation import clock
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.languages import COOKIE

A_YEAR = 365 * 24 * 3600


@blueprint.route("/me/profile", methods=["GET", "POST"])
@signed_in
def profile() -> Page:
    """Name, telephone and language; and the browsers that are signed in."""
    form = ProfileForm(obj=visitor())
    if request.method != "POST":
        return _profile_page(form)
    if not form.validate():
        return _profile_page(form), 422
    actions.edit_person(
        visitor(),
        name=form.name.data,
        phone=form.phone.data,
        language=form.language.data,
        invited_to=form.invited_to if visitor().email else None,
    )
    flash(_("Saved."), "ok")
    answer = redirect(url_for("accounts.profile"), 303)
    answer.set_cookie(
        COOKIE,
        form.language.data,
        max_age=A_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer


@blueprint.post("/me/sessions/<int:session_id>/end")
@needs("session.end", queries.session_by_id)
def end_session(ended: SignInSession) -> Page:
    """Sign out one browser, perhaps this one."""
    is_here = ended.token_hash == token_hash(login.token_here())
    signing.end_session(ended, by=visitor())
    if is_here:
        login.see_out(session)
        flash(_("You are signed out."), "ok")
        return redirect(url_for("pages.find"), 303)
    flash(_("That device is signed out."), "ok")
    return redirect(url_for("accounts.profile"), 303)


def _profile_page(form: ProfileForm) -> str:
    person = visitor()
    return render_template(
        "accounts/profile.html",
        form=form,
        person=person,
        sessions=queries.live_sessions(person, now=clock.now()),
        hash_here=token_hash(login.token_here()),
        initiatives=queries.initiatives_of(person),
    )
