"""Who came, who did not, and a slip for whoever has no e-mail."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
