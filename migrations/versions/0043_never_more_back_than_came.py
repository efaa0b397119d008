"""Never more goes back than came in: the database counts refunds and deposits."""

from alembic import op

from buurthuis.payments.refunds.guard import GUARDS, postgresql_statements, sqlite_statements

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sqlite_statements() if is_sqlite else postgresql_statements():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for each in GUARDS:
            for event in ("insert", "update"):
                op.execute(f"DROP TRIGGER {each['name']}_{event}")
    else:
        for each in GUARDS:
            op.execute(f"DROP TRIGGER {each['name']} ON {each['table']}")
            op.execute(f"DROP FUNCTION {each['name']}_look()")
