"""How a migration reaches the database: the program's own engine, one transaction for each step."""

from alembic import context
from flask import current_app

from buurthuis.foundation.db import Model, db

GUARDS = ("occupancy_no_overlap",)


def is_ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
    """Guards are written by hand in the migrations; autogenerate knows neither triggers nor EXCLUDE."""
    return not (name or "").startswith(GUARDS)


def run() -> None:
    """Bring the database to the wished-for migration."""
    # A step may fill tables before there is a pulse to tell; programs start anew after a migration.
    with db.engine.connect().execution_options(has_no_pulse=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            include_object=is_ours,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
