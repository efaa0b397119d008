"""The year of one house: money, words and targets in short forms, and every version of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from wtforms import Field

from buurthuis.evidence.year import actions
from buurthuis.evidence.year.models import MoneyKind, Target, WordsKind, YearMoney, YearWords
from buurthuis.evidence.year.progress import STEPS, progress_of
from buurthuis.evidence.year.queries import money_by_house, words_of
from buurthuis.evidence.year.refusals import WrittenMeanwhile
from buurthuis.evidence.year.versions import Yearly, history, last_seen, latest
from buurthuis.evidence.year.words import MONEY_FOR, WORDS_FOR
from buurthuis.foundation import clock
from buurthuis.foundation.access import may, needs, visitor
from buurthuis.foundation.errors import NotFound, sentence_of
from buurthuis.foundation.formatting import euros
from buurthuis.foundation.rows import row_of
from buurthuis.pages.year.blueprint import (
    Answer,
    blueprint,
    house_of_a_year,
    leaves,
    slug_here,
    year_here,
    year_page,
)
from buurthuis.pages.year.forms import MoneyForm, TargetsForm, WordsForm, YearForm
from buurthuis.pages.year.results import results_of
from buurthuis.pages.year.targets_shown import target_rows
from buurthuis.pages.year.versions_shown import KINDS, facts_of, shown_versions, told
from buurthuis.pages.year.words import reading_hints, step_words
from buurthuis.venues.models import Venue

Write = Callable[..., int]
"""Writes down what was typed, told by whom and what they had seen."""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """An amount to fill in, with where it stands, what it is for and what it was last year."""

    amount: Field
    source: Field
    hint: str


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A text to fill in, with what it is for, what it was last year, and how it reads."""

    field: Field
    hint: str
    before: str
    hints: list[str]


def version_here(year: int, slug: str, what: str, version_id: int) -> Yearly:
    """A version of this house and year.

    Raises:
        NotFound
    """
    venue = house_of_a_year(year, slug)
    kind = KINDS.get(what)
    if kind is None:
        raise NotFound
    found: Any = row_of(kind, version_id)
    version: Yearly = found
    if (version.venue_id, version.year) != (venue.id, year):
        raise NotFound
    return version


@blueprint.get("/year/<int:year>/<slug>")
@needs("year.see", house_of_a_year)
def house(venue: Venue) -> Answer:
    """What is written down, and the ways to change it."""
    return _page(venue)


@blueprint.post("/year/<int:year>/<slug>/money")
@needs("year.money", house_of_a_year)
def write_money(venue: Venue) -> Answer:
    """Write amounts down."""
    year = year_here()
    form = MoneyForm.of(latest(YearMoney, venue.id, year), {})
    return _written(
        venue, form, lambda **who: actions.write_money(venue, year, form.amounts, **who)
    )


@blueprint.post("/year/<int:year>/<slug>/words")
@needs("year.words", house_of_a_year)
def write_words(venue: Venue) -> Answer:
    """Write a few words down."""
    year = year_here()
    form = WordsForm.of(latest(YearWords, venue.id, year))
    return _written(venue, form, lambda **who: actions.write_words(venue, year, form.texts, **who))


@blueprint.post("/year/<int:year>/<slug>/targets")
@needs("year.targets", house_of_a_year)
def set_targets(venue: Venue) -> Answer:
    """Write down what the house aims at."""
    year = year_here()
    form = TargetsForm.of(latest(Target, venue.id, year))
    return _written(venue, form, lambda **who: actions.set_targets(venue, year, form.parts, **who))


@blueprint.post("/year/<int:year>/<slug>/<what>/<int:version_id>")
@needs("version.again", version_here)
def write_again(version: Yearly) -> Answer:
    """Let an older version count again."""
    actions.write_again(version, by=visitor())
    flash(_("It counts again. Nothing is lost."), "ok")
    return _back(slug_here())


