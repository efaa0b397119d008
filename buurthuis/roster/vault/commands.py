"""The command `vault`: make a key, and put every code under the newest one."""

import click
from flask.cli import AppGroup

from buurthuis.foundation.errors import Refusal, sentence_of
from buurthuis.roster.vault import sealing as vault
from buurthuis.roster.vault.actions import seal_all_anew

group = AppGroup("vault", help="The vault in which door and alarm codes are kept.")

commands: list[click.Command] = [group]


@group.command("key")
def key() -> None:
    """Print a fresh key for the setting BUURTHUIS_VAULT_KEY; it is kept nowhere."""
    click.echo(vault.new_key())


@group.command("rotate")
def rotate() -> None:
    """Put every code under the first key of the setting, so that the others can go."""
    try:
        count = seal_all_anew()
    except Refusal as refusal:
        raise click.ClickException(sentence_of(refusal)) from None
    told = "1 code is" if count == 1 else f"{count} codes are"
    click.echo(f"{told} under the newest key.")
