"""Writes the annual sheet: from figures and what the board wrote down to words, in the language of here."""

from collections.abc import Iterable
from typing import Final

from flask_babel import gettext as _

from buurthuis.evidence.year.models import MoneyKind
from buurthuis.foundation.formatting import euros, language, percent
from buurthuis.rules.few_words import MOST_WORDS, words_in
from buurthuis.rules.figures.codes import Reason
from buurthuis.rules.figures.columns import Counts
from buurthuis.rules.figures.definitions import NEWEST
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.figures.sheet import Sheet
from buurthuis.rules.figures.sheet import Table as Counted
from buurthuis.rules.money import Cents
from buurthuis.statistics.annual.chart import chart_of
from buurthuis.statistics.annual.meanings import meanings_of
from buurthuis.statistics.annual.numbers import (
    UNKNOWN,
    bare,
    days_of,
    hours_open,
    long_day,
    whole_euros,
)
from buurthuis.statistics.annual.parts import (
    AnnualSheet,
    Large,
    Paid,
    Payer,
    Story,
    Table,
)
from buurthuis.statistics.annual.subject import Subject
from buurthuis.statistics.words import Than, change, label, reason, shown

MOST_STORIES: Final = 2
NEEDED: Final = ("GEB", "BENUT", "BEZOEK", "GROEP", "NIEUW", "VRIJ_U", "KORT", "DEK", "HEF")
"""What a sheet tells; one without value is named under "not filled in", with its reason."""


def annual_sheet(subject: Subject, *, file: str, checksum: str) -> AnnualSheet:
    """The sheet of a house or of several, beside a file of numbers with this name and checksum."""
    return AnnualSheet(
        language=language(),
        kicker=_kicker(subject),
        title=_title(subject),
        period=days_of(subject.days.counted),
        houses=_listed([each.name for each in subject.houses]) if subject.each else "",
        bigs=_bigs(subject),
        chart=chart_of(subject.sheet, subject.quarters),
        table=_houses(subject) if subject.each else _two_years(subject),
        paid=_paid(subject),
        stories_title=_("What people tell"),
        stories=_stories(subject),
        stops_title=_("What stops without the contribution?"),
        stops=tuple(_stops(subject)),
        missing_title=_("Not known yet"),
        missing=tuple(_missing(subject)),
        footer=tuple(_footer(subject)),
        checksum_words=_("The numbers stand in %(file)s. Its SHA-256 is", file=file),
        checksum=checksum,
        meanings_title=_("What the numbers mean"),
        meanings_lead=_("This is how we count. Beside each number stand its code and edition."),
        meanings=meanings_of(subject.figures, has_houses=bool(subject.each)),
    )


def _kicker(subject: Subject) -> str:
    year = subject.days.year
    if year is None:
        return _("In numbers")
    if subject.days.is_running:
        return _("Annual sheet %(year)s, until now", year=year)
    return _("Annual sheet %(year)s", year=year)


def _title(subject: Subject) -> str:
    if subject.house is not None:
        return subject.house.name
    if subject.are_all:
        return _("All houses together")
    return _("%(count)s houses together", count=len(subject.houses))


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s", names=", ".join(names[:-1]), last=names[-1])


def _bigs(subject: Subject) -> tuple[Large, ...]:
    figures = subject.figures
    return (
        _large(subject, hours_open(figures["GEB"]), _("hours open")),
        _large(subject, figures["BEZOEK"], _("visits"), _margin(figures)),
        _large(subject, figures["GROEP"], _("groups"), _new(figures["NIEUW"])),
        _large(subject, figures["VRIJ_U"], _("hours by volunteers")),
        _large(subject, figures["KORT"], _("discount given")),
    )


def _large(subject: Subject, figure: Figure, words: str, note: str = "") -> Large:
    earlier = _earlier(subject, figure.code)
    than = Than.YEAR if subject.days.meets_last_year else Than.BEFORE
    return Large(
        figure.code,
        words,
        bare(figure),
        change(figure, earlier, than),
        note if figure.value is not None else reason(figure),
    )


def _earlier(subject: Subject, code: str) -> Figure | None:
    found = subject.before.find(code) if subject.before else None
    return hours_open(found) if found is not None and code == "GEB" else found


def _margin(figures: Figures) -> str:
    low, high = figures.find("BEZOEK.LOW"), figures.find("BEZOEK.HIGH")
    if low is None or high is None or low.value is None or low.value == high.value:
        return ""
    return _("Between %(low)s and %(high)s.", low=shown(low), high=shown(high))