def _written(venue: Venue, form: YearForm, write: Write) -> Answer:
    """Write down what was typed; a mistake or a colleague who was earlier brings the page back."""
    if not form.validate():
        return _page(venue, form), 422
    try:
        written = write(by=visitor(), seen=form.seen.data)
    except WrittenMeanwhile as refusal:
        flash(sentence_of(refusal), "attention")
        newest = latest(form.kind, venue.id, year_here())
        form.seen.data = last_seen(newest.values())
        return _page(venue, form, theirs=[told(each) for each in newest.values()]), 409
    flash(_("Saved.") if written else _("Nothing was changed."), "ok")
    return _back(venue.slug)


def _back(slug: str) -> Answer:
    return redirect(url_for("year.house", year=year_here(), slug=slug), 303)


def _page(venue: Venue, typed: YearForm | None = None, theirs: Sequence[str] = ()) -> str:
    """The page of a house; a form that was typed stands there as it was typed."""
    year = year_here()
    earlier = money_by_house([venue.id], [year - 1]).get((venue.id, year - 1), {})
    stored = latest(YearMoney, venue.id, year), latest(YearWords, venue.id, year)
    aimed = latest(Target, venue.id, year)
    empty: dict[str, Any] = {"formdata": None}
    forms: dict[type[YearForm], YearForm] = {
        MoneyForm: MoneyForm.of(stored[0], earlier, **empty),
        WordsForm: WordsForm.of(stored[1], **empty),
        TargetsForm: TargetsForm.of(aimed, **empty),
    }
    if typed is not None:
        forms[next(kind for kind in forms if isinstance(typed, kind))] = typed
    money, words, targets = forms.values()
    progress = progress_of([venue.id], year)[venue.id]
    writes = _writes(venue)
    return year_page(
        "house",
        year=year,
        venue=venue,
        typed=typed,
        theirs=theirs,
        money=money,
        money_rows=_money_rows(cast(MoneyForm, money), earlier),
        words=words,
        words_rows=_words_rows(cast(WordsForm, words), venue, year),
        targets=targets,
        target_rows=target_rows(
            cast(TargetsForm, targets), results_of([venue.id], year, clock.now()), year
        ),
        versions=shown_versions(history(venue.id, year), venue.slug),
        steps=len(STEPS),
        progress=progress,
        left=[step_words(each) for each in progress.missing],
        writes=writes,
        read={
            "money": facts_of(stored[0].values()),
            "words": facts_of(stored[1].values()),
            "targets": facts_of(aimed.values()),
        },
        kinds=_kinds(writes),
        years=leaves(year, "year.house", slug=venue.slug),
    )


def _writes(venue: Venue) -> dict[str, bool]:
    """Which parts the visitor writes."""
    parts = ("money", "words", "targets")
    return {each: may(visitor(), f"year.{each}", venue) for each in parts}


def _kinds(writes: Mapping[str, bool]) -> dict[str, str]:
    """One main button on a page: of the first part that the visitor writes."""
    first = next((part for part, is_mine in writes.items() if is_mine), None)
    return {part: "main" if part == first else "quiet" for part in writes}


def _money_rows(form: MoneyForm, earlier: Mapping[MoneyKind, YearMoney]) -> list[MoneyRow]:
    rows = []
    for kind in MoneyKind:
        amount, source = form.pair(kind)
        known = earlier.get(kind)
        before = ""
        if known is not None and known.cents is not None:
            before = _("%(year)s: %(value)s.", year=known.year, value=euros(known.cents))
        rows.append(MoneyRow(amount, source, f"{MONEY_FOR[kind]} {before}".strip()))
    return rows


def _words_rows(form: WordsForm, venue: Venue, year: int) -> list[WordsRow]:
    before = words_of([venue.id], year - 1).get(venue.id, {})
    return [
        WordsRow(
            form[kind.value],
            str(WORDS_FOR[kind]),
            before.get(kind, ""),
            reading_hints(form[kind.value].data or ""),
        )
        for kind in WordsKind
    ]
