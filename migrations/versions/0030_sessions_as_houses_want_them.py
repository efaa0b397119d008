"""Nothing yet."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.get_bind()


def downgrade() -> None:
    op.get_bind()
