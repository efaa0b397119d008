"""The annual sheet as one value: every word and number on it, before anybody draws it."""

from dataclasses import dataclass

from buurthuis.rules.money import Cents


@dataclass(frozen=True, slots=True)
class Large:
    """One of the large figures on top. A value that is not known is a dash, and the note says why."""

    code: str
    label: str
    value: str
    change: str
    """How it differs from before: "↑ 12 meer dan vorig jaar"."""
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """One ground of the picture: who used the rooms, and how long in all."""

    label: str
    hours: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the picture: a quarter, with the minutes of each series in their order."""

    label: str
    minutes: tuple[int, ...]
    hours: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Used hours per standing and quarter, as a picture and in words."""

    title: str
    alt: str
    legend: tuple[Series, ...]
    quarters: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each house, or for this year and the year before; `total` is empty where nothing adds up."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Who bore a part of the year; without cents it is not known."""

    label: str
    shown: str
    cents: Cents | None


@dataclass(frozen=True, slots=True)
class Paid:
    """Who paid the year, and the lever in a sentence."""

    title: str
    payers: tuple[Payer, ...]
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story of at most sixty words, told with consent."""

    title: str
    text: str
    house: str
    """The house, and the teller who wants to be named."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure of the sheet means: its definition, what to know beside it, how much is known."""

    code: str
    label: str
    value: str
    means: str
    caveat: str
    coverage: str


@dataclass(frozen=True, slots=True)
class AnnualSheet:
    """Everything on an annual sheet, in one language; page, paper and preview only draw it."""

    language: str
    kicker: str
    title: str
    period: str
    houses: str
    bigs: tuple[Large, ...]
    chart: Chart
    table: Table
    paid: Paid
    stories_title: str
    stories: tuple[Story, ...]
    stops_title: str
    stops: tuple[str, ...]
    missing_title: str
    missing: tuple[str, ...]
    footer: tuple[str, ...]
    checksum_words: str
    checksum: str
    meanings_title: str
    meanings_lead: str
    meanings: tuple[Meaning, ...]
