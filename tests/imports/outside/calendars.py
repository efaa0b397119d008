"""Calendars of others in tests: a house that follows one, and what such a calendar says."""

from datetime import datetime, timedelta

from buurthuis.foundation import clock
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.imports.outside import taking
from buurthuis.imports.outside.models import OutsideCalendar, OutsideTime
from buurthuis.rules.periods import Period
from buurthuis.venues.models import Room


def follows_a_calendar(
    room: Room, *times: Period, name: str = "School De Ark", **facts: object
) -> OutsideCalendar:
    """The house of a room follows a calendar that takes it at these times."""
    calendar = OutsideCalendar(
        venue_id=room.venue_id,
        name=name,
        rooms=[room],
        made_at=clock.now(),
        read_at=clock.now(),
        look_at=clock.now() + timedelta(minutes=30),
        **{
            "address": "https://ark.example/secret.ics",
            "takes_whole_days": True,
            "keeps_titles": False,
            **facts,
        },
    )
    db.session.add(calendar)
    db.session.flush()
    db.session.add_all(
        OutsideTime(calendar_id=calendar.id, from_at=each.start, to_at=each.end) for each in times
    )
    db.session.commit()
    settled(room)
    return calendar


@action
def settled(room: Room) -> None:
    """Let the calendars of the house of a room take what they want."""
    taking.settle(room.venue, clock.now())


def ics(*times: Period, title: str = "Gym class", **more: str) -> bytes:
    """A calendar file with an event at each of these times."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//De Ark//NL"]
    for number, each in enumerate(times):
        lines += ["BEGIN:VEVENT", f"UID:{number}@ark.example", "DTSTAMP:20260101T000000Z"]
        lines += [f"DTSTART:{_stamp(each.start)}", f"DTEND:{_stamp(each.end)}"]
        lines += [f"SUMMARY:{title} {number}", *(f"{name}:{value}" for name, value in more.items())]
        lines += ["END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"
