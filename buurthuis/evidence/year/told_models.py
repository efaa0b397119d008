"""Tables of what a board writes down with its source: rates of hours, stories, outcomes for society."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.evidence.year.models import (
    LONGEST_CODE,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    OF_A_YEAR,
    Written,
)
from buurthuis.foundation.db import Model, choice
from buurthuis.rules.money import BasisPoints

LONGEST_LINK: Final = 300
LONGEST_TITLE: Final = 80
LONGEST_CONSENT: Final = 200


class RateLevel(StrEnum):
    """How carefully an hour of a volunteer is valued."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class VolunteerRate(Written, Model):
    """What an hour of a volunteer is worth from the first of a month on, and who says so.

    It holds for all houses. A version without cents takes the rate of that month back.
    """

    __tablename__ = "volunteer_rate"
    __table_args__ = (
        UniqueConstraint("level", "year", "month", "number"),
        CheckConstraint(OF_A_YEAR, name="year"),
        CheckConstraint("level IN ('low', 'mid', 'high')", name="level"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("hour_cents > 0", name="cents"),
        CheckConstraint("hour_cents IS NULL OR source <> ''", name="source"),
    )

    level: Mapped[RateLevel] = mapped_column(choice(RateLevel))
    year: Mapped[int]
    month: Mapped[int]
    hour_cents: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE), default="")
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")

    @property
    def from_on(self) -> date:
        """The first day on which it holds."""
        return date(self.year, self.month, 1)

    @property
    def is_taken_back(self) -> bool:
        """It says that the version before was a mistake."""
        return self.hour_cents is None

    @property
    def key(self) -> tuple[str | int, ...]:
        """How careful, and from which month."""
        return self.level, self.year, self.month

    @property
    def content(self) -> tuple[object, ...]:
        """The rate and who says so."""
        return self.hour_cents, self.source, self.link

    def again(self) -> Self:
        """The same rate once more."""
        told = {"hour_cents": self.hour_cents, "source": self.source, "link": self.link}
        return type(self)(level=self.level, year=self.year, month=self.month, **told)


class Story(Model):
    """What somebody told about a house, in a few words, with how they agreed that it is passed on.

    Whoever withdraws that takes every word along: the row that stays says only that there was one.
    Other words ask consent anew, so a story is never edited.
    """

    __tablename__ = "story"
    __table_args__ = (
        CheckConstraint(f"length(text) <= {LONGEST_TEXT}", name="length"),
        CheckConstraint("(withdrawn_at IS NULL) = (text <> '')", name="text"),
        CheckConstraint("(withdrawn_at IS NULL) = (title <> '')", name="title"),
        CheckConstraint("(withdrawn_at IS NULL) = (consent <> '')", name="consent"),
        CheckConstraint("withdrawn_at IS NULL OR teller = ''", name="teller"),
        CheckConstraint("teller <> '' OR NOT names_teller", name="names_teller"),
        CheckConstraint("consent_until >= told_on", name="until"),
        Index("ix_story_venue_id_told_on", "venue_id", "told_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    """The figure beside which it stands."""
    told_on: Mapped[date]
    teller: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    names_teller: Mapped[bool] = mapped_column(default=False)
    """The teller wants the name beside the story; else only the house reads it."""
    consent: Mapped[str] = mapped_column(String(LONGEST_CONSENT))
    """How the teller agreed: on paper, by letter, at the table."""
    consent_until: Mapped[date | None]
    """The last day on which it may be shown, where the teller named one."""
    is_public: Mapped[bool] = mapped_column(default=False)
    """It may also stand on the page for everybody; else in what the board shows and sends."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class SocialOutcome(Model):
    """A result for society in a year with a price somebody else wrote about, as a range.

    It is never edited: who changes one withdraws it and writes another.
    """

    __tablename__ = "social_outcome"
    __table_args__ = (
        CheckConstraint(OF_A_YEAR, name="year"),
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("source <> ''", name="source"),
        CheckConstraint(
            "price_low_cents BETWEEN 0 AND price_high_cents AND price_high_cents > 0", name="price"
        ),
        CheckConstraint(
            "deadweight_low_bp BETWEEN 0 AND deadweight_high_bp AND deadweight_high_bp <= 10000",
            name="deadweight",
        ),
        CheckConstraint(
            "attribution_low_bp BETWEEN 0 AND attribution_high_bp AND attribution_high_bp <= 10000",
            name="attribution",
        ),
        Index("ix_social_outcome_year", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    year: Mapped[int]
    words: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    """The figure that counts how often it happened."""
    price_low_cents: Mapped[int]
    price_high_cents: Mapped[int]
    deadweight_low_bp: Mapped[BasisPoints]
    """What would have happened anyway; and below, what is owed to the houses."""
    deadweight_high_bp: Mapped[BasisPoints]
    attribution_low_bp: Mapped[BasisPoints]
    attribution_high_bp: Mapped[BasisPoints]
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE))
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
