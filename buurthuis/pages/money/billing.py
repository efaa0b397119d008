"""What a group wants on its invoices: told by the group, or by a treasurer who has them on the phone."""

from typing import Any

from babel import Locale
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField, ValidationError

from buurthuis.accounts.forms import an_address_or_none
from buurthuis.accounts.models import Initiative
from buurthuis.accounts.queries import initiative_by_id
from buurthuis.bookings.door import per_person
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.formatting import language
from buurthuis.foundation.forms import NOT_ON_THE_LIST, ChosenField, HouseForm, LineField
from buurthuis.pages.money.door import Answer, own
from buurthuis.payments.invoices.party import (
    NoSuchNumber,
    Told,
    kvk_number,
    party_of,
    tell,
    vat_number,
)
from buurthuis.venues.models import Venue
from buurthuis.venues.queries import venue_by_slug

COUNTRIES = (
    *("NL", "BE", "DE", "AT", "BG", "CH", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GB", "GR"),
    *("HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
"""The Netherlands, who is near, and then the others by their code."""


class CountryField(ChosenField):
    """A country, by its code of two letters."""

    def read(self, typed: str) -> str:
        """The code that was meant."""
        if typed not in COUNTRIES:
            raise ValueError(str(NOT_ON_THE_LIST))
        return typed


class BillingForm(HouseForm):
    """What stands on the invoices of a group; each of it may be left empty."""

    legal_name = LineField(_l("The official name"), longest=120)
    attention = LineField(_l("For the attention of"), longest=120)
    street = LineField(_l("Street and number"), longest=120)
    postcode = LineField(_l("Postcode"), longest=12)
    city = LineField(_l("Town"), longest=80)
    country = CountryField(_l("Country"))
    kvk_number = LineField(_l("KvK number"), longest=20)
    vat_number = LineField(_l("VAT number"), longest=30)
    email = StringField(_l("E-mail address for invoices"), [an_address_or_none])
    order_text = LineField(_l("A number or word of your own"), longest=60)
    is_monthly = BooleanField(_l("One invoice a month, for all bookings of that month"))

    def validate_kvk_number(self, field: Field) -> None:
        """Eight digits."""
        if not field.data:
            return
        try:
            field.data = kvk_number(field.data)
        except NoSuchNumber:
            raise ValidationError(
                _("A KvK number has 8 digits. Look at the top of your extract.")
            ) from None

    def validate_vat_number(self, field: Field) -> None:
        """With the digit that shows a slip of the pen."""
        if not field.data:
            return
        try:
            field.data = vat_number(field.data, self.country.data or COUNTRIES[0])
        except NoSuchNumber:
            raise ValidationError(
                _("This VAT number has a slip in it. A Dutch one is like NL123456789B01.")
            ) from None

    def offer(self) -> "BillingForm":
        """Put the countries on the page, in the language of whoever looks."""
        names = Locale(language()).territories
        self.country.options = [(code, names[code]) for code in COUNTRIES]
        return self

    @property
    def told(self) -> Told:
        """What was told; only for a form that was found right."""
        facts: dict[str, Any] = {
            name: self[name].data or Told.__dataclass_fields__[name].default
            for name in Told.__dataclass_fields__
        }
        return Told(**facts)


@own.route("/initiatives/<int:initiative_id>/billing", methods=["GET", "POST"])
@needs("billing.edit", initiative_by_id)
@per_person
def billing(initiative: Initiative) -> Answer:
    """What stands on the invoices of a group."""
    form = BillingForm(obj=party_of(initiative)).offer()
    if not form.is_submitted():
        return _page(initiative, form)
    if not form.validate():
        return _page(initiative, form), 422
    tell(initiative, form.told, by=visitor())
    flash(_("Saved. It stands on the next invoice."), "ok")
    return redirect(_back(initiative)[1], 303)


def _page(initiative: Initiative, form: BillingForm) -> str:
    back = _back(initiative)
    here = url_for("invoices.billing", initiative_id=initiative.id, house=_house_slug())
    return render_template(
        "money/billing.html", initiative=initiative, form=form, back=back, here=here
    )


def _back(initiative: Initiative) -> tuple[str, str]:
    """Where whoever looks came from: the money of a house, or one's own invoices."""
    venue = _house()
    if venue is not None and may(visitor(), "money.see", venue):
        return _("Invoices"), url_for("money.invoices", slug=venue.slug, word=initiative.name)
    return _("Your invoices"), url_for("invoices.mine")


def _house_slug() -> str | None:
    venue = _house()
    return None if venue is None else venue.slug


def _house() -> Venue | None:
    try:
        return venue_by_slug(request.args.get("house", ""))
    except NotFound:
        return None
