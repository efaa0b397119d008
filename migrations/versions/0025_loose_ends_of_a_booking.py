"""What there was to tell somebody by telephone before an answer that may be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("phone_call", sa.Column("instead_of", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("phone_call", "instead_of")
