"""The two sides of an invoice as they are today, who gets it, and in which language."""

from typing import Any, NamedTuple

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import contact_of, speakers_of
from buurthuis.foundation.db import db
from buurthuis.foundation.languages import DEFAULT
from buurthuis.payments.invoices.models import BillingParty
from buurthuis.tariffs.ways.models import HouseAccount
from buurthuis.venues.album import face_of
from buurthuis.venues.models import Venue

Side = dict[str, Any]
"""A side as plain values; what is not known is an empty text."""

DAYS = 14
"""So long a group has to pay where a house never said how long."""


class Reader(NamedTuple):
    """Somebody who gets the invoice."""

    name: str
    email: str
    language: str


def seller_of(venue: Venue, account: HouseAccount | None) -> Side:
    """The house, where it wants the money, and the name of the picture that is its face."""
    names = ("name", "legal_name", "street", "postcode", "city", "kvk_number", "vat_number")
    side = {name: getattr(venue, name) for name in (*names, "phone", "email", "website")}
    told = {"iban": "", "holder": "", "exemption": ""}
    if account is not None:
        told = {name: getattr(account, name) for name in told}
    return {**side, **told, "country": "NL", "picture": face_of(venue)}


def buyer_of(initiative: Initiative) -> Side:
    """The group, as it wants to stand on its invoices."""
    party = db.session.get(BillingParty, initiative.id) or BillingParty()
    names = ("legal_name", "attention", "street", "postcode", "city", "country")
    told = (*names, "kvk_number", "vat_number", "email", "order_text")
    side = {name: getattr(party, name) or "" for name in told}
    return {**side, "name": initiative.name, "country": side["country"] or "NL"}


def readers_of(initiative: Initiative) -> list[Reader]:
    """Who gets the invoices of a group: the address it gave for them, its contact, or all who speak for it."""
    people = _people(initiative)
    party = db.session.get(BillingParty, initiative.id)
    if party is not None and party.email:
        return [Reader(party.attention or initiative.name, party.email, _language(people))]
    return [
        Reader(person.name, person.email, person.language)
        for person in people
        if person.email and person.left_at is None
    ]


def language_of(initiative: Initiative) -> str:
    """The language in which a group reads its invoices."""
    return _language(_people(initiative))


def _people(initiative: Initiative) -> list[Person]:
    contact = contact_of(initiative)
    return list(speakers_of(initiative)) if contact is None else [contact]


def _language(people: list[Person]) -> str:
    return people[0].language if people else DEFAULT
