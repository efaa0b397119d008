"""The waiting list."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WAITS = sa.text("offer_id IS NULL AND left_at IS NULL")


def points_to(table: str, column: str) -> sa.ForeignKeyConstraint:
    """A wish names a row of another table."""
    name = f"fk_waiting_wish_{column}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(name))


def upgrade() -> None:
    op.create_table(
        "waiting_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("to_at", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.CheckConstraint("to_at > from_at", name=op.f("ck_waiting_wish_order")),
        sa.CheckConstraint("people IS NULL OR people > 0", name=op.f("ck_waiting_wish_people")),
        sa.CheckConstraint(
            "offer_id IS NULL OR left_at IS NULL", name=op.f("ck_waiting_wish_left_or_offered")
        ),
        points_to("venue", "venue_id"),
        points_to("room", "room_id"),
        points_to("initiative", "initiative_id"),
        points_to("person", "asked_by_id"),
        points_to("booking", "offer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_wish")),
    )
    op.create_index("uq_waiting_wish_offer_id", "waiting_wish", ["offer_id"], unique=True)
    op.create_index(
        "ix_waiting_wish_initiative_id_from_at", "waiting_wish", ["initiative_id", "from_at"]
    )
    op.create_index(
        "ix_waiting_wish_in_line",
        "waiting_wish",
        ["venue_id", "from_at"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


def downgrade() -> None:
    op.drop_index("ix_waiting_wish_in_line", "waiting_wish")
    op.drop_index("ix_waiting_wish_initiative_id_from_at", "waiting_wish")
    op.drop_index("uq_waiting_wish_offer_id", "waiting_wish")
    op.drop_table("waiting_wish")
