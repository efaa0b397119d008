"""The commands `figures …`: keep them at once, and print them."""

import click
from flask.cli import AppGroup
from sqlalchemy import delete

from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.statistics.keeping import bites
from buurthuis.statistics.making import take
from buurthuis.statistics.models import FigureSheet
from buurthuis.statistics.showing import show

group = AppGroup("figures", help="What the houses are worth, in figures.")
group.add_command(show)

commands: list[click.Command] = [group]


@group.command("keep")
@click.option("--again", is_flag=True, help="Throw away what is kept, and fold all of it again.")
def keep_(again: bool) -> None:
    """Fold everything that is not kept yet, as the worker does bit by bit."""
    if again:
        db.session.execute(delete(FigureSheet))
        db.session.commit()
    left = bites(clock.now())
    with click.progressbar(left, label="Folding figures") as bar:
        for bite in bar:
            take(bite, clock.now())
    click.echo(f"{len(left)} months kept.")
