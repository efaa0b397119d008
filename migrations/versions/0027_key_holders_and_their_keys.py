"""What a key-holder offered before the last change, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("roster_wish", sa.Column("before", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("roster_wish", "before")
