"""Tables of photos: pictures, known by what is on them, and where a house shows them."""

from datetime import datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    exists,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model

LONGEST_ALT = 200
MOST_PHOTOS = 8
"""Of a house, and of each of its rooms."""

KEPT_UNUSED = timedelta(days=30)
"""So long an older version of a house can bring a picture back that nobody shows any more."""


class Picture(Model):
    """One picture in two sizes, clean JPEGs both; the same picture is kept once, wherever it is shown.

    Its name is made from what is on it, so a name never means another picture.
    """

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    small_height: Mapped[int]
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    unused_since: Mapped[datetime | None]
    """No house shows it any more; for a while an older version of a house can bring it back."""


class Photo(Model):
    """A picture on the page of a house, or of one of its rooms, with the words for who cannot see it."""

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("alt <> ''", name="told"),
        Index(
            "uq_photo_of_house",
            "venue_id",
            "picture_id",
            unique=True,
            sqlite_where=text("room_id IS NULL"),
            postgresql_where=text("room_id IS NULL"),
        ),
        Index("uq_photo_of_room", "room_id", "picture_id", unique=True),
        Index("ix_photo_venue_id", "venue_id"),
        Index("ix_photo_picture_id", "picture_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"))
    alt: Mapped[str] = mapped_column(String(LONGEST_ALT))
    position: Mapped[int]

    picture: Mapped[Picture] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        """The name of its picture, as it stands in the address and in the house file."""
        return self.picture.name


_used: list[ColumnElement[bool]] = [exists().where(Photo.picture_id == Picture.id)]
_shown: list[ColumnElement[bool]] = [*_used]


def is_used_where(condition: ColumnElement[bool]) -> None:
    """Let a storey above keep pictures too: those are not forgotten."""
    _used.append(condition)


def is_shown_where(condition: ColumnElement[bool]) -> None:
    """Let a storey above show pictures to everybody too."""
    _shown.append(condition)


def is_used() -> ColumnElement[bool]:
    """Whether a picture is anybody's."""
    return or_(*_used)


def is_shown() -> ColumnElement[bool]:
    """Whether everybody may see a picture."""
    return or_(*_shown)
