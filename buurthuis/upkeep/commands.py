"""Commands that look after the program: `doctor`, backups and copies, and `links` to try the demo."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from buurthuis.accounts.queries import person_with_address
from buurthuis.accounts.signing import MINUTES, make_link
from buurthuis.foundation.db import db
from buurthuis.foundation.reading import reading
from buurthuis.foundation.settings import PREFIX, Settings, from_environment
from buurthuis.foundation.version import version
from buurthuis.imports.demo_people import SIGN_IN_AS
from buurthuis.statistics.recounting import SAMPLE
from buurthuis.upkeep.backup import back_up, inspect_file
from buurthuis.upkeep.backup import restore as bring_back
from buurthuis.upkeep.copying import (
    PASSES,
    Tell,
    copy_from,
    count_rows,
    insist_on_newest,
    opened,
)
from buurthuis.upkeep.doctor import examine
from buurthuis.upkeep.troubles import OutOfReach, Trouble

MOST_SHOWN = 10
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("doctor")
@click.option("--all-figures", is_flag=True, help="Count all figures again, not only a sample.")
@with_appcontext
def doctor(all_figures: bool) -> None:
    """Check everything that must be true of the database; exit 0 only if all of it holds."""
    click.echo(f"buurthuis {version()}")
    ill = False
    months = None if all_figures else SAMPLE
    for finding in examine(current_app.config["MIGRATIONS"], months=months):
        ill = ill or bool(finding.complaints)
        click.echo(f"{'✗' if finding.complaints else '✓'} {finding.name}")
        for complaint in finding.complaints[:MOST_SHOWN]:
            click.echo(f"    {complaint}")
        if len(finding.complaints) > MOST_SHOWN:
            click.echo(f"    and {len(finding.complaints) - MOST_SHOWN} more")
        for told in finding.notes:
            click.echo(f"    {told}")
    if ill:
        raise SystemExit(1)


@click.command("links")
@with_appcontext
def links() -> None:
    """Print fresh links with which the people of the demo sign in."""
    known = [(each, person_with_address(each.email)) for each in SIGN_IN_AS]
    present = [(each, person) for each, person in known if person is not None and person.is_active]
    if not present:
        raise click.ClickException(
            "The people of the demo are not here. First: seed. For a house of your own: begin"
        )
    click.echo(f"Sign in as … (each link works once, for {MINUTES} minutes)")
    for each, person in present:
        click.echo(f"  {each.name}, {each.part}\n    {make_link(person)}")
    click.echo("Too late? `make links` prints new ones.")


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write everything to FILE and check it. It restores on SQLite and on PostgreSQL."""
    with _telling("Backing up", _rows_here) as tell:
        rows = back_up(file, tell)
    click.echo(f"{rows} rows are safe in {file}.")


@click.command("restore")
@click.argument("file", type=FILE)
@with_appcontext
def restore(file: Path) -> None:
    """Put the backup FILE back into an empty database."""
    with _telling("Restoring", lambda: inspect_file(file)) as tell:
        rows = bring_back(file, tell)
    click.echo(f"{rows} rows are back. Now: doctor")


database = AppGroup("database", help="The database as a whole.")


@database.command("copy")
@click.argument("url")
def copy(url: str) -> None:
    """Copy everything to the empty database at URL, and prove that both hold the same."""
    source = db.engine
    with _telling("Copying", _rows_here) as tell, opened(_address_of(url)):
        found = copy_from(source, tell)
    for name, held in found.items():
        click.echo(f"  {name:<20} {held.rows:>8} rows  {held.checksum[:16]}")
    click.echo("Both hold the same.")


def _rows_here() -> int:
    """How many rows there are to carry."""
    with reading(), db.engine.connect() as connection:
        insist_on_newest(connection)
        return sum(count_rows(connection).values())


def _address_of(url: str) -> str:
    """The address of a database, as the setting of that name would be read.

    Raises:
        BadSetting
    """
    own: Settings = current_app.config["BUURTHUIS"]
    given = {"DATABASE_URL": url, "INSTANCE": str(own.instance), "SECRET_KEY": own.secret_key}
    return from_environment({PREFIX + name: value for name, value in given.items()}).database_url


@contextmanager
def _telling(label: str, count: Callable[[], int]) -> Iterator[Tell]:
    """A progress bar over so many rows; whatever stands in the way ends the command in one line."""
    try:
        with click.progressbar(length=count() * PASSES, label=label) as bar:
            yield bar.update
    except Trouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except SQLAlchemyError as error:
        raise click.ClickException(str(OutOfReach(error))) from None


commands: list[click.Command] = [doctor, links, backup, restore, database]