def _new(figure: Figure) -> str:
    if figure.value is None and figure.reason is not Reason.TOO_FEW:
        return ""
    return _("New: %(number)s.", number=shown(figure))


def _head(first: str) -> tuple[str, ...]:
    return (
        first,
        _("Hours open"),
        _("Use"),
        _("Meetings"),
        _("Visits"),
        _("Groups"),
        _("Volunteer hours"),
        _("Discount"),
    )


def _row(name: str, figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return (name, *[UNKNOWN] * 7)
    codes = ("BENUT", "AANTAL", "BEZOEK", "GROEP", "VRIJ_U", "KORT")
    return (
        name,
        bare(hours_open(figures["GEB"])),
        *(bare(figures[code]) for code in codes),
    )


def _houses(subject: Subject) -> Table:
    return Table(
        _("House by house"),
        _head(_("House")),
        tuple(_row(house.name, figures) for house, figures in subject.each),
        _row(_("Together"), subject.figures),
        _("A group that comes to two houses counts once in the total."),
    )


def _two_years(subject: Subject) -> Table:
    days = subject.days
    rows = (
        _row(days_of(days.before), subject.before),
        _row(days_of(days.counted), subject.figures),
    )
    return Table(_("Beside the time before"), _head(_("Days")), rows, (), "")


def _paid(subject: Subject) -> Paid:
    cents = subject.money.cents
    work = subject.figures.find("VRIJ_EUR.LOW")
    income = _income(subject.sheet)
    payers = (
        Payer(_("Income of the rooms"), whole_euros(income), income),
        _payer(_("Contribution of the municipality"), cents[MoneyKind.CONTRIBUTION]),
        _payer(_("Other funds"), cents[MoneyKind.OTHER_FUNDS]),
        _payer(_("Work of volunteers, at a low rate"), _cents(work)),
    )
    lever = subject.figures["HEF"]
    note = _("This compares what goes in. It is not what comes out.") if lever.value else ""
    return Paid(_("Who paid?"), payers, _lever(lever), note)


def _income(sheet: Sheet) -> Cents:
    return sum(row[Counts.INCOME] for row in sheet.tables[Counted.COUNTS].values())


def _cents(figure: Figure | None) -> Cents | None:
    return None if figure is None or figure.value is None else round(figure.value)


def _payer(words: str, cents: Cents | None) -> Payer:
    return Payer(words, _("not filled in yet") if cents is None else whole_euros(cents), cents)


def _lever(figure: Figure) -> str:
    if figure.reason is Reason.NO_CONTRIBUTION:
        return _("The municipality gave no contribution.")
    if figure.value is None:
        return _("The lever is not known yet.")
    amount = euros(round(figure.value * 100))
    return _("Beside each euro of the municipality stands %(amount)s of others.", amount=amount)


def _stories(subject: Subject) -> tuple[Story, ...]:
    """Two at most; of several houses from two of them where it can be."""
    fitting = [each for each in subject.stories if words_in(each.text) <= MOST_WORDS]
    first = fitting[:1]
    others = [each for each in fitting[1:] if each.venue_id != first[0].venue_id]
    told = [*first, *others, *[each for each in fitting[1:] if each not in others]]
    names = {house.id: house.name for house in subject.houses}
    return tuple(
        Story(
            each.title,
            each.text,
            ", ".join(filter(None, (each.teller, names[each.venue_id] if subject.each else ""))),
        )
        for each in told[:MOST_STORIES]
    )


def _stops(subject: Subject) -> Iterable[str]:
    for name, words in subject.stops:
        yield _("%(house)s: %(words)s", house=name, words=words) if subject.each else words


def _missing(subject: Subject) -> Iterable[str]:
    silent = {Reason.TOO_FEW, Reason.BESIDE, Reason.NO_CONTRIBUTION, None}
    for code in NEEDED:
        figure = subject.figures[code]
        if figure.reason not in silent:
            yield _("%(figure)s: %(why)s", figure=label(code), why=reason(figure))
    if not subject.stops:
        yield _("What stops without the contribution: nobody wrote it down yet.")
    if not subject.stories:
        yield _("Stories: nobody told one with consent yet.")


def _footer(subject: Subject) -> Iterable[str]:
    words = [
        _("Counted up to and including %(day)s.", day=long_day(subject.days.counted.last)),
        _("The numbers mean what edition %(edition)s says.", edition=NEWEST),
    ]
    coverage = subject.figures["BEZOEK"].coverage
    if coverage is not None:
        words.append(
            _("People were counted at %(share)s of the meetings.", share=percent(float(coverage)))
        )
    yield " ".join(words)
    yield _("<3 is fewer than three groups. <5 is fewer than five people or visits.")
