"""What comes on top of a room and what goes off, in words that a resident understands."""

from collections.abc import Callable, Collection, Mapping

from flask_babel import gettext as _

from buurthuis.foundation.formatting import clock, euros, percent, weekdays
from buurthuis.rules.charges import Measure
from buurthuis.rules.money import WHOLE, BasisPoints, Cents
from buurthuis.rules.reductions import Reason, Span

WHOLE_DAY = (0, 24 * 60)

PRICES: Mapping[Measure, Callable[[str], str]] = {
    Measure.PIECE: lambda price: _("%(price)s for each piece", price=price),
    Measure.PERSON: lambda price: _("%(price)s for each person", price=price),
    Measure.HOUR: lambda price: _("%(price)s for each hour", price=price),
    Measure.BOOKING: lambda price: _("%(price)s for a booking", price=price),
}
OFTEN: Mapping[Span, Callable[[int], str]] = {
    Span.MONTH: lambda nth: _("from booking %(nth)s in a month", nth=nth),
    Span.QUARTER: lambda nth: _("from booking %(nth)s in a quarter", nth=nth),
    Span.YEAR: lambda nth: _("from booking %(nth)s in a year", nth=nth),
}


def extra_price(measure: Measure, cents: Cents, vat_bp: BasisPoints | None) -> str:
    """What an extra costs."""
    return _with_vat(PRICES[measure](euros(cents)), vat_bp)


def surcharge_price(measure: Measure, amount: int, vat_bp: BasisPoints | None) -> str:
    """How much more it is."""
    if measure is Measure.SHARE:
        return _("%(share)s of the price", share=percent(amount / WHOLE))
    return _with_vat(PRICES[measure](euros(amount)), vat_bp)


def window_words(days: Collection[int], starts: int, ends: int) -> str:
    """When it counts; "" for always."""
    parts = []
    if days and len(days) < 7:
        names = weekdays()
        parts.append(", ".join(names[day][1] for day in sorted(days)))
    if (starts, ends) != WHOLE_DAY:
        parts.append(f"{clock(starts)}–{clock(ends)}")
    return " ".join(parts)


def surcharge_words(name: str, price: str, *, when: str, where: str) -> str:
    """A surcharge on one line: what it is for, how much, and when and where it counts."""
    around = ", ".join(each for each in (when, where) if each)
    if around:
        return _("%(name)s: %(price)s more (%(around)s).", name=name, price=price, around=around)
    return _("%(name)s: %(price)s more.", name=name, price=price)


def reduction_words(
    reason: Reason,
    off_bp: BasisPoints,
    *,
    who: str,
    months: int | None,
    from_nth: int | None,
    per: Span | None,
) -> str:
    """A reduction on one line; `who` is "" for every group."""
    off = percent(off_bp / WHOLE)
    if reason is Reason.STARTING:
        line = _(
            "A group that begins pays %(off)s less for %(months)s months", off=off, months=months
        )
    else:
        when = OFTEN[per or Span.YEAR](from_nth or 1)
        line = _("A group that comes often pays %(off)s less, %(when)s", off=off, when=when)
    return f"{line} ({who})." if who else f"{line}."


def _with_vat(price: str, vat_bp: BasisPoints | None) -> str:
    if not vat_bp:
        return price
    vat = _("%(share)s VAT on top", share=percent(vat_bp / WHOLE))
    return f"{price}, {vat}"
