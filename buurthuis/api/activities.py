"""Calls about public activities: what is on, for whom, and how many seats are left."""

from buurthuis.activities import agenda
from buurthuis.activities.agenda import After, Entry, Listed
from buurthuis.activities.models import ForWhom
from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.paging import page, place_in
from buurthuis.api.shapes import ACTIVITIES
from buurthuis.api.values import Asked, as_id
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.links import absolute
from buurthuis.foundation.remembered import remembered
from buurthuis.rules.calendar import rfc3339
from buurthuis.venues.known import venue_by_slug


@blueprint.get("/activities")
@public
@remembered
@described(
    Call(
        "What is on in the houses for everybody, from now on, soonest first.",
        "Activities",
        query=ACTIVITIES,
        refusals=("invalid", "not-found"),
    )
)
def activities(asked: Asked) -> Answer:
    """The public agenda, with what one can look for there."""
    place = place_in(asked["after"]) if "after" in asked else None
    wanted = agenda.Asked(
        venue_id=venue_by_slug(asked["venue"]).id if "venue" in asked else None,
        since=asked.get("from"),
        until=asked.get("to"),
        for_whom=asked.get("for_whom"),
        language=asked.get("language"),
        entry=asked.get("entry"),
        is_free=asked["free"],
    )
    found = agenda.coming(
        wanted,
        now=clock.now(),
        most=asked["limit"] + 1,
        after=None if place is None else After(place.starts_at, place.booking_id),
    )
    return page(found, asked, draw=activity_answer, key=_place)


@blueprint.get("/activities/<public_id>")
@public
@remembered
@described(Call("One public activity.", "Activity", refusals=("not-found",)))
def activity(public_id: str) -> Answer:
    """One that is public and certain, also when it is over."""
    return activity_answer(agenda.listed(as_id(public_id)))


def activity_answer(found: Listed) -> Answer:
    """What everybody may know of it: neither the group nor who comes."""
    where = {"room": found.room_slug, "venue": found.venue_slug}
    return {
        "id": str(found.id),
        "title": found.title,
        "text": found.text or "",
        "from": rfc3339(found.from_at),
        "to": rfc3339(found.to_at),
        **where,
        "for_whom": found.for_whom or ForWhom.EVERYBODY,
        "languages": list(found.spoken_here),
        "other_languages": found.spoken or "",
        "free": found.is_free,
        "price": found.price or "",
        "entry": Entry.OPEN if found.seats is None else Entry.SEATS,
        "seats": found.seats,
        "seats_left": None if found.seats is None else found.seats_left,
        "picture": _picture(found),
        "url": found.number and absolute("activities.activity", activity_id=found.number),
        "changed_at": rfc3339(found.changed_at),
    }


def _picture(found: Listed) -> Answer | None:
    if found.picture is None:
        return None
    address = absolute("pages.photo", picture=found.picture, size="large")
    return {"url": address, "alt": found.alt}


def _place(found: Listed) -> str:
    return f"{int(found.from_at.timestamp())}-{found.id}"
