"""The house that somebody begins, kept as typed text in their browser from step to step."""

from collections.abc import Mapping
from typing import Any

from flask import session
from werkzeug.datastructures import MultiDict
from wtforms import Form

DRAFT = "new_house"
# A cookie holds little; what is longer is told to be too long on the page itself.
LONGEST_KEPT = 130

Typed = dict[str, list[str]]


def keep(step: str, form: Form, sent: Mapping[str, Any]) -> None:
    """Keep what was typed in the fields of one step, right or wrong."""
    draft = _draft()
    lists = MultiDict(sent).to_dict(flat=False)
    draft[step] = {
        field.name: [text for text in lists.get(field.name, []) if len(text) <= LONGEST_KEPT]
        for field in form
        if field.name != "csrf_token"
    }
    session[DRAFT] = draft


def kept(step: str) -> MultiDict[str, str] | None:
    """What was typed in a step, or None when nobody came there yet."""
    typed = _draft().get(step)
    return MultiDict(typed) if isinstance(typed, dict) else None


def begin_anew(*, with_person: bool) -> None:
    """Start with empty pages; `with_person`: the first step was who they are."""
    session[DRAFT] = {"person": with_person}


def has_person() -> bool:
    """Whether the first step was who they are."""
    return bool(_draft().get("person"))


def slug_kept() -> str:
    """The name in addresses that the house will get."""
    return str(_draft().get("slug", ""))


def keep_slug(slug: str) -> None:
    """Remember it, so that sending twice makes one house."""
    session[DRAFT] = {**_draft(), "slug": slug}


def forget() -> None:
    """Forget all of it, now that the house is there."""
    session.pop(DRAFT, None)


def _draft() -> dict[str, Any]:
    draft = session.get(DRAFT)
    return dict(draft) if isinstance(draft, dict) else {}
