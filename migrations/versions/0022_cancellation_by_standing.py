"""What is due when one cancels or does not come, by standing, and what is owed for a booking."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("late_bp", sa.Integer(), nullable=False),
        sa.Column("begun_bp", sa.Integer(), nullable=False),
        sa.Column("unused_bp", sa.Integer(), nullable=False),
        sa.Column("person_decides_after", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "late_bp BETWEEN 0 AND 10000 AND begun_bp BETWEEN 0 AND 10000"
            " AND unused_bp BETWEEN 0 AND 10000",
            name=op.f("ck_policy_shares"),
        ),
        sa.CheckConstraint("person_decides_after >= 0", name=op.f("ck_policy_times")),
        sa.ForeignKeyConstraint(["card_id"], ["rate_card.id"], name=op.f("fk_policy_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("card_id", "kind", name=op.f("uq_policy_card_id_kind")),
    )
    op.create_index(
        "uq_policy_of_everybody_else",
        "policy",
        ["card_id"],
        unique=True,
        sqlite_where=sa.text("kind IS NULL"),
        postgresql_where=sa.text("kind IS NULL"),
    )
    op.create_table(
        "policy_step",
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=30), nullable=False),
        sa.Column("due_bp", sa.Integer(), nullable=False),
        sa.CheckConstraint("notice > 0", name=op.f("ck_policy_step_notice")),
        sa.CheckConstraint("due_bp BETWEEN 0 AND 10000", name=op.f("ck_policy_step_share")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_policy_step_policy_id")
        ),
        sa.PrimaryKeyConstraint("policy_id", "position", name=op.f("pk_policy_step")),
    )
    op.create_table(
        "owed",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=30), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.Column("base_cents", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("base_cents >= 0 AND cents >= 0", name=op.f("ck_owed_not_negative")),
        sa.CheckConstraint("share_bp BETWEEN 0 AND 10000", name=op.f("ck_owed_share")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (reason = '')", name=op.f("ck_owed_decision_has_reason")
        ),
        sa.CheckConstraint(
            "state = 'due' OR (state = 'waived') = (decided_at IS NOT NULL)",
            name=op.f("ck_owed_state"),
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_owed_booking_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_owed_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_owed_venue_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_owed")),
    )
    op.create_index(op.f("ix_owed_decided_by_id"), "owed", ["decided_by_id"], unique=False)
    op.create_index("ix_owed_venue_id_state", "owed", ["venue_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_owed_venue_id_state", table_name="owed")
    op.drop_index(op.f("ix_owed_decided_by_id"), table_name="owed")
    op.drop_table("owed")
    op.drop_table("policy_step")
    op.drop_index(
        "uq_policy_of_everybody_else",
        table_name="policy",
        sqlite_where=sa.text("kind IS NULL"),
        postgresql_where=sa.text("kind IS NULL"),
    )
    op.drop_table("policy")
