"""Tables of series: a rule with its days, what holds from a day on, what is asked, the days left out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.accounts.models import Initiative, Person
from buurthuis.extras.models import Extra
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import Model, choice
from buurthuis.rules import rrule
from buurthuis.rules.changes import ChangeStatus
from buurthuis.rules.recurrence import Rule
from buurthuis.rules.standing import Purpose
from buurthuis.venues.models import Room, Venue


class Why(StrEnum):
    """Why a day of a series has no booking; the words are public."""

    TAKEN = "taken"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    OUTSIDE_HOURS = "outside_hours"
    NO_PRICE = "no_price"
    NO_SUCH_TIME = "no_such_time"  # the clock skips it, because summer time begins
    TOO_FAR_AHEAD = "too_far_ahead"
    TOO_SOON = "too_soon"
    ALONE = "alone"  # the room goes only together with another one
    FAIR_USE = "fair_use"  # a rule of the house about who goes first, or how much one group has
    OUT_OF_STOCK = "out_of_stock"  # others have a thing that should come along
    EXTRA_TOO_LATE = "extra_too_late"  # the house wants to know of such a thing longer before
    LEFT_OUT = "left_out"  # the booker did not want it


IS_OPEN = text("status = 'asked'")


class Series(Model):
    """A rule by which one initiative books in one house, from `first_on` to `last_on`.

    `last_on` is the last day that the rule gave. Each day became a booking with a state, a price
    and a UID of its own, or was left out.
    """

    __tablename__ = "series"
    __allow_unmapped__ = True
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="order"),
        UniqueConstraint("booked_by_id", "submission", name="uq_series_submission"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id"), index=True)
    booked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submission: Mapped[str | None] = mapped_column(String(64))
    rule_text: Mapped[str] = mapped_column(String(200))
    first_on: Mapped[date]
    last_on: Mapped[date]
    created_at: Mapped[datetime]

    venue: Mapped[Venue] = relationship()
    initiative: Mapped[Initiative] = relationship()
    booked_by: Mapped[Person] = relationship()
    plans: Mapped[list["SeriesPlan"]] = relationship(
        order_by="SeriesPlan.from_on", back_populates="series", lazy="selectin"
    )
    left_out: Mapped[list["SeriesLeftOut"]] = relationship(
        order_by="SeriesLeftOut.day", cascade="all, delete-orphan"
    )
    changes: Mapped[list["SeriesChange"]] = relationship(
        order_by="SeriesChange.id", back_populates="series"
    )

    just_booked: Sequence[Any] | None = None
    """All its bookings where a verb has just made them, so that its answer need not ask for them."""

    @property
    def rule(self) -> Rule:
        """The rule as a value."""
        return rrule.parse(self.rule_text)

    @property
    def plan(self) -> "SeriesPlan":
        """What holds for the last days of the series."""
        return self.plans[-1]

    def plan_on(self, day: date) -> "SeriesPlan":
        """What holds on a day, as it was last decided for it."""
        return next((each for each in reversed(self.plans) if each.from_on <= day), self.plans[0])

    @property
    def asked(self) -> "SeriesChange | None":
        """The change that waits for an answer of the house; there is one at most."""
        return next((each for each in self.changes if each.is_open), None)


class SeriesPlan(Model):
    """When, where and what a series is from a day on, until the next plan begins.

    A booking that differs from the plan of its day was changed by itself: an exception. So no
    mark has to be kept, whoever changes a booking by whatever way. The minutes are the group's own;
    a day that has other extras or minutes keeps those, and goes along in everything else.
    """

    __tablename__ = "series_plan"
    __table_args__ = (
        CheckConstraint("starts_minute >= 0 AND starts_minute < 1440", name="starts"),
        CheckConstraint("ends_minute > starts_minute", name="order"),
        CheckConstraint("people IS NULL OR people > 0", name="people"),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    remark: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    people: Mapped[int | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    setup_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    teardown_minutes: Mapped[int] = mapped_column(default=0, server_default="0")

    series: Mapped[Series] = relationship(back_populates="plans")
    room: Mapped[Room] = relationship()
    things: Mapped[list["SeriesPlanExtra"]] = relationship(
        order_by="SeriesPlanExtra.extra_id", cascade="all, delete-orphan", lazy="joined"
    )

    @property
    def extras(self) -> tuple[Wanted, ...]:
        """How many of each extra go with every day."""
        return tuple(Wanted(each.extra_id, each.quantity) for each in self.things)

    @extras.setter
    def extras(self, wanted: Iterable[Wanted]) -> None:
        self.things = [SeriesPlanExtra(**each._asdict()) for each in wanted]


class SeriesPlanExtra(Model):
    """How many of an extra go with every day of a plan."""

    __tablename__ = "series_plan_extra"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        ForeignKeyConstraint(
            ["series_id", "from_on"],
            ["series_plan.series_id", "series_plan.from_on"],
            name="fk_series_plan_extra_series_plan",
        ),
    )

    series_id: Mapped[int] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    extra_id: Mapped[int] = mapped_column(ForeignKey("extra.id"), primary_key=True)
    quantity: Mapped[int]

    extra: Mapped[Extra] = relationship(lazy="joined")


class SeriesLeftOut(Model):
    """A day of the rule that was never booked, and why; it can be added again."""

    __tablename__ = "series_left_out"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    why: Mapped[Why] = mapped_column(choice(Why))


class SeriesChange(Model):
    """A change of all days from `from_on` on that the house was asked for; `values` are those of a plan.

    Each day that needs a yes has its own `change_request`, which holds its place and knows its
    price. The plan of the series follows with the yes, and not before.
    """

    __tablename__ = "series_change"
    __table_args__ = (
        Index(
            "uq_series_change_open",
            "series_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_series_change_series_id", "series_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    from_on: Mapped[date]
    values: Mapped[dict[str, Any]]
    status: Mapped[ChangeStatus] = mapped_column(choice(ChangeStatus))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What was planned when the house said yes, as long as that lies in the tray."""

    series: Mapped[Series] = relationship(back_populates="changes")

    @property
    def is_open(self) -> bool:
        """It still waits for an answer."""
        return self.status == ChangeStatus.ASKED
