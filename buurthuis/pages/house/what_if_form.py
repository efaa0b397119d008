"""The form of "what if": which year is priced again, and by which other prices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FileField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.formatting import day
from buurthuis.foundation.forms import NOT_ON_THE_LIST, HouseForm
from buurthuis.foundation.typed import HundredthsField
from buurthuis.imports.house import House, HouseCard, HouseStanding
from buurthuis.imports.house_reader import LARGEST_BYTES, read_house
from buurthuis.imports.refusals import FileHasMistakes, NoSuchPicture
from buurthuis.pages.house.fields import MOST_PER_CENT
from buurthuis.pages.house.rate_forms import pays_name
from buurthuis.rules.money import WHOLE
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.standing_words import standing_names

TYPED, FILE, AS_BOOKED = "typed", "file", "as-booked"


class WhatIfForm(HouseForm):
    """A year, and a card of the house that still comes, other shares for today's card, or a file."""

    year = SelectField(_l("The bookings of"), validate_choice=False)
    by = RadioField(_l("By which prices?"), default=TYPED, validate_choice=False)
    file = FileField(_l("A house file"))
    text = TextAreaField(_l("Or put the text of the file here"))

    card: HouseCard
    coming: tuple[HouseCard, ...] = ()
    names: Mapping[StandingCode, str] = MappingProxyType({})
    other: HouseCard | None = None
    """The card that was chosen, once it is checked; None is what each was booked by."""

    @classmethod
    def of(
        cls, card: HouseCard, coming: Sequence[HouseCard], years: Sequence[int], **more: Any
    ) -> Self:
        """The form with today's card and the ones that come."""
        names = standing_names(card.standings)
        fields = {pays_name(code): _pays(words) for code, words in names.items()}
        own: type[Self] = type(cls.__name__, (cls,), fields)
        pays = {pays_name(each.kind): each.percentage_bp for each in card.standings}
        form = own(**pays, **more)
        form.card, form.coming, form.names = card, tuple(coming), names
        form.year.choices = [SelectChoice(str(year), str(year)) for year in years]
        form.by.choices = [
            *(SelectChoice(each.valid_from.isoformat(), _card_words(each)) for each in coming),
            SelectChoice(TYPED, _("The prices of today, with other shares")),
            SelectChoice(FILE, _("The prices in a house file")),
            SelectChoice(AS_BOOKED, _("The prices that held, to check that it adds up")),
        ]
        return form

    @property
    def pays_fields(self) -> list[Field]:
        """The field of each standing."""
        return [self[pays_name(code)] for code in self.names]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Find the card that was chosen; the mistakes of a file are told a line each."""
        if not super().validate(*args, **kwargs):
            return False
        for asked in (self.year, self.by):
            if asked.data not in {choice.value for choice in asked.choices}:
                self.wrong(asked, str(NOT_ON_THE_LIST))
        if self.errors:
            return False
        if self.by.data == TYPED:
            self.other = replace(self.card, standings=tuple(self._standings()))
        elif self.by.data == FILE:
            self.other = self._in_file()
        elif self.by.data != AS_BOOKED:
            days = {each.valid_from.isoformat(): each for each in self.coming}
            self.other = days[self.by.data]
        return not self.errors

    def _standings(self) -> list[HouseStanding]:
        """Everybody pays what was typed; nothing typed is the whole price."""
        known = {each.kind: each for each in self.card.standings}
        found = []
        for code, words in self.names.items():
            pays = self[pays_name(code)].data
            stands = known.get(code, HouseStanding(code, words, WHOLE))
            found.append(replace(stands, percentage_bp=WHOLE if pays is None else pays))
        return found

    def _in_file(self) -> HouseCard | None:
        """The newest card of the file."""
        house = self._house()
        if house is None:
            return None
        if not house.rate_cards:
            self.wrong(self.text, _("There are no prices in this file. Add a rate card."))
            return None
        return house.rate_cards[-1]

    def _house(self) -> House | None:
        try:
            text = self._file_text() or self.text.data or ""
            if not text.strip():
                self.wrong(self.text, _("Choose a house file, or put its text here."))
                return None
            return read_house(text.lstrip("\ufeff"))
        except (FileHasMistakes, NoSuchPicture) as refusal:
            self.text.errors = tuple(sentence_of(refusal).split("\n"))
        except UnicodeDecodeError:
            self.wrong(self.file, _("We cannot read this file. Save it as text in UTF-8."))
        return None

    def _file_text(self) -> str:
        sent = request.files.get(self.file.name)
        read = sent.stream.read(LARGEST_BYTES + 1) if sent else b""
        return "#" * len(read) if len(read) > LARGEST_BYTES else read.decode("utf-8")


def _pays(words: Any) -> HundredthsField:
    return HundredthsField(words, most=MOST_PER_CENT * 100)


def _card_words(card: HouseCard) -> str:
    return _("The prices from %(day)s on", day=day(card.valid_from, 0))
