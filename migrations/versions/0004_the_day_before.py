"""Letters the day before, and answers that can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("booking", sa.Column("answer_leaves_at", sa.BigInteger(), nullable=True))
    op.add_column("booking", sa.Column("reminded_of_at", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("about", sa.String(length=80), nullable=True))
    op.create_index("ix_outbox_about", "outbox", ["about"])


def downgrade() -> None:
    op.drop_index("ix_outbox_about", table_name="outbox")
    op.drop_column("outbox", "about")
    op.drop_column("booking", "reminded_of_at")
    op.drop_column("booking", "answer_leaves_at")
