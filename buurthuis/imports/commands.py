"""Commands that bring houses in and write them out."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.imports import (
    actions,
    house_file,
    sentences,  # noqa: F401 - its sentences are what a refusal prints
)
from buurthuis.imports.demo_people import seed_people
from buurthuis.imports.queries import house_of, is_picture, pictures_of
from buurthuis.venues.queries import all_venues, venue_by_slug

P = ParamSpec("P")
T = TypeVar("T")

FILE = click.Path(dir_okay=False, path_type=Path)


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Let a refusal end a command with its sentence, in English as all commands speak."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        with force_locale("en"):
            try:
                return command(*args, **kwargs)
            except Refusal as refusal:
                raise click.ClickException(sentence_of(refusal)) from None

    return told


house = AppGroup("house", help="One house as one readable file: docs/house-file.md.")


@house.command("export")
@click.argument("slug")
@click.argument("file", type=FILE)
@plainly
def export(slug: str, file: Path) -> None:
    """Write the house SLUG to FILE."""
    known = [venue.slug for venue in all_venues()]
    if slug not in known:
        there_are = ", ".join(known) or "none yet"
        raise click.ClickException(f"There is no house {slug!r}. There are: {there_are}.")
    venue = venue_by_slug(slug)
    house_file.save(house_of(venue), file, pictures_of(venue))
    click.echo(f"{slug} is in {file}.")


@house.command("import")
@click.argument("file", type=FILE)
@plainly
def import_(file: Path) -> None:
    """Make the house that FILE describes, or change it into that. All or nothing."""
    venue = actions.bring_in(house_file.load(file, is_known=is_picture))
    click.echo(f"{venue.slug}: {len(venue.rooms)} rooms.")


@click.command("seed")
@with_appcontext
@plainly
def seed() -> None:
    """Bring in the demo houses and people that are not there yet; what is there stays as it is."""
    for described in house_file.demo_houses():
        if actions.bring_in_new(described):
            click.echo(f"{described.name}: {len(described.rooms)} rooms.")
    seed_people()


commands: list[click.Command] = [house, seed]
