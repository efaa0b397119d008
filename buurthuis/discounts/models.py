"""Tables of budgets: how much discount the residents of a house want to give in a year."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Person
from buurthuis.foundation.db import Model
from buurthuis.rules.money import BasisPoints, Cents
from buurthuis.rules.standing import LONGEST_CODE, StandingCode


class Budget(Model):
    """What residents decided for one year; versions are added and never edited.

    The newest version of a year counts. `level_bp` is the threshold at which it stands, and
    `told_bp` the highest one of which the managers have a letter.
    """

    __tablename__ = "discount_budget"
    __table_args__ = (
        UniqueConstraint("venue_id", "year", "number"),
        CheckConstraint("cents >= 0", name="not_negative"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"))
    year: Mapped[int]
    number: Mapped[int]
    cents: Mapped[int]
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(120))
    reference: Mapped[str] = mapped_column(String(300), default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    level_bp: Mapped[BasisPoints] = mapped_column(default=0)
    told_bp: Mapped[BasisPoints] = mapped_column(default=0)

    made_by: Mapped[Person | None] = relationship()
    parts: Mapped[list["BudgetPart"]] = relationship(
        order_by="BudgetPart.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def shares(self) -> dict[StandingCode, Cents]:
        """What is set apart for each standing."""
        return {part.standing: part.cents for part in self.parts}

    @property
    def for_everybody_cents(self) -> Cents:
        """What is set apart for nobody in particular."""
        return self.cents - sum(part.cents for part in self.parts)


class BudgetPart(Model):
    """What of a budget is set apart for one standing."""

    __tablename__ = "discount_budget_part"
    __table_args__ = (
        UniqueConstraint("budget_id", "standing"),
        CheckConstraint("cents >= 0", name="not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("discount_budget.id"))
    standing: Mapped[StandingCode] = mapped_column(String(LONGEST_CODE))
    cents: Mapped[int]
