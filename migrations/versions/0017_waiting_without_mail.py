"""Waiting without e-mail, and answers to changes that lie for two minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("change_request", sa.Column("before", sa.JSON(), nullable=True))
    op.add_column("change_request", sa.Column("answer_leaves_at", sa.BigInteger(), nullable=True))
    op.add_column("waiting_wish", sa.Column("submission", sa.String(length=64), nullable=True))
    op.create_index("uq_waiting_wish_submission", "waiting_wish", ["submission"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_waiting_wish_submission", table_name="waiting_wish")
    op.drop_column("waiting_wish", "submission")
    op.drop_column("change_request", "answer_leaves_at")
    op.drop_column("change_request", "before")
