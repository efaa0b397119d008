"""Tables of what a board writes down for a year: money, words and targets, each in versions."""

from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model, choice

LONGEST_SOURCE: Final = 200
LONGEST_TEXT: Final = 600
LONGEST_CODE: Final = 40
FIRST_YEAR, LAST_YEAR = 2000, 2100
TARGET_PARTS: Final = 10_000
"""A target is kept in ten-thousandths, so that 35% and 12,000 visits fit one column."""

OF_A_YEAR: Final = f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"


class MoneyKind(StrEnum):
    """What a house has to do with in a year, beside what its rooms bring in."""

    HOUSING_COSTS = "housing_costs"
    CONTRIBUTION = "contribution"
    OTHER_FUNDS = "other_funds"


class WordsKind(StrEnum):
    """What the board says itself about a year."""

    STOPS_WITHOUT = "stops_without"
    THANKS = "thanks"


class Written:
    """A version that somebody wrote down; it is never edited, and the newest one counts."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)
    number: Mapped[int]
    """1 for the first version."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    @property
    def is_taken_back(self) -> bool:
        """It says that the version before was a mistake."""
        raise NotImplementedError

    @property
    def key(self) -> tuple[str | int, ...]:
        """What it is a version of, within its house and year."""
        raise NotImplementedError

    @property
    def content(self) -> tuple[object, ...]:
        """What it says; two versions after each other never say the same."""
        raise NotImplementedError

    def again(self) -> Self:
        """A new row that says the same, to be the newest version."""
        raise NotImplementedError


class YearMoney(Written, Model):
    """An amount of one kind for one house and year; a version without cents takes it back."""

    __tablename__ = "year_money"
    __table_args__ = (
        UniqueConstraint("venue_id", "year", "kind", "number"),
        CheckConstraint(OF_A_YEAR, name="year"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("kind IN ('housing_costs', 'contribution', 'other_funds')", name="kind"),
        CheckConstraint("cents >= 0", name="cents"),
        CheckConstraint("cents IS NULL OR source <> ''", name="source"),
    )

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    year: Mapped[int]
    kind: Mapped[MoneyKind] = mapped_column(choice(MoneyKind))
    cents: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(LONGEST_SOURCE), default="")
    """Where the amount stands, and for what was given: by whom."""

    @property
    def is_taken_back(self) -> bool:
        """It says that the version before was a mistake."""
        return self.cents is None

    @property
    def key(self) -> tuple[str | int, ...]:
        """The kind of money."""
        return (self.kind,)

    @property
    def content(self) -> tuple[object, ...]:
        """The amount and where it stands."""
        return self.cents, self.source

    def again(self) -> Self:
        """The same amount once more."""
        told = {"kind": self.kind, "cents": self.cents, "source": self.source}
        return type(self)(venue_id=self.venue_id, year=self.year, **told)


class YearWords(Written, Model):
    """A few words about one house and year; a version without text takes them back."""

    __tablename__ = "year_words"
    __table_args__ = (
        UniqueConstraint("venue_id", "year", "kind", "number"),
        CheckConstraint(OF_A_YEAR, name="year"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("kind IN ('stops_without', 'thanks')", name="kind"),
        CheckConstraint(f"length(text) <= {LONGEST_TEXT}", name="length"),
    )

    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    year: Mapped[int]
    kind: Mapped[WordsKind] = mapped_column(choice(WordsKind))
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))

    @property
    def is_taken_back(self) -> bool:
        """It says that the version before was a mistake."""
        return not self.text

    @property
    def key(self) -> tuple[str | int, ...]:
        """What the words are about."""
        return (self.kind,)

    @property
    def content(self) -> tuple[object, ...]:
        """The words."""
        return (self.text,)

    def again(self) -> Self:
        """The same words once more."""
        told = {"kind": self.kind, "text": self.text}
        return type(self)(venue_id=self.venue_id, year=self.year, **told)


class Target(Written, Model):
    """What a figure should be at the end of a year, for one house or for all of them together."""

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint(OF_A_YEAR, name="year"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("code <> ''", name="code"),
        CheckConstraint("parts >= 0", name="parts"),
        Index(
            "uq_target_of_a_house",
            *("venue_id", "year", "code", "number"),
            unique=True,
            sqlite_where=text("venue_id IS NOT NULL"),
            postgresql_where=text("venue_id IS NOT NULL"),
        ),
        Index(
            "uq_target_of_all",
            *("year", "code", "number"),
            unique=True,
            sqlite_where=text("venue_id IS NULL"),
            postgresql_where=text("venue_id IS NULL"),
        ),
    )

    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    year: Mapped[int]
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    """The code of a figure or of one of its parts (`GELIJK.REFUSAL`)."""
    parts: Mapped[int | None] = mapped_column(BigInteger)
    """Ten-thousandths of the value, in the unit of the figure; None takes the target back."""

    @property
    def value(self) -> Fraction | None:
        """What the figure should be."""
        return None if self.parts is None else Fraction(self.parts, TARGET_PARTS)

    @property
    def is_taken_back(self) -> bool:
        """It says that there is no target after all."""
        return self.parts is None

    @property
    def key(self) -> tuple[str | int, ...]:
        """The figure."""
        return (self.code,)

    @property
    def content(self) -> tuple[object, ...]:
        """The value."""
        return (self.parts,)

    def again(self) -> Self:
        """The same target once more."""
        told = {"code": self.code, "parts": self.parts}
        return type(self)(venue_id=self.venue_id, year=self.year, **told)
