"""Sentences in the language of the visitor, found fast: a page asks for a hundred of them.

flask_babel works out for every single sentence which catalogue it is in, and Jinja makes each one
anew; together that cost more than the rest of many pages. What the two say stays the same.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, g
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup, escape

MOST_SENTENCES = 4096


def language_here() -> str:
    """The language that is spoken at this moment, also where a letter speaks that of its reader."""
    kept = getattr(getattr(g, "_flask_babel", None), "babel_locale", None)
    return str((kept or get_locale()).language)  # type: ignore[union-attr]


def _filled(sentence: str, facts: dict[str, Any]) -> Markup:
    """The sentence with its facts, each of them escaped but for whole numbers.

    What translators wrote is as trusted as what the templates say. `Markup % facts` does the same,
    by way of a wrapper around every fact.
    """
    safe = {name: fact if type(fact) is int else escape(fact) for name, fact in facts.items()}
    return Markup(sentence % safe)  # noqa: S704


def init_speech(app: Flask, babel: Babel) -> None:
    """Let code and templates find their sentences this way."""
    domain = Domain()
    read, known = domain.get_translations, {}

    def catalogue() -> Any:
        if not g:
            return read()
        spoken = language_here()
        if spoken not in known:
            known[spoken] = read()
        return known[spoken]

    domain.get_translations = catalogue  # type: ignore[method-assign]
    babel.domain_instance = domain

    @lru_cache(maxsize=MOST_SENTENCES)
    def written(spoken: str, sentence: str) -> str:
        return str(catalogue().ugettext(sentence))

    @lru_cache(maxsize=MOST_SENTENCES)
    def finished(spoken: str, sentence: str) -> Markup:
        return _filled(written(spoken, sentence), {})

    def gettext(sentence: str, **facts: Any) -> Markup:
        spoken = language_here()
        return _filled(written(spoken, sentence), facts) if facts else finished(spoken, sentence)

    def ngettext(one: str, many: str, num: int, **facts: Any) -> Markup:
        return _filled(catalogue().ungettext(one, many, num), {"num": num, **facts})

    app.jinja_env.globals.update(gettext=gettext, ngettext=ngettext, _=gettext)
