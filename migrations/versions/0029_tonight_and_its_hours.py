"""Nothing yet."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.get_bind()


def downgrade() -> None:
    op.get_bind()
