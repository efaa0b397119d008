"""Which doors the house has: every blueprint, and what must be ready before the first visitor."""

from importlib import import_module

from flask import Flask

from buurthuis.accounts.login import init_login
from buurthuis.pages.shell import init_shell
from buurthuis.pages.week_cells import init_week_cells

FEATURES = (
    "buurthuis.pages.routes",
    "buurthuis.accounts.routes",
    "buurthuis.bookings.routes",
    "buurthuis.roster.routes",
    "buurthuis.payments.routes",
    "buurthuis.activities.routes",
    "buurthuis.evidence.routes",
    "buurthuis.pages.house.begin_routes",
    "buurthuis.pages.desk",
    "buurthuis.pages.house.routes",
    "buurthuis.pages.money.routes",
    "buurthuis.pages.money.own_routes",
    "buurthuis.pages.board.routes",
    "buurthuis.pages.year.routes",
    "buurthuis.pages.value.routes",
    "buurthuis.feeds.routes",
    "buurthuis.api.routes",
    "buurthuis.handover.routes",
)
"""Each module has a `blueprint`; importing it also brings its rights and its sentences along."""


def register(app: Flask) -> None:
    """Open every door."""
    init_login(app)
    init_shell(app)
    init_week_cells(app)
    for feature in FEATURES:
        app.register_blueprint(import_module(feature).blueprint)
