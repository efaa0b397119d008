"""The door of a room on an old tablet: free or taken, until when, and what comes next.

The page needs no script and no modern style sheet, and asks for itself again every minute.
"""

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from buurthuis.accounts.qr import drawn
from buurthuis.bookings.at_the_door import door_of
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.links import absolute
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.blueprint import blueprint
from buurthuis.rules.calendar import day_of
from buurthuis.venues.known import room_by_slug

SHOWN_NEXT = 3


@blueprint.get("/rooms/<slug>/door")
@public
@remembered
def door(slug: str) -> Response:
    """What hangs beside the door."""
    room = room_by_slug(slug)
    now = clock.now()
    address = absolute("pages.room", slug=room.slug)
    response = make_response(
        render_template(
            "pages/door.html",
            room=room,
            venue=room.venue,
            door=door_of(room, now=now),
            shown_next=SHOWN_NEXT,
            now=now,
            today=day_of(now),
            day_of=day_of,
            address=address.partition("://")[2],
            code=drawn(absolute("bookings.here", slug=room.slug)),
        )
    )
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)
