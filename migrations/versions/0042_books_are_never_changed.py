"""The books, invoices and settlements are only added to: the database refuses every change."""

from alembic import op

from buurthuis.payments.ledger.guard import KEPT, postgresql_statements, sqlite_statements

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_statements() if is_sqlite else postgresql_statements():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER settlement_within_payment")
        for table in KEPT:
            for event in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_is_kept_{event}")
    else:
        op.execute("DROP TRIGGER settlement_within_payment ON settlement")
        op.execute("DROP FUNCTION settlement_within_payment_look()")
        for table in KEPT:
            op.execute(f"DROP TRIGGER {table}_is_kept ON {table}")
        op.execute("DROP FUNCTION is_kept()")
