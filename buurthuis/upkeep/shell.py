"""What `flask shell` lays on the table: every table of the house, its verbs, its clock and its builders."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask import Flask

from buurthuis.foundation import clock, formatting
from buurthuis.foundation.db import Model, db
from buurthuis.rules import calendar, periods

FEATURES = ("accounts", "bookings", "feeds", "imports", "occupancy", "tariffs", "venues")
BUILDERS = "tests.builders"


def init_shell(app: Flask) -> None:
    """Lay the table for whoever opens `flask --app app shell`."""
    app.shell_context_processor(table)


def table() -> dict[str, object]:
    """The things by name: `Booking`, `db`, `clock.now()`, `bookings_actions.cancel(…)`, `a_venue()`."""
    models = {mapper.class_.__name__: mapper.class_ for mapper in Model.registry.mappers}
    tools = {
        "db": db,
        "clock": clock,
        "calendar": calendar,
        "formatting": formatting,
        "Period": periods.Period,
    }
    return {**models, **tools, **_verbs(), **_builders()}


def _verbs() -> dict[str, ModuleType]:
    """The actions and questions of each feature, named after it."""
    return {
        f"{feature}_{kind}": import_module(path)
        for feature in FEATURES
        for kind in ("actions", "queries")
        if find_spec(path := f"buurthuis.{feature}.{kind}")
    }


def _builders() -> dict[str, object]:
    """What the tests build with, in a checkout that has its tests."""
    if find_spec("tests") is None:
        return {}
    builders = import_module(BUILDERS)
    return {
        name: thing
        for name, thing in vars(builders).items()
        if callable(thing) and getattr(thing, "__module__", "") == BUILDERS
    }
