"""What is public: houses that take part, and years as they were published."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "public_house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_public_house_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_house")),
        sa.UniqueConstraint("venue_id", name=op.f("uq_public_house_venue_id")),
    )
    op.create_table(
        "published_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_published_year_body")),
        sa.CheckConstraint("number > 0", name=op.f("ck_published_year_number")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_published_year_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_year")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_published_year_year_number")),
    )


def downgrade() -> None:
    op.drop_table("published_year")
    op.drop_table("public_house")
