"""What figures are kept of each day and month, and what changed since."""

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
