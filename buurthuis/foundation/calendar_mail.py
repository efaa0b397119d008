"""What goes along with a letter for a calendar app: an invitation to one event, or a file with several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from buurthuis.foundation import ical
from buurthuis.foundation.ical_event import Event, EventStatus, Method


@dataclass(frozen=True)
class Along:
    """Events of one house on their way to somebody's calendar, as they are now.

    An invitation is about one event and one person, and comes from an organiser (RFC 5546). So one
    event is asked (REQUEST), or called off when it does not go through (CANCEL). Several, or those
    of a house that has no address, are told of in one file (PUBLISH), which an app reads by UID and
    SEQUENCE all the same.
    """

    events: Sequence[Event]
    house: str
    organiser: str

    def to(self, address: str) -> str | None:
        """As the outbox keeps it for one address; None when there is nothing to tell."""
        if not self.events:
            return None
        if self.is_file:
            return self._file
        [event] = self._hosted
        method = Method.CANCEL if event.status == EventStatus.CANCELLED else Method.REQUEST
        invitation = replace(event, attendee=address)
        return ical.to_write([invitation], name=self.house, method=method)

    @property
    def is_file(self) -> bool:
        """Whether somebody opens it by hand, because no app does so by itself."""
        return len(self.events) > 1 or not self.organiser

    @cached_property
    def _file(self) -> str:
        return ical.to_write(self._hosted, name=self.house, method=Method.PUBLISH)

    @property
    def _hosted(self) -> list[Event]:
        return [
            replace(event, organiser=self.organiser, organiser_name=self.house)
            for event in self.events
        ]
