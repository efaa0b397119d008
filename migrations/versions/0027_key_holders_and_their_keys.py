"""Nothing yet."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.get_bind()


def downgrade() -> None:
    op.get_bind()
