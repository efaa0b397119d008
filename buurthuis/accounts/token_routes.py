"""The page of tokens: let a program act for you, see when it last did, and end it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts import queries, tokens
from buurthuis.accounts.door import Page, blueprint, per_person
from buurthuis.accounts.forms import TokenForm
from buurthuis.accounts.models import ApiToken
from buurthuis.accounts.refusals import NoSuchToken, TokenNameTaken
from buurthuis.foundation.access import needs, signed_in, visitor
from buurthuis.foundation.errors import sentence_of


@blueprint.route("/me/tokens", methods=["GET", "POST"])
@signed_in
@per_person
def my_tokens() -> Page:
    """The tokens one has, and a form for another; a new one is shown this once."""
    form = TokenForm()
    if request.method != "POST":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        token = tokens.make_token(visitor(), form.name.data or "")
    except TokenNameTaken as refusal:
        form.wrong(form.name, sentence_of(refusal))
        return _page(form), 422
    return render_template("accounts/token_made.html", token=token, name=form.name.data)


@blueprint.post("/me/tokens/<int:token_id>/revoke")
@needs("token.revoke", queries.token_by_id)
def revoke_token(token: ApiToken) -> Page:
    """End a token."""
    try:
        tokens.revoke_token(visitor(), token.name)
        flash(_("The token is ended. The program cannot come in any more."), "ok")
    except NoSuchToken:
        flash(_("This token was ended already. You need to do nothing."), "ok")
    return redirect(url_for("accounts.my_tokens"), 303)


def _page(form: TokenForm) -> str:
    return render_template("accounts/tokens.html", form=form, tokens=queries.tokens_of(visitor()))
