"""The commands of `flask --app app`, gathered from the features, and what its shell lays ready."""

from importlib import import_module

from flask import Flask

from buurthuis import worker
from buurthuis.upkeep.shell import init_shell

FEATURES = (
    "buurthuis.accounts.commands",
    "buurthuis.imports.commands",
    "buurthuis.pages.house.commands",
    "buurthuis.demo.commands",
    "buurthuis.upkeep.commands",
)
"""Each module has a list of `commands`."""


def register(app: Flask) -> None:
    """Add every command, and lay the table of the shell."""
    init_shell(app)
    app.cli.add_command(worker.command)
    for feature in FEATURES:
        for command in import_module(feature).commands:
            app.cli.add_command(command)
