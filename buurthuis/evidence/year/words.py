"""What a board writes down in words: what each thing is called, what it is for, and how a target stands."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.evidence.year.models import MoneyKind, WordsKind
from buurthuis.evidence.year.told_models import RateLevel
from buurthuis.rules.targets import Verdict

MONEY: Final[dict[MoneyKind, Any]] = {
    MoneyKind.HOUSING_COSTS: _l("Costs of the building"),
    MoneyKind.CONTRIBUTION: _l("Contribution of the municipality"),
    MoneyKind.OTHER_FUNDS: _l("Other money"),
}
MONEY_FOR: Final[dict[MoneyKind, Any]] = {
    MoneyKind.HOUSING_COSTS: _l("Rent, energy, cleaning, insurance, repairs. For: costs covered."),
    MoneyKind.CONTRIBUTION: _l("What the municipality gave for this year. For: the lever."),
    MoneyKind.OTHER_FUNDS: _l("Funds and gifts. Not what rooms bring in. For: the lever."),
}
MONEY_FROM: Final[dict[MoneyKind, Any]] = {
    MoneyKind.HOUSING_COSTS: _l("Where does it stand?"),
    MoneyKind.CONTRIBUTION: _l("From whom, and where does it stand?"),
    MoneyKind.OTHER_FUNDS: _l("From whom, and where does it stand?"),
}

WORDS: Final[dict[WordsKind, Any]] = {
    WordsKind.STOPS_WITHOUT: _l("What stops without the contribution?"),
    WordsKind.THANKS: _l("Whom does the house thank?"),
}
WORDS_FOR: Final[dict[WordsKind, Any]] = {
    WordsKind.STOPS_WITHOUT: _l("It stands on the sheet of the year. Name what people would miss."),
    WordsKind.THANKS: _l("Thank groups, not single people. For names one needs consent."),
}

LEVELS: Final[dict[RateLevel, Any]] = {
    RateLevel.LOW: _l("Low"),
    RateLevel.MID: _l("Middle"),
    RateLevel.HIGH: _l("High"),
}

VERDICTS: Final[dict[Verdict, Any]] = {
    Verdict.REACHED: _l("Reached"),
    Verdict.ON_TRACK: _l("On track"),
    Verdict.BEHIND: _l("Not there yet"),
}
"""How a result stands to its target, beside the number itself."""
