"""Tables of calendars of others: what a house subscribed to, the times found there, what clashes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model
from buurthuis.venues.models import Room, Venue

LONGEST_NAME = 80


class OutsideCalendar(Model):
    """A calendar of others to which a house subscribed; its times close rooms as `Closure` rows.

    With `ended_at` the house stopped: nothing is fetched any more and the address is forgotten.
    """

    __tablename__ = "outside_calendar"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures"),
        Index("ix_outside_calendar_venue_id", "venue_id"),
        Index("ix_outside_calendar_look_at", "look_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """Everybody reads it beside the time that is taken: whose it is."""
    address: Mapped[str] = mapped_column(Text)
    """Often a secret: whoever has it reads the calendar. It is never shown again."""
    takes_whole_days: Mapped[bool]
    """Whether events of a whole day close the room too: a sports day does, a holiday does not."""
    keeps_titles: Mapped[bool]
    """Whether managers read what the events are called; else the titles are not even kept."""
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
    """When to look again; None once it has ended."""
    tried_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    """When it last came whole, also when nothing was new."""
    taken_in_at: Mapped[datetime | None]
    """When it was last read from the first line to the last, for the days that came in sight."""
    etag: Mapped[str] = mapped_column(String(200), default="")
    last_modified: Mapped[str] = mapped_column(String(200), default="")
    failures: Mapped[int] = mapped_column(default=0)
    """How often in a row it did not come, or came as nothing that one can believe."""
    trouble: Mapped[str] = mapped_column(String(40), default="")
    """The code of the refusal of the last time; "" while all is well."""
    trouble_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_believed: Mapped[bool] = mapped_column(default=False)
    """Somebody said that it is right, however little is left of it: true for one look."""
    left_out: Mapped[int] = mapped_column(default=0)
    """How many events of it could not be read."""
    told_stopped_at: Mapped[datetime | None]

    venue: Mapped[Venue] = relationship()
    rooms: Mapped[list[Room]] = relationship(
        secondary="outside_room", order_by="(Room.position, Room.id)"
    )


class OutsideRoom(Model):
    """One room that a calendar of others takes."""

    __tablename__ = "outside_room"

    calendar_id: Mapped[int] = mapped_column(
        ForeignKey("outside_calendar.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), primary_key=True)


class OutsideTime(Model):
    """One time that a calendar takes, as it was found there; those that are over are forgotten."""

    __tablename__ = "outside_time"
    __table_args__ = (
        CheckConstraint("to_at > from_at", name="order"),
        Index("ix_outside_time_calendar_id_from_at", "calendar_id", "from_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("outside_calendar.id", ondelete="CASCADE"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(200), default="")
    is_doubtful: Mapped[bool] = mapped_column(default=False)


class OutsideClash(Model):
    """A booking that stands where a calendar of others takes the room, once the managers heard of it."""

    __tablename__ = "outside_clash"

    calendar_id: Mapped[int] = mapped_column(
        ForeignKey("outside_calendar.id", ondelete="CASCADE"), primary_key=True
    )
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    told_at: Mapped[datetime]
