"""The door of the API: tokens and no cookies, its own limits, problems instead of pages."""

from typing import Final

from flask import Blueprint, Response, request

from buurthuis.api.problems import init_problems
from buurthuis.foundation.access import visitor
from buurthuis.foundation.errors import SignInNeeded
from buurthuis.foundation.security import csrf, limiter

LARGEST_BODY: Final = 256 * 1024
PER_PERSON: Final = "600 per minute"
PER_ADDRESS: Final = "120 per minute"

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


def _limit() -> str:
    return PER_ADDRESS if visitor() is None else PER_PERSON


# A program shows its token itself, so no other site can make it ask; cookies count for nothing here.
csrf.exempt(blueprint)
limiter.shared_limit(_limit, scope="api")(blueprint)
init_problems(blueprint)


@blueprint.before_request
def _look_at_the_token() -> None:
    """Whoever shows a token that does not count is told so, also where none is needed."""
    request.max_content_length = LARGEST_BODY
    if "Authorization" in request.headers and visitor() is None:
        raise SignInNeeded


@blueprint.after_request
def _headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Authorization, Accept-Language"
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="buurthuis"'
    return response
