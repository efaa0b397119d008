"""What a series is refused with, why a day cannot be had, and what the booker can do instead."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.series.choosing import cents_without, without_text
from buurthuis.bookings.series.day_shown import DayShown
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.refusals import (
    DayNotLeftOut,
    DaysInTheWay,
    NothingLeft,
    NotOnAllDays,
    OtherHouse,
    RuleRefused,
    SeriesSentBefore,
)
from buurthuis.bookings.series.words import things_words, why_words
from buurthuis.extras.refusals import ExtraTooLate
from buurthuis.extras.shelf import Lack
from buurthuis.extras.words import name_of
from buurthuis.foundation.errors import says, sentence_of
from buurthuis.foundation.formatting import day
from buurthuis.rules.availability import Ask
from buurthuis.rules.recurrence import MOST_TIMES, Mistake


def day_sentence(shown: DayShown) -> str:
    """Why one day cannot be had, and the cure, as the form for one booking says it."""
    if shown.problems and shown.period is not None:
        return problem_sentence(shown.problems[0], shown.room, Ask(shown.period, None))
    if shown.lacks:
        return " ".join(sentence_of(each) for each in shown.lacks)
    if shown.why == Why.NO_PRICE:
        return _("The house has no price for this time. Call the house.")
    return _("This time does not exist on that day. Leave the day out.")


def gone_words(shown: DayShown) -> str:
    """Which extras cannot come along on a day, in a word or two beside its date."""
    return lacks_words(shown.lacks)


def lacks_words(lacks: Sequence[Lack]) -> str:
    """The same for what some place lacks; nothing where it lacks nothing."""
    if not lacks:
        return ""
    things = _missing(lacks)
    if isinstance(lacks[0], ExtraTooLate):
        return _("too late to ask: %(things)s", things=things)
    if any(each.facts.get("left") for each in lacks):
        return _("not enough: %(things)s", things=things)
    return _("gone: %(things)s", things=things)


def without_words(shown: DayShown) -> str:
    """The choice to take a day without what cannot come along."""
    return _("Come without: %(things)s", things=_missing(shown.lacks))


def _missing(lacks: Sequence[Lack]) -> str:
    return ", ".join(name_of(each.facts["extra"]) for each in lacks)


FOR_DAYS = {
    "why_words": why_words,
    "day_sentence": day_sentence,
    "gone_words": gone_words,
    "without_words": without_words,
    "without_text": without_text,
    "cents_without": cents_without,
    "things_words": things_words,
}
"""What the list of days to choose from says of each."""


def other_than_seen() -> str:
    """What was sent is no longer what the page with all days showed."""
    return _("You chose other days, or the price changed. Look at the total and send again.")


def mistake_sentence(mistake: Mistake) -> str:
    """Why a rule cannot be kept, and what can."""
    return {
        Mistake.NOT_A_RULE: _("We do not understand this rule. Look at an example."),
        Mistake.FREQUENCY: _("Choose every day, week, month or year."),
        Mistake.UNKNOWN_PART: _("We cannot repeat like this. Choose a simpler rule."),
        Mistake.INTERVAL: _("Choose a smaller step, such as every 2 weeks."),
        Mistake.NO_END: _("Say how often, or until which day."),
        Mistake.TWO_ENDS: _("Say how often or until which day, not both."),
        Mistake.NO_SUCH_DAY: _("This day does not exist. Choose another day."),
        Mistake.FIRST_NOT_HIT: _("The first day does not fit the rule. Choose another first day."),
        Mistake.ENDS_TOO_EARLY: _("The last day is before the first. Choose a later last day."),
        Mistake.TOO_MANY: _("Book at most %(count)s times in one go.", count=MOST_TIMES),
        Mistake.TOO_LONG: _("Book at most 2 years ahead. Choose an earlier last day."),
    }[mistake]


@says(RuleRefused)
def _rule_refused(refusal: RuleRefused) -> str:
    return mistake_sentence(refusal.mistake)


@says(DaysInTheWay)
def _days_in_the_way(refusal: DaysInTheWay) -> str:
    if refusal.lacks_extras:
        return _(
            "Others have what you want with it, first on %(day)s. Ask for less, or leave that day out.",
            day=day(refusal.days[0].day),
        )
    if len(refusal.days) == 1:
        return _(
            "%(day)s cannot be had any more. Leave it out or choose another room.",
            day=day(refusal.days[0].day),
        )
    return _(
        "%(count)s days cannot be had, the first on %(day)s. Leave them out or choose another room.",
        count=len(refusal.days),
        day=day(refusal.days[0].day),
    )


@says(NotOnAllDays)
def _not_on_all_days(refusal: NotOnAllDays) -> str:
    return ngettext(
        "%(day)s cannot have all of this. Ask for less, or do without it that day.",
        "%(num)s days cannot have all of this, first %(day)s. Ask for less, or do without it then.",
        len(refusal.days),
        day=day(refusal.days[0].day),
    )


@says(NothingLeft)
def _nothing_left(refusal: NothingLeft) -> str:
    return _("There is no day left. Choose other days.")


@says(DayNotLeftOut)
def _day_not_left_out(refusal: DayNotLeftOut) -> str:
    return _("%(day)s cannot be added. Look at the days of this series.", day=day(refusal.day))


@says(OtherHouse)
def _other_house(refusal: OtherHouse) -> str:
    return _("A series stays in one house. Choose a room of this house.")


@says(SeriesSentBefore)
def _sent_before(refusal: SeriesSentBefore) -> str:
    return _("You sent this twice. The first one counts. Look at My page.")
