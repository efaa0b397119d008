"""What is said no to where a year is published."""

from buurthuis.foundation.errors import Refusal


class YearNotOver(Refusal):
    """The year goes on: published in pieces, its small numbers could be worked out."""

    code = "year-not-over"


class NoHouseTakesPart(Refusal):
    """No board said yes yet."""

    code = "no-house-takes-part"


class NothingNew(Refusal):
    """The year was published already, and nothing in it changed."""

    code = "nothing-new"
