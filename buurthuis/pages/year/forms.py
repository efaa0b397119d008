"""The forms of a year: money with its source, a few words, and targets in the unit of their figure."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, Self

from wtforms import Field

from buurthuis.evidence.year.actions import Amount
from buurthuis.evidence.year.models import (
    LONGEST_SOURCE,
    LONGEST_TEXT,
    TARGET_PARTS,
    MoneyKind,
    Target,
    WordsKind,
    YearMoney,
    YearWords,
)
from buurthuis.evidence.year.refusals import NoSource, TooManyWords
from buurthuis.evidence.year.versions import Yearly, last_seen
from buurthuis.evidence.year.words import MONEY, MONEY_FROM, WORDS
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.forms import HouseForm, LineField, LinesField
from buurthuis.pages.house.fields import SeenField
from buurthuis.pages.year.fields import AmountField
from buurthuis.rules.few_words import MOST_WORDS, words_in
from buurthuis.rules.figures.codes import Unit
from buurthuis.rules.targets import AIMS
from buurthuis.statistics.words import label

MOST_CENTS: Final = 100_000_000_00
MOST_TYPED: Final = 100_000_000_00
PARTS_OF_A_HUNDREDTH: Final[dict[Unit, int]] = {
    Unit.RATIO: 1,
    Unit.MINUTES: 60 * TARGET_PARTS // 100,
    Unit.CENTS: TARGET_PARTS,
}
"""Targets are typed in per cents, hours and euros, and kept in ten-thousandths of their unit."""

Stored = Mapping[tuple[str | int, ...], Any]


class YearForm(HouseForm):
    """A form of one kind of versions, with the newest that was shown."""

    kind: ClassVar[type[Yearly]]

    seen = SeenField()


class MoneyForm(YearForm):
    """What a house has to do with in a year."""

    kind = YearMoney

    housing_costs = AmountField(MONEY[MoneyKind.HOUSING_COSTS], most=MOST_CENTS)
    housing_costs_source = LineField(MONEY_FROM[MoneyKind.HOUSING_COSTS], longest=LONGEST_SOURCE)
    contribution = AmountField(MONEY[MoneyKind.CONTRIBUTION], most=MOST_CENTS)
    contribution_source = LineField(MONEY_FROM[MoneyKind.CONTRIBUTION], longest=LONGEST_SOURCE)
    other_funds = AmountField(MONEY[MoneyKind.OTHER_FUNDS], most=MOST_CENTS)
    other_funds_source = LineField(MONEY_FROM[MoneyKind.OTHER_FUNDS], longest=LONGEST_SOURCE)

    @classmethod
    def of(cls, stored: Stored, earlier: Mapping[MoneyKind, YearMoney], **more: Any) -> Self:
        """The form with what was written down; a source is as last year until one says otherwise."""
        stands: dict[str, Any] = {"seen": last_seen(stored.values())}
        for kind in MoneyKind:
            row = stored.get((kind,))
            before = earlier.get(kind)
            stands[kind] = row.cents if row else None
            known = row.source if row else ""
            stands[f"{kind}_source"] = known or (before.source if before else "")
        return cls(**stands, **more)

    def pair(self, kind: MoneyKind) -> tuple[Field, Field]:
        """The fields of one kind: how much, and where it stands."""
        return self[kind.value], self[f"{kind}_source"]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """An amount says where it stands."""
        super().validate(*args, **kwargs)
        for kind in MoneyKind:
            amount, source = self.pair(kind)
            if amount.data is not None and not source.data and not source.errors:
                self.wrong(source, sentence_of(NoSource()))
        return not self.errors

    @property
    def amounts(self) -> dict[MoneyKind, Amount]:
        """What was typed."""
        pairs = {kind: self.pair(kind) for kind in MoneyKind}
        return {kind: Amount(cents.data, source.data) for kind, (cents, source) in pairs.items()}


class WordsForm(YearForm):
    """A few words about a year."""

    kind = YearWords

    stops_without = LinesField(WORDS[WordsKind.STOPS_WITHOUT], longest=LONGEST_TEXT)
    thanks = LinesField(WORDS[WordsKind.THANKS], longest=LONGEST_TEXT)

    @classmethod
    def of(cls, stored: Mapping[tuple[str | int, ...], YearWords], **more: Any) -> Self:
        """The form with what was written down."""
        texts = {str(row.kind): row.text for row in stored.values()}
        return cls(seen=last_seen(stored.values()), **texts, **more)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """No text is longer than fits on a sheet."""
        super().validate(*args, **kwargs)
        for kind in WordsKind:
            words_fit(self, self[kind.value])
        return not self.errors

    @property
    def texts(self) -> dict[WordsKind, str]:
        """What was typed."""
        return {kind: self[kind.value].data for kind in WordsKind}


class TargetsForm(YearForm):
    """What figures should be at the end of a year."""

    kind = Target

    @classmethod
    def of(cls, stored: Mapping[tuple[str | int, ...], Target], **more: Any) -> Self:
        """The form with the targets that were set, in the unit in which one reads them."""
        fields = {_name(code): AmountField(label(code), most=MOST_TYPED) for code in AIMS}
        own: type[Self] = type(cls.__name__, (cls,), fields)
        stands: dict[str, Any] = {"seen": last_seen(stored.values())}
        for code in AIMS:
            row = stored.get((code,))
            if row is not None and row.parts is not None:
                stands[_name(code)] = row.parts // _parts_of_a_hundredth(code)
        return own(**stands, **more)

    def field_of(self, code: str) -> Field:
        """The field of a figure."""
        field: Field = self[_name(code)]
        return field

    @property
    def parts(self) -> dict[str, int | None]:
        """What was typed, in ten-thousandths of the unit of each figure."""
        typed = {code: self.field_of(code).data for code in AIMS}
        return {
            code: None if data is None else data * _parts_of_a_hundredth(code)
            for code, data in typed.items()
        }


def words_fit(form: HouseForm, field: Field) -> None:
    """Put a sentence beside a text with more words than fit."""
    words = words_in(field.data or "")
    if words > MOST_WORDS and not field.errors:
        form.wrong(field, sentence_of(TooManyWords(words=words)))


def _name(code: str) -> str:
    return code.replace(".", "_").lower()


def _parts_of_a_hundredth(code: str) -> int:
    return PARTS_OF_A_HUNDREDTH.get(AIMS[code].unit, TARGET_PARTS // 100)
