"""Tables of activities: what everybody may read about a booking, and who reserved seats for it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, exists, false, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.bookings.activities import told_as
from buurthuis.bookings.models import Booking
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Room
from buurthuis.venues.photos import LONGEST_ALT, Picture, is_shown_where, is_used_where

MOST_SEATS = 2000
MOST_AT_ONCE = 4
"""So many seats one visitor may reserve."""


class ForWhom(StrEnum):
    """Who is meant to come."""

    EVERYBODY = "everybody"
    CHILDREN = "children"
    YOUNG = "young"
    FAMILIES = "families"
    WOMEN = "women"
    OLDER = "older"


class Spoken(StrEnum):
    """A language that many in the neighbourhood speak; another one is written in words."""

    NL = "nl"
    EN = "en"
    AR = "ar"
    BER = "ber"
    TR = "tr"
    SRN = "srn"
    PAP = "pap"
    ES = "es"
    PT = "pt"
    FR = "fr"
    TW = "tw"
    PL = "pl"
    UK = "uk"


class Place(StrEnum):
    """How a visitor stands: with a seat, in the line for one, or not coming any more."""

    SEATED = "seated"
    WAITING = "waiting"
    GIVEN_UP = "given_up"


class Activity(Model):
    """What everybody may read about one booking. Without `seats`, people just come.

    `taken` counts the seats of everybody who is seated, and stays when their names are forgotten;
    the database lets it pass the number of seats for nobody. `told_from_at` is the start that
    visitors know, None once they heard that it does not go through; `told_room_id` is the room
    they know; `moved_from_at` is when it was before they heard of another time.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("seats IS NULL OR seats BETWEEN 1 AND 2000", name="seats"),
        CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name="seats_taken"),
        Index("uq_activity_booking_id", "booking_id", unique=True),
        Index("ix_activity_picture_id", "picture_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[ForWhom] = mapped_column(choice(ForWhom), default=ForWhom.EVERYBODY)
    spoken: Mapped[str] = mapped_column(String(60), default="")
    languages: Mapped[str] = mapped_column(String(80), default="", server_default="")
    """The codes of `Spoken`, each between spaces, so that one can be looked for."""
    price: Mapped[str] = mapped_column(String(60), default="")
    is_free: Mapped[bool] = mapped_column(default=False, server_default=false())
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))
    picture_alt: Mapped[str] = mapped_column(String(LONGEST_ALT), default="", server_default="")
    seats: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    told_from_at: Mapped[datetime | None]
    told_room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    moved_from_at: Mapped[datetime | None]
    taken_out_reason: Mapped[str] = mapped_column(Text, default="")

    booking: Mapped[Booking] = relationship()
    picture: Mapped[Picture | None] = relationship()
    told_room: Mapped[Room | None] = relationship()

    @property
    def venue_id(self) -> int:
        """The house in which it takes place."""
        return self.booking.venue_id

    @property
    def seats_left(self) -> int:
        """How many seats are left; none where nobody has to reserve."""
        return 0 if self.seats is None else self.seats - self.taken

    @property
    def spoken_here(self) -> list[Spoken]:
        """The languages that were ticked, in the order of the list."""
        return spoken_in(self.languages)

    @property
    def was_at(self) -> datetime | None:
        """When it would have been before it was last moved, told or not."""
        is_told = self.told_from_at in {None, self.booking.from_at}
        return self.moved_from_at if is_told else self.told_from_at


class Seat(Model):
    """Seats for one visitor and who comes along; the id is the place in the line.

    Whoever gives up is forgotten at once: name and address are wiped.
    """

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint("people BETWEEN 1 AND 4", name="people"),
        Index("uq_seat_activity_id_submission", "activity_id", "submission", unique=True),
        Index(
            "ix_seat_in_line",
            "activity_id",
            sqlite_where=text("place = 'waiting'"),
            postgresql_where=text("place = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    submission: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(8))
    people: Mapped[int]
    place: Mapped[Place] = mapped_column(choice(Place))
    made_at: Mapped[datetime]
    reminded_of_at: Mapped[datetime | None]

    activity: Mapped[Activity] = relationship()


def spoken_in(codes: str) -> list[Spoken]:
    """The languages that are stored so, in the order of the list."""
    return [each for each in Spoken if each in codes.split()]


def codes_of(languages: Iterable[Spoken]) -> str:
    """Languages as they are stored."""
    return "".join(f" {each} " for each in sorted(set(languages)))


_MINE = Activity.booking_id == Booking.id
told_as(select(Activity.title).where(_MINE).scalar_subquery())
_SHOWS = Activity.picture_id == Picture.id
is_used_where(exists().where(_SHOWS))
is_shown_where(exists().where(_SHOWS, Booking.id == Activity.booking_id, Booking.is_public))
