"""What residents of a house decided: the table, and what a decision can be about."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from buurthuis.foundation.db import Model, choice


class Matter(StrEnum):
    """What a decision is about."""

    RATES = "rates"
    HOURS = "hours"
    RULES = "rules"
    FAIR_USE = "fair_use"
    OTHER = "other"


class Decision(Model):
    """What residents decided, when and where it can be read."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)
    about: Mapped[Matter] = mapped_column(
        choice(Matter), default=Matter.RATES, server_default=Matter.RATES.value
    )
    subject: Mapped[str] = mapped_column(String(120))
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(120))
    reference: Mapped[str] = mapped_column(String(300), default="")
