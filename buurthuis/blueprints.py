"""Which doors the house has: every blueprint, and what must be ready before the first visitor."""

from importlib import import_module

from flask import Flask

from buurthuis.accounts.login import init_login
from buurthuis.pages.shell import init_shell

FEATURES = (
    "buurthuis.pages.routes",
    "buurthuis.accounts.routes",
    "buurthuis.bookings.routes",
    "buurthuis.pages.desk",
    "buurthuis.feeds.routes",
    "buurthuis.api.routes",
)
"""Each module has a `blueprint`; importing it also brings its rights and its sentences along."""


def register(app: Flask) -> None:
    """Open every door."""
    init_login(app)
    init_shell(app)
    for feature in FEATURES:
        try:
            app.register_blueprint(import_module(feature).blueprint)
        except ModuleNotFoundError as error:  # while the house is being built
            if error.name != feature:
                raise

    _while_building(app)


def _while_building(app: Flask) -> None:
    from buurthuis.foundation.access import public

    built = {rule.endpoint for rule in app.url_map.iter_rules()}
    for endpoint, path in (
        ("bookings.show", "/me/bookings/<int:booking_id>"),
        ("desk.booking", "/houses/<slug>/bookings/<int:booking_id>"),
        ("pages.find", "/"),
        ("pages.me", "/me"),
        ("pages.agenda", "/agenda"),
        ("pages.language", "/language/<code>"),
    ):
        if endpoint not in built:
            app.add_url_rule(path, endpoint, public(lambda **_: ""))
