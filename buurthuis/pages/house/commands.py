"""The command with which the first evening begins."""

import click
from flask.cli import with_appcontext

from buurthuis.accounts.beginning import first_admins, is_empty
from buurthuis.accounts.signing import MINUTES, make_link
from buurthuis.pages.house.begin_link import HOURS, begin_link

FIRST_STEP = "/houses/new"


@click.command("begin")
@with_appcontext
def begin() -> None:
    """Print the link with which somebody sets up the first house."""
    if is_empty():
        click.echo("Open this link in a browser and set up your house.")
        click.echo(f"It works for {HOURS} hours, until somebody has begun.\n  {begin_link()}")
        return
    admins = [person for person in first_admins() if person.email]
    if not admins:
        raise click.ClickException(
            "There are houses already, and nobody looks after all of them."
            " First: user add EMAIL --name NAME --role admin"
        )
    click.echo(f"Somebody has begun already. {admins[0].name} can add a house with this link.")
    link = make_link(admins[0], next_path=FIRST_STEP)
    click.echo(f"It works once, for {MINUTES} minutes.\n  {link}")


commands: list[click.Command] = [begin]
