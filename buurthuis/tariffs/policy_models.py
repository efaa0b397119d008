"""Tables of what is due when one cancels or does not come, by rate card and standing."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from buurthuis.foundation.db import Model, choice
from buurthuis.rules import cancellation
from buurthuis.rules.cancellation import NoticeUnit
from buurthuis.rules.standing import LONGEST_CODE, StandingCode


class Policy(Model):
    """What one standing owes who cancels late or does not come; without a `kind` everybody else."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint(
            "late_bp BETWEEN 0 AND 10000 AND begun_bp BETWEEN 0 AND 10000"
            " AND unused_bp BETWEEN 0 AND 10000",
            name="shares",
        ),
        CheckConstraint("person_decides_after >= 0", name="times"),
        UniqueConstraint("card_id", "kind"),
        Index(
            "uq_policy_of_everybody_else",
            "card_id",
            unique=True,
            sqlite_where=text("kind IS NULL"),
            postgresql_where=text("kind IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("rate_card.id"))
    kind: Mapped[StandingCode | None] = mapped_column(String(LONGEST_CODE))
    late_bp: Mapped[int]
    begun_bp: Mapped[int]
    unused_bp: Mapped[int]
    person_decides_after: Mapped[int | None]

    steps: Mapped[list["PolicyStep"]] = relationship(
        order_by="PolicyStep.position", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def as_rule(self) -> cancellation.Policy:
        """The same in the words of the house rules."""
        return cancellation.Policy(
            steps=tuple(
                cancellation.Step(each.notice, each.unit, each.due_bp) for each in self.steps
            ),
            late_bp=self.late_bp,
            begun_bp=self.begun_bp,
            unused_bp=self.unused_bp,
            person_decides_after=self.person_decides_after,
        )


class PolicyStep(Model):
    """With at least this notice, this share of the price is due."""

    __tablename__ = "policy_step"
    __table_args__ = (
        CheckConstraint("notice > 0", name="notice"),
        CheckConstraint("due_bp BETWEEN 0 AND 10000", name="share"),
    )

    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    notice: Mapped[int]
    unit: Mapped[NoticeUnit] = mapped_column(choice(NoticeUnit))
    due_bp: Mapped[int]
