"""Nothing yet."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.get_bind()


def downgrade() -> None:
    op.get_bind()
