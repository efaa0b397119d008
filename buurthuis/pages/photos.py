"""Photos by their address: public, and as a name never means another picture, kept by browsers for good."""

from flask import Response, request

from buurthuis.foundation.access import public
from buurthuis.foundation.assets import A_YEAR
from buurthuis.pages.blueprint import blueprint
from buurthuis.venues.queries import shown_picture


@blueprint.get("/photos/<picture>-<any(small,large):size>.jpg")
@public
def photo(picture: str, size: str) -> Response:
    """One picture that a house shows."""
    response = Response(shown_picture(picture, size), mimetype="image/jpeg")
    response.headers["Cache-Control"] = A_YEAR
    response.set_etag(f"{picture}-{size}")
    response.make_conditional(request)
    return response
