"""What a house says no to where its board writes something down."""

from buurthuis.foundation.errors import Refusal


class WrittenMeanwhile(Refusal):
    """Somebody else wrote a version down since the page was drawn."""

    code = "written-meanwhile"


class NoSource(Refusal):
    """An amount came without saying where it stands."""

    code = "no-source"


class TooManyWords(Refusal):
    """A text has more words than fit on a sheet; tells how many it has."""

    code = "too-many-words"


class NoConsent(Refusal):
    """Nobody said how the teller agreed that a story is passed on."""

    code = "no-consent"


class NothingTold(Refusal):
    """A story has no title or no words."""

    code = "nothing-told"


class UpsideDown(Refusal):
    """The low end of a range lies above the high end."""

    code = "upside-down"
