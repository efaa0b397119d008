"""Commands about people: put them in the books, let them in, give their programs a token."""

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy import select

from buurthuis.accounts import actions, signing
from buurthuis.accounts.addresses import NoAddress, address
from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import person_with_address
from buurthuis.accounts.roles import give_role
from buurthuis.accounts.tokens import make_token, revoke_token
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import Invalid, Refusal, sentence_of
from buurthuis.venues.models import Venue

user = AppGroup("user", help="People: put them in the books, let them in.")
token = AppGroup("token", help="Tokens with which a program acts for somebody.")

commands: list[click.Command] = [user, token]


class OneAddress(click.ParamType):  # type: ignore[type-arg]
    """An e-mail address on the command line."""

    name = "email"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Normalise it, or stop with one line."""
        try:
            return address(value)
        except NoAddress:
            raise click.ClickException(f"{value!r} is not one e-mail address.") from None


@user.command("add")
@click.argument("email", type=OneAddress())
@click.option("--name", required=True, help="What the person is called.")
@click.option("--role", type=click.Choice([role.value for role in RoleName]), default=None)
@click.option("--venue", "slug", default=None, help="The slug of the house of the role.")
def add(email: str, name: str, role: str | None, slug: str | None) -> None:
    """Put somebody in the books, with a role if you like. Doing it twice changes nothing."""
    venue = _venue(slug)
    if venue is not None and role is None:
        raise click.ClickException("--venue needs --role.")
    if role not in {None, RoleName.BOARD, RoleName.ADMIN} and venue is None:
        raise click.ClickException(f"{role} is a role in one house: name it with --venue SLUG.")
    try:
        person = actions.make_person(name, email)
        if role is not None:
            give_role(person, role, venue, by=None)
    except Refusal as refusal:
        raise click.ClickException(_one_line(refusal)) from None
    where = "" if role is None else f": {role} of {venue.name if venue else 'all houses'}"
    click.echo(f"{person.name} <{email}>{where}")


@user.command("link")
@click.argument("email", type=OneAddress())
def link(email: str) -> None:
    """Print a one-time link with which somebody signs in; it works for ten minutes."""
    click.echo(signing.make_link(_person(email)))


@token.command("create")
@click.argument("email", type=OneAddress())
@click.option("--name", default="", help="What the token is for; it is numbered otherwise.")
def create(email: str, name: str) -> None:
    """Print a new token. It is shown this once."""
    try:
        click.echo(make_token(_person(email), name))
    except Refusal as refusal:
        raise click.ClickException(_one_line(refusal)) from None


@token.command("revoke")
@click.argument("email", type=OneAddress())
@click.option("--name", default=None, help="Which token; all of them otherwise.")
def revoke(email: str, name: str | None) -> None:
    """End a token of somebody, or all of them."""
    try:
        ended = revoke_token(_person(email), name)
    except Refusal as refusal:
        raise click.ClickException(_one_line(refusal)) from None
    click.echo(f"{ended} ended.")


def _person(email: str) -> Person:
    person = person_with_address(email)
    if person is None:
        raise click.ClickException(
            f"Nobody has the address {email}. First: user add {email} --name …"
        )
    if not person.is_active:
        raise click.ClickException(f"{person.name} has left.")
    return person


def _venue(slug: str | None) -> Venue | None:
    if slug is None:
        return None
    venue = db.session.scalar(select(Venue).where(Venue.slug == slug))
    if venue is None:
        known = ", ".join(db.session.scalars(select(Venue.slug).order_by(Venue.slug)))
        raise click.ClickException(f"There is no house {slug!r}. There are: {known or 'none yet'}.")
    return venue


def _one_line(refusal: Refusal) -> str:
    """What went wrong, in English as all commands speak."""
    with force_locale("en"):
        if isinstance(refusal, Invalid):
            return " ".join(str(text) for texts in refusal.errors.values() for text in texts)
        return sentence_of(refusal)
