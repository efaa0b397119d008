"""What stands around every page: who is signed in, where one can go, in which languages."""

from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _

from buurthuis.accounts.models import Person, RoleName
from buurthuis.accounts.queries import has_role
from buurthuis.bookings.inbox import waiting_count
from buurthuis.foundation import access
from buurthuis.foundation.languages import LANGUAGES, chosen_language

Link = tuple[str, str, bool]


def init_shell(app: Flask) -> None:
    """Give every template what the shell draws."""
    app.context_processor(_around)


def _around() -> dict[str, Any]:
    person = access.visitor()
    return {
        "current_person": person,
        "nav": _nav(person),
        "languages": _languages(),
        "houses_url": url_for("pages.venues"),
        "sign_in_url": url_for("accounts.sign_in", next=_here()),
        "sign_out_url": url_for("accounts.sign_out"),
    }


def _nav(person: Person | None) -> list[Link]:
    places = [("pages.find", _("Find a room")), ("pages.agenda", _("Agenda"))]
    links = [_link(endpoint, label) for endpoint, label in places]
    if person is not None:
        links.append(_link("pages.me", _my_page(person)))
        if access.may(person, "figures.see"):
            links.append(_link("board.overview", _("Figures")))
    return links


def _my_page(person: Person) -> str:
    """A manager reads on every page how many requests wait."""
    waiting = waiting_count(person) if has_role(person, RoleName.MANAGER) else 0
    return _("My page (%(count)s)", count=waiting) if waiting else _("My page")


def _link(endpoint: str, label: str) -> Link:
    return label, url_for(endpoint), request.endpoint == endpoint


def _languages() -> list[tuple[str, str, str, bool]]:
    chosen = chosen_language()
    return [
        (code, name, url_for("pages.language", code=code, next=_here()), code == chosen)
        for code, name in LANGUAGES.items()
    ]


def _here() -> str:
    """Where to come back to; the answer to a form has no address of its own."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"
