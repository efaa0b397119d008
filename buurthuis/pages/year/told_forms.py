"""The forms of stories, of what an hour is worth, and of results for society with their price."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice

from buurthuis.evidence.year.models import FIRST_YEAR, LONGEST_SOURCE, LONGEST_TEXT
from buurthuis.evidence.year.refusals import UpsideDown
from buurthuis.evidence.year.telling import Priced, Telling
from buurthuis.evidence.year.told_models import (
    LONGEST_CONSENT,
    LONGEST_LINK,
    LONGEST_TITLE,
    RateLevel,
    VolunteerRate,
)
from buurthuis.evidence.year.words import LEVELS
from buurthuis.foundation import clock
from buurthuis.foundation.errors import sentence_of
from buurthuis.foundation.formatting import month
from buurthuis.foundation.forms import NOT_ON_THE_LIST, HouseForm, LineField, LinesField
from buurthuis.foundation.typed import OnDayField
from buurthuis.pages.year.fields import AmountField
from buurthuis.pages.year.forms import words_fit
from buurthuis.rules.calendar import day_of
from buurthuis.statistics.words import label
from buurthuis.venues.models import Venue

MOST_AN_HOUR: Final = 1_000_00
MOST_PRICE: Final = 1_000_000_00
WHOLE_PER_CENT: Final = 100_00
BESIDE: Final = ("BEZOEK", "GROEP", "NIEUW", "VRIJ_U", "KORT", "GEB", "ONTM", "LEER")
"""The figures beside which a story stands."""
COUNTED: Final = ("BEZOEK", "AANTAL", "AANTAL.ACTIVITIES", "GROEP", "NIEUW", "LEER")
"""The figures that count how often something happened."""
OF_ALL: Final = ""

NO_LINK: Any = _l("Write a web address that begins with https://.")


class ListedField(SelectField):
    """One choice of a list that the page draws up."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **kwargs)

    def offer(self, choices: Iterable[tuple[str, Any]]) -> None:
        """Put the choices on the page."""
        self.choices = [SelectChoice(value, str(words)) for value, words in choices]

    @property
    def is_listed(self) -> bool:
        """The answer is one of the list."""
        return self.data in {each.value for each in self.choices}


class ToldForm(HouseForm):
    """What forms with lists and links share."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Only what is on a list, and links that lead somewhere."""
        super().validate(*args, **kwargs)
        for field in self:
            if isinstance(field, ListedField) and not field.is_listed:
                self.wrong(field, str(NOT_ON_THE_LIST))
        link = getattr(self, "link", None)
        if link is not None and link.data and not link.data.startswith(("https://", "http://")):
            self.wrong(link, str(NO_LINK))
        self.check()
        return not self.errors

    def check(self) -> None:
        """What goes together; it puts sentences beside fields."""


class StoryForm(ToldForm):
    """A story, and how the teller agreed that it is passed on."""

    title = LineField(_l("Title"), longest=LONGEST_TITLE, missing=_l("Write a title."))
    text = LinesField(_l("The story"), longest=LONGEST_TEXT, missing=_l("Write the story."))
    code = ListedField(_l("Beside which figure?"))
    told_on = OnDayField(_l("When was it told?"), missing=_l("Choose a day."))
    consent = LineField(
        _l("How did they agree?"),
        longest=LONGEST_CONSENT,
        missing=_l("Ask whether you may pass it on. Then write here how they agreed."),
    )
    until = OnDayField(_l("Until when may it be shown?"))
    teller = LineField(_l("Who told it?"), longest=LONGEST_TITLE)
    names_teller = BooleanField(_l("They want their name beside it"))
    is_public = BooleanField(_l("Everybody may read it, also on the internet"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"told_on": day_of(clock.now()), **kwargs})
        self.code.offer((code, label(code)) for code in BESIDE)

    def check(self) -> None:
        """Few words, told already, and a name where one is to be shown."""
        words_fit(self, self.text)
        told_on, until = self.told_on.data, self.until.data
        if told_on and told_on > day_of(clock.now()):
            self.wrong(self.told_on, _("This day has not come yet. Choose the day it was told."))
        if told_on and told_on.year < FIRST_YEAR:
            # No page shows an earlier year: nobody could take the story away again.
            first = str(FIRST_YEAR)
            self.wrong(self.told_on, _("Choose a day in %(year)s or later.", year=first))
        if told_on and until and until < told_on:
            self.wrong(self.until, _("This is before it was told. Choose a later day."))
        if self.names_teller.data and not self.teller.data:
            self.wrong(self.teller, _("Write the name, or take the tick away below."))

    @property
    def telling(self) -> Telling:
        """The story as it was typed."""
        return Telling(
            title=self.title.data,
            text=self.text.data,
            code=self.code.data,
            on=self.told_on.data,
            consent=self.consent.data,
            until=self.until.data,
            teller=self.teller.data or "",
            names_teller=self.names_teller.data,
            is_public=self.is_public.data,
        )


