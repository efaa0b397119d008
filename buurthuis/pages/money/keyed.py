"""Forms of which many stand on one page, each of its own thing; and what is said when that is gone."""

from collections.abc import Collection
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Self, TypeVar

from buurthuis.pages.desk_forms import DeskForm


class KeyedForm(DeskForm):
    """A form that knows of which thing on the page it is, by a word."""

    key = ""

    @classmethod
    def keyed(cls, key: str, **more: Any) -> Self:
        """The form as it was sent, or as it stands on the page with `formdata=None`."""
        form = cls.about(SimpleNamespace(id=key), **more)
        form.key = key
        return form


F = TypeVar("F", bound=KeyedForm)


def the_one(wrong: KeyedForm | None, fresh: F) -> F:
    """The form with the mistakes of the visitor where it is about the same thing, else the fresh one."""
    return wrong if isinstance(wrong, type(fresh)) and wrong.key == fresh.key else fresh


@dataclass(frozen=True, slots=True)
class Mistakes:
    """A form with mistakes that stands on the page, or only its sentences where its thing is gone."""

    form: KeyedForm | None = None
    sentences: tuple[str, ...] = ()

    @classmethod
    def of(cls, wrong: KeyedForm | None, shown: Collection[KeyedForm]) -> "Mistakes":
        """What to say about a form, by the forms that stand on the page."""
        if wrong is None or any(each is wrong for each in shown):
            return cls(wrong)
        found = (str(sentence) for errors in wrong.errors.values() for sentence in errors)
        return cls(None, tuple(found))
