"""Commands that look after the program: `doctor`, and `links` for whoever tries the demo."""

import click
from flask import current_app
from flask.cli import with_appcontext

from buurthuis.accounts.queries import person_with_address
from buurthuis.accounts.signing import MINUTES, make_link
from buurthuis.foundation.version import version
from buurthuis.imports.demo_people import SIGN_IN_AS
from buurthuis.upkeep.doctor import examine

MOST_SHOWN = 10


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check everything that must be true of the database; exit 0 only if all of it holds."""
    click.echo(f"buurthuis {version()}")
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


@click.command("links")
@with_appcontext
def links() -> None:
    """Print fresh links with which the people of the demo sign in."""
    known = [(each, person_with_address(each.email)) for each in SIGN_IN_AS]
    present = [(each, person) for each, person in known if person is not None and person.is_active]
    if not present:
        raise click.ClickException("The people of the demo are not here. First: seed")
    click.echo(f"Sign in as … (each link works once, for {MINUTES} minutes)")
    for each, person in present:
        click.echo(f"  {each.name}, {each.part}\n    {make_link(person)}")
    click.echo("Too late? `make links` prints new ones.")


commands = [doctor, links]
