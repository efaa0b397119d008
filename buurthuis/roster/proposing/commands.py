"""The command `roster propose`: who could do the open shifts of a house, and how good that is."""

from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup

from buurthuis.foundation import clock
from buurthuis.foundation.errors import NotFound
from buurthuis.roster.proposing.drafts import keep
from buurthuis.roster.proposing.gather import Gathered, gather
from buurthuis.roster.proposing.model import Proposal
from buurthuis.roster.proposing.solve import nobody_can_in, propose
from buurthuis.rules.calendar import on_the_clock
from buurthuis.venues.queries import venue_by_slug

group = AppGroup("roster", help="The roster of a house.")

commands: list[click.Command] = [group]

DAY = click.DateTime(formats=["%Y-%m-%d"])


@group.command("propose")
@click.option("--venue", "slug", required=True, help="The house.")
@click.option("--from", "first", type=DAY, required=True, help="The first day.")
@click.option("--to", "last", type=DAY, required=True, help="The last day, included.")
@click.option("--commit", is_flag=True, help="Keep it as a proposal that the coordinator sees.")
def propose_roster(slug: str, first: datetime, last: datetime, *, commit: bool) -> None:
    """Propose who does the open shifts; without --commit nothing is kept."""
    try:
        venue = venue_by_slug(slug)
    except NotFound:
        raise click.ClickException(f"There is no house {slug}.") from None
    if last < first:
        raise click.ClickException("The last day comes before the first.")
    days = first.date(), last.date()
    gathered = gather(venue, *days, now=clock.now())
    for shift in nobody_can_in(gathered.instance):
        told = gathered.instance.hindered.get(shift, {})
        why = ", ".join(f"{count} {reason}" for reason, count in told.items()) or "no key-holder"
        click.echo(f"nobody can  {_when(gathered, shift)}  ({why})")
    proposal = propose(gathered.instance)
    _tell(gathered, proposal)
    if commit:
        made = keep(venue, *days, proposal, by=None)
        click.echo(f"Kept {len(made)} shifts as a proposal; nobody is told yet.")
    else:
        click.echo("Nothing is kept; add --commit.")


def _tell(gathered: Gathered, proposal: Proposal) -> None:
    names: dict[int, Any] = gathered.names
    for shift, person in proposal.holders.items():
        click.echo(f"{names[person]:<24}  {_when(gathered, shift)}")
    for shift in proposal.uncovered:
        click.echo(f"{'nobody':<24}  {_when(gathered, shift)}")
    quality = proposal.quality
    for stage in quality.stages:
        click.echo(f"{stage.name}: {stage.cost}, at least {stage.at_least}")
    count = f"{len(proposal.holders)} of {len(gathered.shifts)} shifts"
    how = "proven best" if quality.is_proven else f"at most {quality.percent} % from the best"
    click.echo(f"{count}; {how}.")


def _when(gathered: Gathered, shift_id: str) -> str:
    shift = gathered.shifts[shift_id]
    return f"{on_the_clock(shift.period.start):%a %Y-%m-%d %H:%M}  {shift.kind:<8}  {shift_id}"
