"""What was given on each booking, and budgets of discount."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

BESIDE_THE_ROOM = ("cleaning", "extra")
LIST = ("part", "block", "hour", "least")


def upgrade() -> None:
    op.create_table(
        "discount_budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("level_bp", sa.Integer(), nullable=False),
        sa.Column("told_bp", sa.Integer(), nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_discount_budget_not_negative")),
        sa.CheckConstraint("number > 0", name=op.f("ck_discount_budget_number")),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venue.id"], name=op.f("fk_discount_budget_venue_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_discount_budget_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_budget")),
        sa.UniqueConstraint(
            "venue_id", "year", "number", name=op.f("uq_discount_budget_venue_id_year_number")
        ),
    )
    op.create_table(
        "discount_budget_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=30), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_discount_budget_part_not_negative")),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["discount_budget.id"], name=op.f("fk_discount_budget_part_budget_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount_budget_part")),
        sa.UniqueConstraint(
            "budget_id", "standing", name=op.f("uq_discount_budget_part_budget_id_standing")
        ),
    )
    op.add_column(
        "booking", sa.Column("given_cents", sa.Integer(), nullable=False, server_default="0")
    )
    _fill_in_what_was_given()


def _fill_in_what_was_given() -> None:
    """Where nothing was added to the price, the discount was given; else its lines tell."""
    op.execute("UPDATE booking SET given_cents = discount_cents WHERE surcharge_cents = 0")
    link = op.get_bind()
    asked = sa.text(
        "SELECT id, price_lines FROM booking WHERE surcharge_cents > 0 AND discount_cents > 0"
    )
    filled = sa.text("UPDATE booking SET given_cents = :given WHERE id = :id")
    found = []
    for number, kept in link.execute(asked).all():
        lines = json.loads(kept) if isinstance(kept, str) else kept
        of_room = [line for line in lines if line["kind"] not in BESIDE_THE_ROOM]
        listed = sum(line["cents"] for line in of_room if line["kind"] in LIST)
        given = max(0, listed - sum(line["cents"] for line in of_room))
        found.append({"id": number, "given": given})
    if found:
        link.execute(filled, found)


def downgrade() -> None:
    op.drop_column("booking", "given_cents")
    op.drop_table("discount_budget_part")
    op.drop_table("discount_budget")
