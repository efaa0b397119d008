"""Who came, who did not, and a slip for whoever has no e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def points_to(table: str, name: str, column: str) -> sa.ForeignKeyConstraint:
    """A foreign key, called the way all of them are called."""
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))


def upgrade() -> None:
    op.add_column(
        "venue", sa.Column("grace_minutes", sa.Integer(), server_default="30", nullable=False)
    )
    op.create_table(
        "attendance",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("band", sa.String(length=30), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("released_from_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "people IS NULL OR (people > 0 AND band IS NOT NULL)",
            name=op.f("ck_attendance_people"),
        ),
        sa.CheckConstraint(
            "outcome = 'came' OR band IS NULL", name=op.f("ck_attendance_nobody_is_not_counted")
        ),
        sa.CheckConstraint(
            "outcome = 'no_show' OR released_from_at IS NULL",
            name=op.f("ck_attendance_released_when_nobody_came"),
        ),
        points_to("booking", "attendance", "booking_id"),
        points_to("person", "attendance", "said_by_id"),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_said_by_id", "attendance", ["said_by_id"])
    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=6), nullable=False),
        sa.Column("pin_hash", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        points_to("booking", "slip", "booking_id"),
        points_to("person", "slip", "made_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_slip_booking_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_slip_reference")),
    )
    op.create_index("ix_slip_made_by_id", "slip", ["made_by_id"])
    op.create_table(
        "slip_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_try")),
    )
    op.create_index("ix_slip_try_reference_hash_at", "slip_try", ["reference_hash", "at"])
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("news", sa.String(length=30), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        points_to("venue", "phone_call", "venue_id"),
        points_to("booking", "phone_call", "booking_id"),
        points_to("person", "phone_call", "person_id"),
        points_to("person", "phone_call", "called_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call")),
    )
    op.create_index(
        "ix_phone_call_waiting",
        "phone_call",
        ["booking_id"],
        sqlite_where=sa.text("called_at IS NULL"),
        postgresql_where=sa.text("called_at IS NULL"),
    )
    op.create_index("ix_phone_call_venue_id", "phone_call", ["venue_id", "called_at"])


def downgrade() -> None:
    for table in ("phone_call", "slip_try", "slip", "attendance"):
        op.drop_table(table)
    op.drop_column("venue", "grace_minutes")
