"""The guard in the database of the books: what stands in them is never changed or taken away.

Entries, invoices, their lines and what settles them are only added to; what was wrong is entered
the other way round. And money settles no more than came: whoever adds a settlement, the database
counts what is free of the payment: what went back for an invoice was settled there before, and is
not counted twice, so that rows can also be copied in the order of their tables. SQLite writes one
at a time; PostgreSQL locks the payment first.

A migration builds it from here: what is to be changed gets a new name, and a migration of its own.
"""

KEPT = ("ledger_entry", "invoice", "invoice_line", "settlement")

OVER_PAYMENT = """
NEW.how = 'payment' AND NEW.cents > 0 AND NEW.cents > (
    SELECT payment.cents
    - (SELECT COALESCE(SUM(other.cents), 0) FROM settlement AS other
       WHERE other.payment_id = payment.id AND other.how = 'payment')
    - (SELECT COALESCE(SUM(part.cents), 0) FROM deposit_turn AS part
       WHERE part.payment_id = payment.id AND part.turn = 'taken')
    - (SELECT COALESCE(SUM(back.cents), 0) FROM refund AS back
       WHERE back.payment_id = payment.id AND back.state <> 'failed'
         AND back.invoice_id IS NULL AND back.deposit_id IS NULL)
    FROM payment WHERE payment.id = NEW.payment_id)
"""

SQLITE_KEPT = """
CREATE TRIGGER {table}_is_kept_{event} BEFORE {moment} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}_is_kept'); END
"""
SQLITE_OVER = """
CREATE TRIGGER settlement_within_payment BEFORE INSERT ON settlement
WHEN {over}
BEGIN SELECT RAISE(ABORT, 'settlement_within_payment'); END
"""
POSTGRESQL_REFUSE = """
CREATE OR REPLACE FUNCTION is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%_is_kept', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""
POSTGRESQL_KEPT = """
CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION is_kept()
"""
POSTGRESQL_LOOK = """
CREATE OR REPLACE FUNCTION settlement_within_payment_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM payment WHERE payment.id = NEW.payment_id FOR NO KEY UPDATE;
    IF {over} THEN
        RAISE EXCEPTION 'settlement_within_payment' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""
POSTGRESQL_OVER = """
CREATE TRIGGER settlement_within_payment BEFORE INSERT ON settlement
FOR EACH ROW EXECUTE FUNCTION settlement_within_payment_look()
"""


def sqlite_statements() -> list[str]:
    """What SQLite is told."""
    kept = [
        SQLITE_KEPT.format(table=table, event=event, moment=moment)
        for table in KEPT
        for event, moment in (("update", "UPDATE"), ("delete", "DELETE"))
    ]
    return [*kept, SQLITE_OVER.format(over=OVER_PAYMENT)]


def postgresql_statements() -> list[str]:
    """What PostgreSQL is told."""
    kept = [POSTGRESQL_KEPT.format(table=table) for table in KEPT]
    look = POSTGRESQL_LOOK.format(over=OVER_PAYMENT)
    return [POSTGRESQL_REFUSE, *kept, look, POSTGRESQL_OVER]
