"""What a group wants on its invoices, as it says so itself: a verb, and the numbers that are looked at."""

from dataclasses import asdict, dataclass

from stdnum import exceptions
from stdnum.eu import vat

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.access import demand
from buurthuis.foundation.action import action
from buurthuis.foundation.db import db
from buurthuis.foundation.logbook import note
from buurthuis.payments.invoices.models import BillingParty

KVK_DIGITS = 8


class NoSuchNumber(ValueError):
    """No firm can have this number: a digit is wrong, or some are missing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on the invoices of a group besides its name; "" is nothing."""

    legal_name: str = ""
    attention: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    kvk_number: str = ""
    vat_number: str = ""
    email: str = ""
    order_text: str = ""
    is_monthly: bool = False


@action
def tell(initiative: Initiative, told: Told, *, by: Person) -> BillingParty:
    """Write down what a group wants on its invoices from now on; those that were issued stay as they are."""
    demand(by, "billing.edit", initiative)
    party = db.session.get(BillingParty, initiative.id)
    if party is None:
        party = BillingParty(initiative_id=initiative.id)
        db.session.add(party)
    for name, value in asdict(told).items():
        setattr(party, name, value)
    note("initiative.billing", initiative, by=by)
    return party


def party_of(initiative: Initiative) -> Told:
    """What a group wants on its invoices now."""
    party = db.session.get(BillingParty, initiative.id)
    if party is None:
        return Told()
    return Told(**{name: getattr(party, name) for name in Told.__dataclass_fields__})


def kvk_number(text: str) -> str:
    """The number of a firm at the chamber of commerce, in digits alone.

    Raises:
        NoSuchNumber: it has other than eight digits.
    """
    digits = "".join(text.replace(".", " ").split())
    if len(digits) != KVK_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NoSuchNumber
    return digits


def vat_number(text: str, country: str) -> str:
    """The number of a firm at the tax office, with its country before it.

    Raises:
        NoSuchNumber: its digits do not fit, or it is of no country that has such numbers.
    """
    bare = "".join(letter for letter in text.upper() if letter.isalnum())
    with_country = bare if bare[:2].isalpha() else f"{country}{bare}"
    try:
        return str(vat.validate(with_country))
    except exceptions.ValidationError:
        raise NoSuchNumber from None
