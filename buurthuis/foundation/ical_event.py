"""An event of a calendar, whatever app reads it, and how its words go out."""

import sys
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from buurthuis.rules import wording

LONGEST_LINE: Final = 250
LONGEST_TEXT: Final = 4000


class EventStatus(StrEnum):
    """Whether an event goes through."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    """What a calendar app that gets the file by mail should do with it."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a calendar; equal events are written in equal bytes.

    `changed_at` is the moment at which something changed that shows here. `organiser` and
    `attendee` are addresses for an invitation by mail, `sent_by` that of whoever writes it for the
    organiser; a feed never has them. Neither has it `created_at`: no app shows it, and in a thousand
    events it weighs more than their titles.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    created_at: datetime | None = None
    location: str = ""
    description: str = ""
    status: str = EventStatus.CONFIRMED
    is_busy: bool = True
    is_private: bool = False
    url: str = ""
    image: str = ""
    organiser: str = ""
    organiser_name: str = ""
    sent_by: str = ""
    attendee: str = ""


def clean_line(text: str) -> str:
    """A title or place as it goes out: on one line, without what nobody sees, not too long."""
    return wording.one_line(text, longest=sys.maxsize)[:LONGEST_LINE].rstrip()


def clean_text(text: str) -> str:
    """A description as it goes out: lines stay lines."""
    return wording.paragraphs(text, longest=sys.maxsize)[:LONGEST_TEXT].rstrip()
