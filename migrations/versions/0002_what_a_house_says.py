"""What a house says about itself: notices, photos, ways in, and every version of it."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