class RateForm(ToldForm):
    """What an hour of a volunteer is worth from a month on, and who says so."""

    level = ListedField(_l("Which one?"))
    from_month = ListedField(_l("From when?"))
    hour = AmountField(
        _l("How much for an hour?"), most=MOST_AN_HOUR, missing=_l("Write the amount, such as 15.")
    )
    source = LineField(
        _l("Who says so?"),
        longest=LONGEST_SOURCE,
        missing=_l("Write who says so, such as a study or a law."),
    )
    link = LineField(_l("Where can one read it?"), longest=LONGEST_LINK)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        year = day_of(clock.now()).year
        super().__init__(*args, **{"from_month": f"{year}-01", **kwargs})
        self.level.offer((each.value, LEVELS[each]) for each in RateLevel)
        months = [date(each, number, 1) for each in range(year - 4, year + 2) for number in (1, 7)]
        self.from_month.offer((f"{each:%Y-%m}", month(each)) for each in reversed(months))

    def check(self) -> None:
        """More than nothing."""
        if self.hour.data == 0:
            self.wrong(self.hour, _("Write more than 0."))

    @property
    def rate(self) -> VolunteerRate:
        """The rate as it was typed."""
        year, number = map(int, self.from_month.data.split("-"))
        rate = VolunteerRate(level=RateLevel(self.level.data), year=year, month=number)
        rate.hour_cents, rate.source = self.hour.data, self.source.data
        rate.link = self.link.data or ""
        return rate


class OutcomeForm(ToldForm):
    """A result for society: what counts it, and its price as a range with a source."""

    house = ListedField(_l("For which house?"))
    words = LineField(
        _l("What changed for people?"),
        longest=LONGEST_SOURCE,
        missing=_l("Write what changed, such as: people feel less alone."),
    )
    code = ListedField(_l("What counts it?"))
    price_low = AmountField(_l("Price, at least"), most=MOST_PRICE, missing=_l("Write an amount."))
    price_high = AmountField(_l("Price, at most"), most=MOST_PRICE, missing=_l("Write an amount."))
    anyway_low = AmountField(
        _l("Would happen anyway, at least"), most=WHOLE_PER_CENT, missing=_l("Write a per cent.")
    )
    anyway_high = AmountField(
        _l("Would happen anyway, at most"), most=WHOLE_PER_CENT, missing=_l("Write a per cent.")
    )
    ours_low = AmountField(
        _l("Thanks to the house, at least"), most=WHOLE_PER_CENT, missing=_l("Write a per cent.")
    )
    ours_high = AmountField(
        _l("Thanks to the house, at most"), most=WHOLE_PER_CENT, missing=_l("Write a per cent.")
    )
    source = LineField(
        _l("Who says so?"),
        longest=LONGEST_SOURCE,
        missing=_l("Without a source this figure stays off. Write who says so."),
    )
    link = LineField(_l("Where can one read it?"), longest=LONGEST_LINK)

    @classmethod
    def of(cls, houses: Iterable[Venue], *, with_all: bool, **more: Any) -> "OutcomeForm":
        """The form for the houses of whose board somebody is."""
        form = cls(**more)
        every = [(OF_ALL, _("All houses together"))] if with_all else []
        form.house.offer([*every, *((each.slug, each.name) for each in houses)])
        form.code.offer((code, label(code)) for code in COUNTED)
        return form

    @property
    def ranges(self) -> tuple[tuple[Field, Field], ...]:
        """The fields from low to high, pair by pair."""
        return (
            (self.price_low, self.price_high),
            (self.anyway_low, self.anyway_high),
            (self.ours_low, self.ours_high),
        )

    def check(self) -> None:
        """Each range the right way up, and a price of more than nothing."""
        for low, high in self.ranges:
            if low.data is not None and high.data is not None and low.data > high.data:
                self.wrong(high, sentence_of(UpsideDown()))
        if self.price_high.data == 0:
            self.wrong(self.price_high, _("Write more than 0."))

    def priced(self, year: int) -> Priced:
        """The result as it was typed."""
        price, anyway, ours = ((low.data, high.data) for low, high in self.ranges)
        return Priced(
            year=year,
            words=self.words.data,
            code=self.code.data,
            price_cents=price,
            deadweight_bp=anyway,
            attribution_bp=ours,
            source=self.source.data,
            link=self.link.data or "",
        )
