"""The money of a house at a glance: what to do first, what is open, what came in, and is it all right."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.foundation import clock
from buurthuis.foundation.access import needs
from buurthuis.foundation.formatting import euros
from buurthuis.pages.money.door import address_if_known, blueprint, house, money_page
from buurthuis.pages.money.overview_queries import Overview, overview_of
from buurthuis.rules.calendar import day_of
from buurthuis.venues.models import Venue


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what it is about, what one presses, and where that leads."""

    words: str
    go: str
    url: str | None
    is_urgent: bool = False


@blueprint.get("")
@needs("money.see", house)
def overview(venue: Venue) -> str:
    """The first page of the money."""
    now = clock.now()
    today = day_of(now)
    found = overview_of(venue, today, now)
    return money_page(
        "overview",
        venue,
        found=found,
        today=today,
        tasks=tasks_of(found, venue),
    )


def tasks_of(found: Overview, venue: Venue) -> list[Task]:
    """What waits for a treasurer, in the order in which it is best done."""
    return [*_first(found, venue), *_looks(found), *_work(found, venue)]


def _first(found: Overview, venue: Venue) -> list[Task]:
    """What a house has to say once, before anybody can pay it by bank."""
    if found.account is not None and found.account.iban:
        return []
    words = _("Groups cannot pay by bank yet. Say to which bank number.")
    return [Task(words, _("Write it down"), url_for("house.paying", slug=venue.slug))]


def _looks(found: Overview) -> list[Task]:
    """Online payments that do not fit; a person decides about each of them."""
    return [
        Task(
            _(
                "%(amount)s, paid online, does not fit.",
                amount=euros(each.cents + each.deposit_cents),
            ),
            _("Look and decide"),
            url_for("payments.back", checkout_id=each.id),
            is_urgent=True,
        )
        for each in found.flagged
    ]


def _work(found: Overview, venue: Venue) -> list[Task]:
    wanted = (
        (found.bank_lines, _bank(found), _("To the bank"), "money.bank"),
        (found.to_bill.count, _bill(found), _("Make invoices"), "money.to_bill"),
        (found.to_credit.count, _credit(found), _("Make credit notes"), "money.to_bill"),
        (found.to_give_back.count, _give_back(found), _("Give back"), "money.refunds"),
        (found.to_transfer, _transfer(found), _("Give back"), "money.refunds"),
        (found.failed_refunds, _failed(found), _("Try again"), "money.refunds"),
        (found.deposits_to_decide, _deposits(found), _("To the deposits"), "money.deposits"),
        (found.deposits_proposed, _proposed(found), _("To the deposits"), "money.deposits"),
        (found.late.count, _late(found), _("Who still pays"), "money.open_items"),
    )
    return [
        Task(words, go, address_if_known(endpoint, slug=venue.slug))
        for count, words, go, endpoint in wanted
        if count
    ]


def _bank(found: Overview) -> str:
    return ngettext(
        "%(num)s line of the bank waits for you.",
        "%(num)s lines of the bank wait for you.",
        found.bank_lines,
    )


def _bill(found: Overview) -> str:
    return ngettext(
        "%(num)s booking has no invoice yet: %(amount)s.",
        "%(num)s bookings have no invoice yet: %(amount)s.",
        found.to_bill.count,
        amount=euros(found.to_bill.cents),
    )


def _credit(found: Overview) -> str:
    return ngettext(
        "%(num)s booking became cheaper: %(amount)s.",
        "%(num)s bookings became cheaper: %(amount)s.",
        found.to_credit.count,
        amount=euros(found.to_credit.cents),
    )


def _give_back(found: Overview) -> str:
    return _("Groups get %(amount)s back.", amount=euros(found.to_give_back.cents))


def _transfer(found: Overview) -> str:
    return ngettext(
        "%(num)s amount still has to go back by bank or in cash.",
        "%(num)s amounts still have to go back by bank or in cash.",
        found.to_transfer,
    )


def _failed(found: Overview) -> str:
    return ngettext(
        "Giving back did not work %(num)s time.",
        "Giving back did not work %(num)s times.",
        found.failed_refunds,
    )


def _deposits(found: Overview) -> str:
    return ngettext(
        "%(num)s deposit can go back.",
        "%(num)s deposits can go back.",
        found.deposits_to_decide,
    )


def _proposed(found: Overview) -> str:
    return ngettext(
        "%(num)s deposit waits for a second person.",
        "%(num)s deposits wait for a second person.",
        found.deposits_proposed,
    )


def _late(found: Overview) -> str:
    return ngettext(
        "%(num)s invoice is late: %(amount)s.",
        "%(num)s invoices are late: %(amount)s.",
        found.late.count,
        amount=euros(found.late.cents),
    )
