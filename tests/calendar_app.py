"""A calendar app that reads invitations from somebody's mail, by RFC 5546 and 6047 and nothing else.

It refuses what a strict app would refuse, and keeps what it was told; so what it shows at the end can
be compared with what the feed of the same person says.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import time_machine
from flask import current_app
from icalendar import Calendar

from buurthuis.accounts.models import Person
from buurthuis.feeds import calendars
from buurthuis.feeds.models import Feed, FeedKind
from buurthuis.foundation import clock, post
from buurthuis.foundation.db import db
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.foundation.post import Letter
from buurthuis.rules.told import SECOND_THOUGHTS

SHOWN = ("UID", "SUMMARY", "LOCATION")


@dataclass(frozen=True)
class Entry:
    """What a calendar shows of one event."""

    sequence: int
    stamp: datetime
    words: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    organiser: str

    @property
    def shown(self) -> tuple[Any, ...]:
        """What somebody sees."""
        return (*self.words, self.starts_at, self.ends_at)


@dataclass
class CalendarApp:
    """The calendar of one person, filled by their mail."""

    person: Person
    entries: dict[str, Entry] = field(default_factory=dict)
    methods: list[str] = field(default_factory=list)
    """What came in, in order."""
    read: set[str] = field(default_factory=set)

    def reads_mail(self) -> list[str]:
        """Read what has come since, as if nobody takes anything back any more; gives its methods."""
        with time_machine.travel(clock.now() + SECOND_THOUGHTS + timedelta(seconds=1), tick=False):
            mine = OutboxLetter.recipient == self.person.email
            known = len(self.methods)
            for row in (
                db.session.query(OutboxLetter)
                .filter(mine, OutboxLetter.due_at <= clock.now())
                .order_by(OutboxLetter.due_at, OutboxLetter.created_at)
            ):
                if row.id not in self.read:
                    self.read.add(row.id)
                    row.attempts = 1
                    self._open(post.compose(current_app.config["BUURTHUIS"], Letter.of(row)))
            db.session.commit()
            return self.methods[known:]

    @property
    def standing(self) -> set[tuple[Any, ...]]:
        """What goes through, as it is shown."""
        return {each.shown for each in self.entries.values() if not each.is_off}

    def _open(self, message: EmailMessage) -> None:
        parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
        assert len(parts) <= 1, "one calendar a mail"
        for part in parts:
            calendar = Calendar.from_ical(part.get_payload(decode=True))
            assert part.get_param("method") == calendar["METHOD"]
            assert part.get_param("charset") == "utf-8"
            self.methods.append(str(calendar["METHOD"]))
            self._apply(calendar, str(message["To"]))

    def _apply(self, calendar: Calendar, to: str) -> None:
        events = calendar.events
        method = calendar["METHOD"]
        if method in ("REQUEST", "CANCEL"):
            assert len(events) == 1, "an invitation is about one event"
            [event] = events
            assert event["ATTENDEE"] == f"mailto:{to}", "one attendee, who gets the mail"
            assert (event["STATUS"] == "CANCELLED") == (method == "CANCEL")
        for event in events:
            assert "ORGANIZER" in event or method == "PUBLISH"
            assert ("ATTENDEE" in event) == (method != "PUBLISH")
            self._take(event, method)

    def _take(self, event: Any, method: str) -> None:
        entry = entry_of(event)
        known = self.entries.get(event["UID"])
        if method == "CANCEL":
            assert known is not None, "what was never in it is not called off"
        if known is not None:
            is_theirs = known.organiser == entry.organiser or known.is_off
            assert is_theirs, "an app believes the organiser it knows"
            is_newer = (entry.sequence, entry.stamp) > (known.sequence, known.stamp)
            assert is_newer, "an app leaves what is not newer aside"
        self.entries[event["UID"]] = entry


def entry_of(event: Any) -> Entry:
    """One event as a calendar keeps it."""
    return Entry(
        sequence=int(event["SEQUENCE"]),
        stamp=event["DTSTAMP"].dt,
        words=tuple(str(event.get(name, "")) for name in SHOWN),
        starts_at=event["DTSTART"].dt,
        ends_at=event["DTEND"].dt,
        is_off=event["STATUS"] == "CANCELLED",
        organiser=str(event.get("ORGANIZER", "")),
    )


def feed_of(person: Person, kind: FeedKind) -> dict[str, Entry]:
    """What the feed of somebody says, by UID; what was only asked for left out."""
    feed = Feed(person=person, person_id=person.id, kind=kind, name="Mijn agenda")
    written = calendars.of_feed(feed, clock.now())
    events = Calendar.from_ical(written).events
    return {each["UID"]: entry_of(each) for each in events if each["STATUS"] != "TENTATIVE"}


def insist_it_says_what_the_feed_says(app: CalendarApp, kind: FeedKind = FeedKind.MINE) -> None:
    """What goes through is the same in both, and nothing that is off stands in the calendar."""
    feed = feed_of(app.person, kind)
    assert app.standing == {each.shown for each in feed.values() if not each.is_off}
    for uid, entry in app.entries.items():
        if uid in feed:
            assert entry.is_off == feed[uid].is_off
            assert entry.sequence <= feed[uid].sequence
