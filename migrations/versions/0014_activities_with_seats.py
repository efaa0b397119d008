"""Activities for everybody, with seats."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

WAITS = sa.text("place = 'waiting'")


def points_to(table: str, name: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.String(length=30), nullable=False),
        sa.Column("spoken", sa.String(length=60), nullable=False),
        sa.Column("price", sa.String(length=60), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("told_from_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_out_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_out_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "seats IS NULL OR seats BETWEEN 1 AND 2000", name=op.f("ck_activity_seats")
        ),
        sa.CheckConstraint(
            "taken >= 0 AND (seats IS NULL OR taken <= seats)",
            name=op.f("ck_activity_seats_taken"),
        ),
        points_to("booking", "activity", "booking_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("uq_activity_booking_id", "activity", ["booking_id"], unique=True)
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=30), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("people BETWEEN 1 AND 4", name=op.f("ck_seat_people")),
        points_to("activity", "seat", "activity_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(
        "uq_seat_activity_id_submission", "seat", ["activity_id", "submission"], unique=True
    )
    op.create_index(
        "ix_seat_in_line",
        "seat",
        ["activity_id"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


def downgrade() -> None:
    op.drop_table("seat")
    op.drop_table("activity")
