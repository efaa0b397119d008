"""Changes that wait for a yes, and answers that take too long."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

IS_OPEN = sa.text("status = 'asked'")


def points_to(table: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    name = op.f(f"fk_change_request_{column}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("price_rule", sa.String(length=30), nullable=False),
        sa.Column("quote", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refusal_kind", sa.String(length=20), nullable=True),
        sa.Column("overdue_told_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_change_request_order")),
        sa.CheckConstraint(
            "status <> 'refused' OR reason <> ''",
            name=op.f("ck_change_request_refusal_has_reason"),
        ),
        points_to("booking", "booking_id"),
        points_to("venue", "venue_id"),
        points_to("room", "room_id"),
        points_to("person", "asked_by_id"),
        points_to("person", "decided_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    op.create_index(
        "uq_change_request_open",
        "change_request",
        ["booking_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index("ix_change_request_booking_id", "change_request", ["booking_id"])
    op.create_index("ix_change_request_venue_id_status", "change_request", ["venue_id", "status"])
    op.add_column("occupancy", sa.Column("change_id", sa.Integer(), nullable=True))
    op.add_column("booking", sa.Column("refusal_kind", sa.String(length=20), nullable=True))
    op.add_column("booking", sa.Column("overdue_told_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "venue", sa.Column("answer_within_hours", sa.Integer(), server_default="72", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("venue", "answer_within_hours")
    op.drop_column("booking", "overdue_told_at")
    op.drop_column("booking", "refusal_kind")
    op.execute("DELETE FROM occupancy WHERE change_id IS NOT NULL")
    op.drop_column("occupancy", "change_id")
    op.drop_table("change_request")
