"""What a standing asks, groups that ask to be recognised, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

COLUMNS = {
    "reference": {"type_": sa.String(length=300), "server_default": "", "nullable": False},
    "purpose": {"type_": sa.String(length=30)},
    "ended_by_id": {"type_": sa.Integer()},
    "ended_at": {"type_": sa.BigInteger()},
    "reminded_at": {"type_": sa.BigInteger()},
}


def upgrade() -> None:
    op.add_column("standing", sa.Column("asks", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("recognition") as table:
        for name, facts in COLUMNS.items():
            table.add_column(sa.Column(name, **facts))
        table.create_foreign_key(
            op.f("fk_recognition_ended_by_id"), "person", ["ended_by_id"], ["id"]
        )
    _application()


def downgrade() -> None:
    for index in ("uq_application_open_in_house", "uq_application_open_everywhere"):
        op.drop_index(index, table_name="application")
    op.drop_index(op.f("ix_application_initiative_id"), table_name="application")
    op.drop_index(op.f("ix_application_venue_id"), table_name="application")
    op.drop_table("application")
    with op.batch_alter_table("recognition") as table:
        table.drop_constraint(op.f("fk_recognition_ended_by_id"), type_="foreignkey")
        for name in reversed(COLUMNS):
            table.drop_column(name)
    op.drop_column("standing", "asks")


def _foreign(column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_application_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=True),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recognition_id", sa.Integer(), nullable=True),
        sa.Column("appeal_of_id", sa.Integer(), nullable=True),
        sa.Column("appeal_of_end_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_application_decided")
        ),
        sa.CheckConstraint(
            "(state = 'recognised') = (recognition_id IS NOT NULL)",
            name=op.f("ck_application_recognised"),
        ),
        _foreign("initiative_id", "initiative"),
        _foreign("venue_id", "venue"),
        _foreign("asked_by_id", "person"),
        _foreign("decided_by_id", "person"),
        _foreign("recognition_id", "recognition"),
        _foreign("appeal_of_id", "application"),
        _foreign("appeal_of_end_id", "recognition"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("appeal_of_id", name=op.f("uq_application_appeal_of_id")),
        sa.UniqueConstraint("appeal_of_end_id", name=op.f("uq_application_appeal_of_end_id")),
    )
    op.create_index(op.f("ix_application_initiative_id"), "application", ["initiative_id"])
    op.create_index(op.f("ix_application_venue_id"), "application", ["venue_id"])
    for name, columns, where in (
        ("in_house", ["initiative_id", "venue_id"], "state = 'asked' AND venue_id IS NOT NULL"),
        ("everywhere", ["initiative_id"], "state = 'asked' AND venue_id IS NULL"),
    ):
        op.create_index(
            f"uq_application_open_{name}",
            "application",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
