"""What a series planned before a yes to a change, as long as that answer can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("series_change", sa.Column("before", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("series_change", "before")
