"""Tables of what comes on top of a room and of what goes off, all of one rate card."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    column,
    select,
    table,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from buurthuis.foundation.db import Model, choice
from buurthuis.rules.charges import Measure
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.standing import LONGEST_CODE, StandingCode

EVERY_DAY = 127
"""All days of the week as bits, Monday first."""

_EXTRA = table(
    "extra",
    column("id", Integer),
    column("name", String),
    column("slug", String),
    column("retired_at", BigInteger),
)
"""What an extra is stands a storey higher; of that only its names are read along."""


class Surcharge(Model):
    """What a house asks more, for a time of the week or for every booking, in all rooms or one.

    `amount` is in basis points for a share and else in cents. `weekdays` has a bit for each day,
    Monday first. `vat_bp` is for an amount for a booking; None means exempt.
    """

    __tablename__ = "surcharge"
    __table_args__ = (
        UniqueConstraint("card_id", "name"),
        CheckConstraint("measure IN ('share', 'hour', 'booking')", name="measure"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("measure <> 'share' OR amount <= 50000", name="share"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
        CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439 AND ends_minute > starts_minute"
            " AND ends_minute <= 2160 AND ends_minute - starts_minute <= 1440",
            name="window",
        ),
        CheckConstraint(
            "vat_bp IS NULL OR (measure = 'booking' AND vat_bp BETWEEN 0 AND 10000)", name="vat"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("rate_card.id"))
    name: Mapped[str] = mapped_column(String(60))
    measure: Mapped[Measure] = mapped_column(choice(Measure))
    amount: Mapped[int]
    weekdays: Mapped[int] = mapped_column(default=EVERY_DAY)
    starts_minute: Mapped[int] = mapped_column(default=0)
    ends_minute: Mapped[int] = mapped_column(default=1440)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    vat_bp: Mapped[int | None]


class ExtraRate(Model):
    """What an extra costs: for a piece, a person, an hour of the booking, or the booking."""

    __tablename__ = "extra_rate"
    __table_args__ = (
        UniqueConstraint("card_id", "extra_id"),
        CheckConstraint("measure IN ('piece', 'person', 'hour', 'booking')", name="measure"),
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("vat_bp IS NULL OR vat_bp BETWEEN 0 AND 10000", name="vat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("rate_card.id"))
    extra_id: Mapped[int] = mapped_column(ForeignKey("extra.id"))
    measure: Mapped[Measure] = mapped_column(choice(Measure))
    cents: Mapped[int]
    vat_bp: Mapped[int | None]

    name: Mapped[str] = column_property(
        select(_EXTRA.c.name).where(_EXTRA.c.id == extra_id).scalar_subquery()
    )
    slug: Mapped[str] = column_property(
        select(_EXTRA.c.slug).where(_EXTRA.c.id == extra_id).scalar_subquery()
    )
    is_lent: Mapped[bool] = column_property(
        select(_EXTRA.c.retired_at.is_(None)).where(_EXTRA.c.id == extra_id).scalar_subquery()
    )


class Reduction(Model):
    """So much less for a group that begins, in its first months, or for one that comes often.

    Who comes often pays less from its `from_nth` booking in a month, a quarter or a year on. With
    a `kind` it is for that standing alone.
    """

    __tablename__ = "reduction"
    __table_args__ = (
        Index("ix_reduction_card_id", "card_id"),
        CheckConstraint("reason IN ('starting', 'frequent')", name="reason"),
        CheckConstraint("off_bp BETWEEN 1 AND 10000", name="off"),
        CheckConstraint(
            "(reason = 'starting') = (months IS NOT NULL) AND (months IS NULL OR months > 0)",
            name="starting",
        ),
        CheckConstraint(
            "(reason = 'frequent') = (from_nth IS NOT NULL)"
            " AND (reason = 'frequent') = (per IS NOT NULL)"
            " AND (from_nth IS NULL OR from_nth > 1)"
            " AND (per IS NULL OR per IN ('month', 'quarter', 'year'))",
            name="frequent",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("rate_card.id"))
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    off_bp: Mapped[int]
    kind: Mapped[StandingCode | None] = mapped_column(String(LONGEST_CODE))
    months: Mapped[int | None]
    from_nth: Mapped[int | None]
    per: Mapped[Span | None] = mapped_column(choice(Span))
