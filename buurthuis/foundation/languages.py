"""In which language the house speaks to this visitor: Dutch unless they chose or prefer another."""

from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from buurthuis.foundation import access
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.foundation.speech import init_speech

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT = "nl"
COOKIE = "language"

babel = Babel()


def init_languages(app: Flask) -> None:
    """Load the catalogues; English sentences are the message ids."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CHECKOUT / "translations")
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Amsterdam",
        locale_selector=chosen_language,
    )
    init_speech(app, babel)


def chosen_language() -> str:
    """The language a person or visitor chose, else the first their browser asks for, else Dutch."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def _choose() -> str:
    cookie = request.cookies.get(COOKIE, "")
    if cookie in LANGUAGES:
        return cookie
    person = access.visitor()
    if person is not None and person.language in LANGUAGES:
        return str(person.language)
    return request.accept_languages.best_match(list(LANGUAGES), default=DEFAULT) or DEFAULT
