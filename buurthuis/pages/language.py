"""Choosing the language in which the house speaks."""

from flask import redirect, request
from werkzeug.wrappers import Response

from buurthuis.foundation.access import public
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.languages import COOKIE, LANGUAGES
from buurthuis.foundation.links import own_path
from buurthuis.pages.blueprint import blueprint

A_YEAR = 365 * 24 * 3600


@blueprint.get("/language/<code>")
@public
def language(code: str) -> Response:
    """Remember the language in the browser, and go back to the page one came from."""
    if code not in LANGUAGES:
        raise NotFound
    answer = redirect(own_path(request.args.get("next")), 303)
    answer.set_cookie(
        COOKIE, code, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer
