"""Imports of calendars and lists: what came in, from where, and how it is undone."""

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
