"""Tables of what a house decided about fair use: who goes first, prime time, quotas, what series leave."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from buurthuis.foundation.db import Model, choice, db
from buurthuis.foundation.keeping import kept
from buurthuis.rules import fair_use
from buurthuis.rules import prime_time as times
from buurthuis.rules.fair_use import FairUse
from buurthuis.rules.prime_time import Per
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.decisions import Decision, Matter


class FairUseRules(Model):
    """The rules of one house; a house without a row lets everybody book everything."""

    __tablename__ = "fair_use"
    __table_args__ = (
        CheckConstraint("others_days IS NULL OR others_days >= 0", name="others_days"),
        CheckConstraint(
            "series_percentage IS NULL OR series_percentage BETWEEN 0 AND 100",
            name="series_percentage",
        ),
        CheckConstraint("series_days >= 0", name="series_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), unique=True)
    others_days: Mapped[int | None]
    """So many days ahead others may book prime time; None: nobody goes first."""
    first_kinds: Mapped[list[Any]]
    first_purposes: Mapped[list[Any]]
    series_percentage: Mapped[int | None]
    """Series may hold so much of a room's prime time in a week; None: all of it."""
    series_days: Mapped[int] = mapped_column(default=0)

    prime_time: Mapped[list["PrimeTime"]] = relationship(
        order_by="(PrimeTime.weekday, PrimeTime.starts_minute)",
        cascade="all, delete-orphan",
        lazy="selectin",
    )
    quotas: Mapped[list["Quota"]] = relationship(
        order_by="Quota.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def as_rule(self) -> FairUse:
        """The same in the words of the house rules."""
        return FairUse(
            prime_time=tuple(window.as_rule for window in self.prime_time),
            others_days=self.others_days,
            first_kinds=frozenset(map(Kind, self.first_kinds)),
            first_purposes=frozenset(map(Purpose, self.first_purposes)),
            quotas=tuple(quota.as_rule for quota in self.quotas),
            series_percentage=self.series_percentage,
            series_days=self.series_days,
        )


class PrimeTime(Model):
    """A stretch of one weekday that many want."""

    __tablename__ = "prime_time"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "starts_minute BETWEEN 0 AND 1439 AND ends_minute > starts_minute"
            " AND ends_minute <= 2160",
            name="order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_use_id: Mapped[int] = mapped_column(ForeignKey("fair_use.id"), index=True)
    weekday: Mapped[int]
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]

    @property
    def as_rule(self) -> times.PrimeTime:
        """The same stretch in the words of the house rules."""
        return times.PrimeTime(self.weekday, self.starts_minute, self.ends_minute)


class Quota(Model):
    """How much one group may have in a week or a month; without kinds it is for every group."""

    __tablename__ = "quota"
    __table_args__ = (
        CheckConstraint("most_minutes > 0", name="most_minutes"),
        CheckConstraint("most_bookings > 0", name="most_bookings"),
        CheckConstraint(
            "most_minutes IS NOT NULL OR most_bookings IS NOT NULL", name="limits_something"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_use_id: Mapped[int] = mapped_column(ForeignKey("fair_use.id"), index=True)
    per: Mapped[Per] = mapped_column(choice(Per))
    most_minutes: Mapped[int | None]
    most_bookings: Mapped[int | None]
    is_prime_only: Mapped[bool] = mapped_column(default=False)
    kinds: Mapped[list[Any]]

    @property
    def as_rule(self) -> fair_use.Quota:
        """The same quota in the words of the house rules."""
        return fair_use.Quota(
            per=Per(self.per),
            most_minutes=self.most_minutes,
            most_bookings=self.most_bookings,
            is_prime_only=self.is_prime_only,
            kinds=frozenset(map(Kind, self.kinds)),
        )


@kept
def _known(session: Session) -> dict[int, FairUse]:
    return _read(session, select(FairUseRules))


@kept
def _decisions(session: Session) -> dict[int | None, Decision]:
    """The last decision of each house about fair use."""
    asked = select(Decision).where(Decision.about == Matter.FAIR_USE)
    in_order = session.scalars(asked.order_by(Decision.decided_on, Decision.id))
    return {decision.venue_id: decision for decision in in_order}


def fair_use_of(venue_ids: Iterable[int]) -> dict[int, FairUse]:
    """What houses decided about fair use; a house that decided nothing is left out."""
    houses = set(venue_ids)
    known = _known()
    if known is None:
        asked = select(FairUseRules).where(FairUseRules.venue_id.in_(houses))
        known = _read(db.session, asked)
    return {venue_id: rules for venue_id, rules in known.items() if venue_id in houses}


def _read(session: Any, asked: Select[FairUseRules]) -> dict[int, FairUse]:
    return {row.venue_id: row.as_rule for row in session.scalars(asked)}


def decision_about_fair_use(venue_id: int) -> Decision | None:
    """What residents of a house decided last about fair use, where that is known."""
    known = _decisions()
    if known is not None:
        return known.get(venue_id)
    asked = select(Decision).where(Decision.venue_id == venue_id, Decision.about == Matter.FAIR_USE)
    return db.session.scalars(
        asked.order_by(Decision.decided_on.desc(), Decision.id.desc())
    ).first()
