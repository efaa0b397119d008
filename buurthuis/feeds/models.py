"""The table of calendar subscriptions: private links to what one person may see."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.db import Model, choice
from buurthuis.venues.models import Venue


class FeedKind(StrEnum):
    """What a subscription shows."""

    MINE = "mine"  # the bookings of every initiative I speak for
    INITIATIVE = "initiative"  # the bookings of one initiative
    HOUSE = "house"  # all bookings of one house, for its managers
    SHIFTS = "shifts"  # the shifts I promised, and those for which I stand by
    UNFILLED = "unfilled"  # the shifts of one house that nobody does yet, for who plans them
    TO_TAKE = "to_take"  # the shifts that I may take


class Feed(Model):
    """One subscription behind a secret link; only the hash of its token is kept."""

    __tablename__ = "feed"
    __table_args__ = (
        CheckConstraint("(kind = 'initiative') = (initiative_id IS NOT NULL)", name="initiative"),
        CheckConstraint("(kind IN ('house', 'unfilled')) = (venue_id IS NOT NULL)", name="house"),
        Index("ix_feed_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[FeedKind] = mapped_column(choice(FeedKind))
    initiative_id: Mapped[int | None] = mapped_column(ForeignKey("initiative.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    initiative: Mapped[Initiative | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
