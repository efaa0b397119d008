"""Who wants an invitation of the calendar by mail, and what the calendar of a key-holder was told."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column(
        "person",
        sa.Column("invite_to_bookings", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "person",
        sa.Column("invite_to_shifts", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("duty", sa.Column("invited_sequence", sa.Integer(), nullable=True))
    op.add_column(
        "duty",
        sa.Column("is_in_calendar", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    for name in ("is_in_calendar", "invited_sequence"):
        op.drop_column("duty", name)
    for name in ("invite_to_shifts", "invite_to_bookings"):
        op.drop_column("person", name)
