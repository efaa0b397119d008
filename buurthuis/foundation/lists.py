"""How a list of choices is drawn: plainly, and once for everybody who gets the same list."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup
from wtforms.widgets import Select, html_params

OPTION = Markup('<option value="%s">%s</option>')
CHOSEN_OPTION = Markup('<option value="%s" selected>%s</option>')


class PlainSelect(Select):
    """A list whose options have a value and words and nothing else; a page of times has hundreds.

    The options are written once for everybody who gets the same list; then the chosen one is.
    """

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        """The list as the form library would draw it."""
        attributes.setdefault("id", field.id)
        choices = tuple((choice.value, str(choice.label)) for choice in field.iter_choices())
        start = f"<select {html_params(name=field.name, **attributes)}>"
        # Every value and every word in it is escaped already.
        return Markup(f"{start}{_options(choices, field.typed)}</select>")  # noqa: S704


@lru_cache(maxsize=128)
def _options(choices: tuple[tuple[str, str], ...], typed: str) -> str:
    options = (CHOSEN_OPTION if value == typed else OPTION for value, _words in choices)
    return "".join(option % choice for option, choice in zip(options, choices, strict=True))
