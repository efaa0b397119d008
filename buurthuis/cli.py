"""The commands of `flask --app app`, gathered from the features, and what its shell lays ready."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import ParamSpec, TypeVar

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from buurthuis import worker
from buurthuis.foundation.db import db, ready_to_migrate
from buurthuis.occupancy.guard import is_built
from buurthuis.upkeep.shell import init_shell

FEATURES = (
    "buurthuis.accounts.commands",
    "buurthuis.imports.commands",
    "buurthuis.imports.bringing.commands",
    "buurthuis.roster.proposing.commands",
    "buurthuis.roster.vault.commands",
    "buurthuis.roster.hours.commands",
    "buurthuis.pages.house.commands",
    "buurthuis.statistics.commands",
    "buurthuis.statistics.annual.commands",
    "buurthuis.demo.commands",
    "buurthuis.upkeep.commands",
)
"""Each module has a list of `commands`."""

P = ParamSpec("P")
T = TypeVar("T")


class Commands(AppGroup):
    """Every command, read in when somebody asks for one: a worker of the web server never does."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self._app = app
        self._is_gathered = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        return super().get_command(self._gathered(ctx), cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return super().list_commands(self._gathered(ctx))

    def _gathered(self, ctx: click.Context) -> click.Context:
        if not self._is_gathered:
            self._is_gathered = True
            self.add_command(worker.command)
            for feature in FEATURES:
                for command in import_module(feature).commands:
                    self._expect_tables(command)
                    self.add_command(command)
            ready_to_migrate(self._app)
        return ctx

    def _expect_tables(self, command: click.Command) -> None:
        """Let a command, or each of a group, say what to do first where there are no tables yet."""
        if isinstance(command, click.Group):
            for each in command.commands.values():
                self._expect_tables(each)
        elif command.callback is not None:
            command.callback = _with_tables(command.callback)


def register(app: Flask) -> None:
    """Lay the commands ready, and the table of the shell."""
    init_shell(app)
    app.cli = Commands(app)


def _with_tables(callback: Callable[P, T]) -> Callable[P, T]:
    @wraps(callback)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return callback(*args, **kwargs)
        except DBAPIError:
            db.session.rollback()
            if is_built():
                raise
            raise click.ClickException("There are no tables yet. First: db upgrade") from None

    return told
