"""Pages of signing in and out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from buurthuis.accounts import login, proofs, queries, signing
from buurthuis.accounts.devices import device_name
from buurthuis.accounts.door import Page, blueprint, per_address
from buurthuis.accounts.forms import AddressForm, CodeForm, NameForm
from buurthuis.accounts.refusals import HasLeft, LinkGone, NameNeeded
from buurthuis.accounts.signing import Newcomer, SignedIn
from buurthuis.foundation import clock
from buurthuis.foundation.access import public, visitor
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.languages import chosen_language
from buurthuis.foundation.links import own_path

ASKED = "asked"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@per_address
def sign_in() -> Page:
    """Ask for an address and send a code there, whether it is known or not."""
    if request.method != "POST" and visitor() is not None:
        return redirect(_way_on(request.args.get("next")), 303)
    form = AddressForm()
    if request.method != "POST":
        form.next.data = _wanted(request.args.get("next"))
        return render_template(
            "accounts/sign_in.html", form=form, houses=queries.houses_with_telephone()
        )
    if not form.validate():
        return render_template(
            "accounts/sign_in.html", form=form, houses=queries.houses_with_telephone()
        ), 422
    next_path = _wanted(form.next.data)
    signing.send_code(form.email.data, language=chosen_language(), next_path=next_path)
    session[ASKED] = {"email": form.email.data, "next": next_path}
    return redirect(url_for("accounts.sign_in_code"), 303)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
@per_address
def sign_in_code() -> Page:
    """Take the code; on another device than the one that asked, the address is typed again."""
    form = CodeForm()
    if request.method != "POST":
        form.email.data = _asked().get("email", "")
        return _code_page(form)
    if not form.validate():
        return _code_page(form, asks_name=bool(form.name.errors)), 422
    who = Newcomer(form.name.data, chosen_language(), _device())
    outcome = signing.use_code(form.email.data, form.code.data, who)
    if isinstance(outcome, SignedIn):
        return _come_in(outcome)
    if isinstance(outcome, NameNeeded):
        return _code_page(form, asks_name=True), 422
    if isinstance(outcome, HasLeft):
        raise outcome
    form.code.errors = (sentence_of(outcome),)
    form.code.data = ""
    return _code_page(form), 422


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
@per_address
def sign_in_link(token: str) -> Page:
    """Show a button: programs that look at links in mail only look, and so use up nothing."""
    found = proofs.live_link(token, now=clock.now())
    if found is None:
        return _link_gone()
    form = NameForm()
    is_new = queries.is_new(found.email)
    page = {
        "form": form,
        "email": found.email,
        "is_new": is_new,
        "houses": queries.houses_with_telephone(),
    }
    if request.method != "POST":
        return render_template("accounts/sign_in_link.html", **page)
    if is_new and not form.validate():
        return render_template("accounts/sign_in_link.html", **page), 422
    who = Newcomer(form.name.data if is_new else "", chosen_language(), _device())
    outcome = signing.use_link(token, who)
    if isinstance(outcome, SignedIn):
        return _come_in(outcome)
    if isinstance(outcome, LinkGone):
        return _link_gone()
    raise outcome


@blueprint.post("/sign-out")
@public
def sign_out() -> Page:
    """End this session, in the table and in the browser."""
    person, token = visitor(), login.token_here()
    if person is not None:
        signing.end_session(queries.session_with(token), by=person)
    login.see_out(session)
    flash(_("You are signed out."), "ok")
    return redirect(url_for("pages.find"), 303)


def _come_in(outcome: SignedIn) -> Response:
    login.let_in(session, outcome.token)
    return redirect(_way_on(outcome.next_path), 303)


def _wanted(next_path: str | None) -> str:
    """Where the visitor was going, or "": elsewhere, and back to signing in, are no places to go."""
    path = own_path(next_path, "")
    return "" if path.startswith("/sign-") else path


def _way_on(next_path: str | None) -> str:
    return _wanted(next_path) or url_for("pages.me")


def _code_page(form: CodeForm, *, asks_name: bool = False) -> str:
    return render_template(
        "accounts/sign_in_code.html",
        form=form,
        asked=_asked(),
        asks_name=asks_name,
        minutes=signing.MINUTES,
        houses=queries.houses_with_telephone(),
    )


def _link_gone() -> Page:
    if visitor() is not None:
        return redirect(url_for("pages.me"), 303)
    return render_template(
        "accounts/link_gone.html", houses=queries.houses_with_telephone()
    ), LinkGone.status


def _asked() -> dict[str, str]:
    """The address to which this browser had a code sent."""
    asked = session.get(ASKED)
    return asked if isinstance(asked, dict) else {}


def _device() -> str:
    return device_name(request.headers.get("User-Agent", ""))
