"""The pulse, which tells when what was read is old, and an index for the agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("houses", sa.BigInteger(), nullable=False),
        sa.Column("bookings", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_pulse_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )
    op.create_index(
        "ix_booking_is_public_status_from_at", "booking", ["is_public", "status", "from_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_booking_is_public_status_from_at", "booking")
    op.drop_table("pulse")
