"""What the columns of a table mean: one question each, with the same answers to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from buurthuis.foundation.forms import NOT_ON_THE_LIST, ChosenField, HouseForm


class ListedField(ChosenField):
    """One of a list; anything else is refused."""

    def read(self, typed: str) -> str:
        """The choice that was meant."""
        if typed not in {value for value, _label in self.options}:
            raise ValueError(str(NOT_ON_THE_LIST))
        return typed


class ColumnForm(HouseForm):
    """What one column says."""

    says = ListedField()

    @classmethod
    def each(
        cls,
        now: Iterable[str],
        meanings: Mapping[str, Any],
        typed: MultiDict[str, str] | None,
    ) -> Sequence[Self]:
        """A form for each column, by what it means `now`, as it was typed or as it is now."""
        return [cls._of(number, meaning, meanings, typed) for number, meaning in enumerate(now)]

    @classmethod
    def _of(
        cls, number: int, now: str, meanings: Mapping[str, Any], typed: MultiDict[str, str] | None
    ) -> Self:
        form = cls(formdata=None, prefix=f"c{number}", meta={"csrf": False})
        form.says.options = list(meanings.items())
        form.process(typed, says=now)
        return form
