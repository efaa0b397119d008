"""The two sides of an invoice as they are today, who gets it, and in which language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from buurthuis.accounts.models import Initiative, Person
from buurthuis.accounts.queries import who_hears
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


@dataclass(frozen=True, slots=True)
class Party:
    """A group as it is billed: what it wants on its invoices, and who hears of them."""

    initiative: Initiative
    told: BillingParty
    people: Sequence[Person]

    @property
    def side(self) -> Side:
        """The group, as it wants to stand on its invoices."""
        names = ("legal_name", "attention", "street", "postcode", "city", "country")
        told = (*names, "kvk_number", "vat_number", "email", "order_text")
        side = {name: getattr(self.told, name) or "" for name in told}
        return {**side, "name": self.initiative.name, "country": side["country"] or "NL"}

    @property
    def language(self) -> str:
        """The language in which the group reads its invoices."""
        return self.people[0].language if self.people else DEFAULT

    @property
    def readers(self) -> list[Reader]:
        """Who gets them: the address it gave for them, its contact, or all who speak for it."""
        told = self.told
        if told.email:
            return [Reader(told.attention or self.initiative.name, told.email, self.language)]
        return [
            Reader(person.name, person.email, person.language)
            for person in self.people
            if person.email and person.left_at is None
        ]


def parties_of(initiatives: Iterable[Initiative]) -> dict[int, Party]:
    """These groups as they are billed, by their id; two questions, however many there are."""
    groups = {each.id: each for each in initiatives}
    asked = select(BillingParty).where(BillingParty.initiative_id.in_(groups))
    told = {each.initiative_id: each for each in db.session.scalars(asked)}
    people = who_hears(groups)
    return {
        number: Party(group, told.get(number) or BillingParty(), people[number])
        for number, group in groups.items()
    }


def readers_of(initiative: Initiative) -> list[Reader]:
    """Who gets the invoices of one group."""
    return parties_of([initiative])[initiative.id].readers


def seller_of(venue: Venue, account: HouseAccount | None) -> Side:
    """The house, where it wants the money, and the name of the picture that is its face."""
    names = ("name", "legal_name", "street", "postcode", "city", "kvk_number", "vat_number")
    side = {name: getattr(venue, name) for name in (*names, "phone", "email", "website")}
    told = {"iban": "", "holder": "", "exemption": ""}
    if account is not None:
        told = {name: getattr(account, name) for name in told}
    return {**side, **told, "country": "NL", "picture": face_of(venue)}
