"""Forms of recognising: five questions, what a group tells, a yes, a no, and an appeal."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from buurthuis.bookings.wish_fields import PurposeField
from buurthuis.foundation.forms import HouseForm, LineField, LinesField, WordField, as_tiles
from buurthuis.foundation.typed import OnDayField
from buurthuis.pages.standing_words import MEETS, QUESTIONS, YES_NO, Answer
from buurthuis.rules.criteria import Criterion
from buurthuis.rules.standing import StandingCode
from buurthuis.tariffs.actions import LONGEST_REASON, Grounds
from buurthuis.tariffs.applications.actions import LONGEST_STORY, Told


class OnePurposeField(PurposeField):
    """One kind of activity alone, or every activity when nothing is chosen."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.options = [("", _l("No, for everything")), *self.options]


def _question(criterion: Criterion) -> WordField:
    # Each sentence is its own, for in the list of mistakes they stand below each other.
    missing = _l("Choose yes or no: %(question)s", question=QUESTIONS[criterion])
    return WordField(QUESTIONS[criterion], words=Answer, missing=missing, **as_tiles())


class AnswersForm(HouseForm):
    """Five questions about a group; the answers stand in the address, and nothing is stored."""

    class Meta(HouseForm.Meta):
        """Looking stores nothing, so it needs no proof of where it came from."""

        csrf = False

    social_aim = _question(Criterion.SOCIAL_AIM)
    open_to_all = _question(Criterion.OPEN_TO_ALL)
    no_profit = _question(Criterion.NO_PROFIT)
    from_neighbourhood = _question(Criterion.FROM_NEIGHBOURHOOD)
    no_paid_worker = _question(Criterion.NO_PAID_WORKER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            self[criterion].options = [(str(each), words) for each, words in YES_NO.items()]

    @property
    def met(self) -> frozenset[Criterion]:
        """What the group meets by its answers."""
        return frozenset(each for each in Criterion if self[each].data is MEETS[each])

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by the names of the questions."""
        return {str(each): self[each].typed for each in Criterion}


class AskForm(AnswersForm):
    """What a group tells besides, and the answers once more."""

    class Meta(HouseForm.Meta):
        """This one stores."""

    words = LinesField(
        _l("What do you do, and for whom?"),
        longest=LONGEST_STORY,
        missing=_l("Write in a few words what you do."),
    )
    evidence = LineField(_l("Where can the house see that?"), longest=LONGEST_REASON)
    purpose = OnePurposeField(_l("Only for one kind of activity?"))

    @property
    def told(self) -> Told:
        """All that the group tells of itself."""
        return Told(self.met, self.words.data, self.evidence.data or "", self.purpose.data)


class StandingForm(HouseForm):
    """Which standing a house recognises, and how it knows."""

    kind = RadioField(_l("What are they?"), choices=[], validate_choice=False)
    reason = LineField(
        _l("How does the house know?"),
        longest=LONGEST_REASON,
        missing=_l("Write how the house knows. A discount needs a reason."),
    )

    standings: Mapping[StandingCode, str] = MappingProxyType({})

    def offer(self, standings: Mapping[StandingCode, str]) -> Self:
        """Put the standings of the house on the page, by their code."""
        self.standings = standings
        self.kind.choices = [SelectChoice(code, words) for code, words in standings.items()]
        return self

    def validate_kind(self, field: Any) -> None:
        """Only a standing from the list."""
        if field.data not in self.standings:
            raise ValidationError(_("Choose what they are."))


class GrantForm(StandingForm):
    """A yes: as what, why, until when, by which decision."""

    until = OnDayField(_l("Until which day?"))
    reference = LineField(_l("Where can people read it?"), longest=LONGEST_REASON)
    purpose = OnePurposeField(_l("Only for one kind of activity?"))

    @property
    def grounds(self) -> Grounds:
        """Why, until when, by which decision and for what."""
        until: date | None = self.until.data
        return Grounds(self.reason.data, until, self.reference.data or "", self.purpose.data)


class RefuseForm(HouseForm):
    """A no, and why."""

    why = LineField(
        _l("Why not?"),
        longest=LONGEST_REASON,
        missing=_l("Write why. The group will read it."),
    )


class AppealForm(HouseForm):
    """Why somebody else is to look again."""

    words = LinesField(
        _l("Why do you not agree?"),
        longest=LONGEST_STORY,
        missing=_l("Write why somebody else must look again."),
    )
