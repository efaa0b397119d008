"""Never more goes back than came in: the database counts refunds and deposits."""

from alembic import op

revision = "0043"
down_revision = "0042"

OVER_PAYMENT = """
(SELECT SUM(back.cents) FROM refund AS back
 WHERE back.payment_id = NEW.payment_id AND back.state <> 'failed')
> (SELECT payment.cents FROM payment WHERE payment.id = NEW.payment_id)
"""
OVER_DEPOSIT = """
(SELECT COALESCE(SUM(CASE
    WHEN part.turn = 'taken' THEN part.cents
    WHEN part.turn = 'kept' AND part.agreed_at IS NOT NULL THEN -part.cents
    WHEN part.turn = 'given_back' AND refund.state <> 'failed' THEN -part.cents
    ELSE 0 END), 0)
 FROM deposit_turn AS part LEFT JOIN refund ON refund.id = part.refund_id
 WHERE part.deposit_id = NEW.deposit_id) < 0
"""

SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {moment} ON {table}
WHEN {over}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL_LOOK = """
CREATE OR REPLACE FUNCTION {name}_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM {locked} WHERE {locked}.id = NEW.{locked}_id FOR NO KEY UPDATE;
    IF {over} THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {name}
AFTER INSERT OR {changed} ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}_look()
"""
GUARDS = (
    {
        "name": "refund_within_payment",
        "table": "refund",
        "locked": "payment",
        "over": OVER_PAYMENT,
        "changed": "UPDATE OF payment_id, cents, state",
    },
    {
        "name": "deposit_within_taken",
        "table": "deposit_turn",
        "locked": "deposit",
        "over": OVER_DEPOSIT,
        "changed": "UPDATE OF deposit_id, turn, cents, agreed_at, refund_id",
    },
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for each in GUARDS:
            for event, moment in (("insert", "INSERT"), ("update", each["changed"])):
                op.execute(SQLITE.format(**each, event=event, moment=moment))
    else:
        for each in GUARDS:
            for form in (POSTGRESQL_LOOK, POSTGRESQL):
                op.execute(form.format(**each))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for each in GUARDS:
            for event in ("insert", "update"):
                op.execute(f"DROP TRIGGER {each['name']}_{event}")
    else:
        for each in GUARDS:
            op.execute(f"DROP TRIGGER {each['name']} ON {each['table']}")
            op.execute(f"DROP FUNCTION {each['name']}_look()")
