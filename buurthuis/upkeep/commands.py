"""Commands that look after the program: `doctor` and the links for the demo."""

import click
from flask import current_app
from flask.cli import with_appcontext

from buurthuis.upkeep.doctor import examine

MOST_SHOWN = 10


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check everything that must be true of the database; exit 0 only if all of it holds."""
    ill = False
    for finding in examine(current_app.config["MIGRATIONS"]):
        ill = ill or bool(finding.complaints)
        click.echo(f"{'✗' if finding.complaints else '✓'} {finding.name}")
        for complaint in finding.complaints[:MOST_SHOWN]:
            click.echo(f"    {complaint}")
        if len(finding.complaints) > MOST_SHOWN:
            click.echo(f"    and {len(finding.complaints) - MOST_SHOWN} more")
    if ill:
        raise SystemExit(1)


commands = [doctor]
