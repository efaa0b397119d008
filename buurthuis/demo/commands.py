"""The command `demo`: believable data of any size, to try the program with."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click
from flask.cli import with_appcontext

from buurthuis.demo.actions import let_rooms_be_old
from buurthuis.demo.making import already_here, make
from buurthuis.demo.money import bring_money
from buurthuis.demo.roster_duties import bring_duties
from buurthuis.demo.roster_evenings import bring_evenings
from buurthuis.demo.roster_past import bring_past
from buurthuis.demo.roster_people import bring_key_holders
from buurthuis.demo.roster_rules import bring_entries
from buurthuis.demo.roster_tonight import bring_checklists
from buurthuis.demo.showing import show_some
from buurthuis.demo.worth import bring_worth
from buurthuis.demo.years import bring_years
from buurthuis.foundation import clock
from buurthuis.imports.commands import plainly, seed
from buurthuis.rules.calendar import day_of
from buurthuis.statistics.keeping import keep
from buurthuis.statistics.public.actions import publish_everything
from buurthuis.venues.queries import all_venues

FOLDING = timedelta(seconds=1)
"""So long figures are folded at the end, the newest first; the worker does the rest."""


@contextmanager
def _rarely_tidying() -> Iterator[None]:
    """So much is made that stays: to look for what can go, as often as usual, takes a tenth longer."""
    usual = gc.get_threshold()
    gc.set_threshold(1_000_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@click.command("demo")
@click.option("--bookings", type=click.IntRange(1), default=600, show_default=True)
@click.option("--years", type=click.IntRange(1, 20), default=1, show_default=True)
@click.option("--seed", "number", type=int, default=1, show_default=True)
@click.pass_context
@with_appcontext
@plainly
@_rarely_tidying()
def demo(context: click.Context, bookings: int, years: int, number: int) -> None:
    """Fill the houses with made-up bookings, from so many YEARS ago until half a year from now.

    The same seed on the same day gives the same; doing it twice adds nothing.
    """
    if not all_venues():
        context.invoke(seed)
    here = already_here()
    bring_checklists()
    if here >= bookings:
        click.echo(f"The demo is there already: {here} bookings.")
        return
    steps = 2 * (bookings - here)
    with click.progressbar(length=steps, label="Making bookings") as bar:
        added = make(bookings, years=years, seed=number, today=day_of(clock.now()), tell=bar.update)
    bring_key_holders(seed=number)
    bring_entries(seed=number)
    bring_duties(seed=number)
    bring_past(seed=number)
    bring_evenings(seed=number)
    bring_worth(seed=number)
    bring_years(seed=number)
    bring_money(seed=number)
    shown = show_some(seed=number)
    let_rooms_be_old()
    keep(clock.now(), within=FOLDING)
    publish_everything(most=1)
    click.echo(f"{added} bookings were added. {shown} activities stand in the agenda.")
    if here + added < bookings:
        click.echo("No more fit. Ask for fewer, or for more years.")


commands: list[click.Command] = [demo]
