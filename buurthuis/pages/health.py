"""Whether the program lives, and whether it is ready for visitors; for machines that watch over it."""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from flask import Response, current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from buurthuis.foundation.access import public
from buurthuis.foundation.db import db
from buurthuis.occupancy import guard
from buurthuis.pages.blueprint import blueprint

GUARD_IS_TRUSTED_FOR = 60.0


@dataclass(slots=True)
class Trial:
    """When this process last tried the guard, and on which database."""

    at: float
    held: bool


_trials: dict[str, Trial] = {}


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process is alive; the database is not asked."""
    return _answer(200, "ok")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """The database answers, its tables are those of this version, and it refuses a double booking."""
    try:
        if not is_migrated():
            return _answer(503, "database not migrated")
        if not guard_holds():
            return _answer(503, "guard missing")
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return _answer(503, "database not reachable")
    return _answer(200, "ok")


def is_migrated() -> bool:
    """The database is at the last migration that this version knows."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return found == [newest_migration()]


def newest_migration() -> str:
    """The number of the last migration; its file is named by it."""
    # The library that runs migrations would tell as well, and takes 10 MB in every worker.
    steps = Path(current_app.config["MIGRATIONS"], "versions").glob("[0-9]*.py")
    return max(step.name.partition("_")[0] for step in steps)


def guard_holds() -> bool:
    """The guard against double booking works; tried again once a minute, for the trial takes a lock."""
    database = str(db.engine.url)
    last = _trials.get(database)
    if last is None or monotonic() - last.at > GUARD_IS_TRUSTED_FOR or not last.held:
        last = _trials[database] = Trial(monotonic(), guard.holds())
    return last.held


def _answer(status: int, text: str) -> Response:
    response = Response(text + "\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
