"""What every figure means: its formula in words, its version, and what one should know beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from buurthuis.foundation.access import public
from buurthuis.foundation.errors import NotFound
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.value.blueprint import blueprint
from buurthuis.rules.figures.codes import Code
from buurthuis.rules.figures.definitions import EDITIONS, NEWEST, Definition
from buurthuis.statistics.code_words import CAVEATS, FORMULAS, LABELS
from buurthuis.statistics.words import caveat, formula, label


@dataclass(frozen=True, slots=True)
class Meaning:
    """A definition in words; `caveat` is empty where it is that of its figure."""

    code: str
    label: str
    formula: str
    caveat: str
    definition: Definition


@blueprint.get("/value/definitions")
@public
@remembered
def definitions() -> str:
    """All figures, as they are counted now."""
    order = {code: number for number, code in enumerate(Code)}
    now = sorted(EDITIONS[NEWEST], key=lambda each: order[each.code])
    found = [_meaning(each.code, each) for each in now]
    return render_template("value/definitions.html", found=found, edition=NEWEST)


@blueprint.get("/value/definitions/<figure>")
@public
@remembered
def definition(figure: str) -> str:
    """One figure, with its parts and every version of it."""
    versions = list(_versions(figure))
    if not versions:
        raise NotFound(figure=figure)
    newest = versions[0]
    parts = [_meaning(each, newest) for each in LABELS if each.startswith(f"{figure}.")]
    return render_template(
        "value/definition.html",
        about=_meaning(figure, newest),
        parts_of_it=parts,
        versions=[
            [each.name, _("the figures of %(edition)s", edition=each.since)] for each in versions
        ],
    )


def _versions(code: str) -> Iterator[Definition]:
    """Every version that ever counted, the newest first."""
    seen = set[int]()
    for edition in reversed(EDITIONS.values()):
        for each in edition:
            if each.code == code and each.version not in seen:
                seen.add(each.version)
                yield each


def _meaning(code: str, definition: Definition) -> Meaning:
    is_whole = code == definition.code
    return Meaning(
        code,
        label(code),
        formula(code) if is_whole or code in FORMULAS else "",
        caveat(code) if is_whole or code in CAVEATS else "",
        definition,
    )
