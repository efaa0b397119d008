"""An activity as an event of a calendar for whoever comes, as the public feeds say it too."""

from dataclasses import replace

from buurthuis.activities.models import Activity
from buurthuis.bookings import in_calendar
from buurthuis.foundation import ical
from buurthuis.foundation.calendar_mail import Along
from buurthuis.foundation.ical_event import Event, Method
from buurthuis.foundation.links import absolute


def event_of(activity: Activity) -> Event:
    """What, when and where, with the words of its group and its picture; who comes is in none of it."""
    picture = activity.picture and absolute(
        "pages.photo", picture=activity.picture.name, size="large"
    )
    return replace(
        in_calendar.event_of(activity.booking),
        summary=activity.title,
        description=activity.text,
        url=absolute("activities.activity", activity_id=activity.id),
        image=picture or "",
        is_private=False,
    )


def file_of(activity: Activity) -> bytes:
    """The activity, to put in a calendar by hand."""
    house = activity.booking.venue.name
    return ical.calendar_bytes([event_of(activity)], name=house, method=Method.PUBLISH)


def along(activity: Activity) -> Along:
    """What goes along with a letter to a visitor: a file to open, for they asked for no invitation."""
    return Along([event_of(activity)], activity.booking.venue.name, organiser="")
