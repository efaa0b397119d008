"""A mark for changes of people, and an index in which a house counts its history with a group."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index(
        "ix_booking_history",
        "booking",
        ["venue_id", "initiative_id", "status", "cancelled_late", "from_at"],
    )
    op.add_column("pulse", sa.Column("people", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("pulse", "people")
    op.drop_index("ix_booking_history", "booking")
