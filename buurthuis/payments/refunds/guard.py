"""The guard in the database that lets no more go back than came in, whoever writes the row.

Whenever money is to go back, the database adds up what goes back of that payment, and refuses what
is over it. It does the same with a deposit: what is given back and what is kept never come to more
than was taken. SQLite writes one at a time; PostgreSQL locks the payment or the deposit first.

A migration builds it from here: what is to be changed gets a new name, and a migration of its own.
"""

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


def sqlite_statements() -> list[str]:
    """What makes SQLite keep watch."""
    return [
        SQLITE.format(**each, event=event, moment=moment)
        for each in GUARDS
        for event, moment in (("insert", "INSERT"), ("update", each["changed"]))
    ]


def postgresql_statements() -> list[str]:
    """What makes PostgreSQL keep watch."""
    return [form.format(**each) for each in GUARDS for form in (POSTGRESQL_LOOK, POSTGRESQL)]
