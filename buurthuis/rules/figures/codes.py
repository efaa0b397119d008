"""The codes of all figures and their units; both are public."""

from enum import StrEnum


class Code(StrEnum):
    """One figure each; parts of a figure append a dot and their name (`VRIJ_EUR.LOW`)."""

    OPEN = "OPEN"
    BENUT = "BENUT"
    DAGDEEL = "DAGDEEL"
    STOEL = "STOEL"
    GEB = "GEB"
    M2 = "M2"
    VERL = "VERL"
    AANTAL = "AANTAL"
    GROEP = "GROEP"
    NIEUW = "NIEUW"
    BEZOEK = "BEZOEK"
    VRIJ_U = "VRIJ_U"
    VRIJ_EUR = "VRIJ_EUR"
    KORT = "KORT"
    DEK = "DEK"
    HEF = "HEF"
    SROI = "SROI"
    GELIJK = "GELIJK"
    ONTM = "ONTM"
    LEER = "LEER"
    ROOSTER = "ROOSTER"


class Unit(StrEnum):
    """In what a figure is counted."""

    MINUTES = "minutes"
    RATIO = "ratio"
    COUNT = "count"
    VISITS = "visits"
    GROUPS = "groups"
    PEOPLE = "people"
    CENTS = "cents"
    DAYS = "days"


class Reason(StrEnum):
    """Why a figure has no value."""

    NOTHING_OPEN = "nothing_open"
    """Nothing could be booked, or nothing happened: there is nothing to divide by."""
    NOTHING_COUNTED = "nothing_counted"
    """Nobody counted heads, or said what was asked."""
    NO_HISTORY = "no_history"
    """Less than twelve months are known before the period."""
    NOT_FILLED_IN = "not_filled_in"
    """The board has not written down what this needs."""
    NO_CONTRIBUTION = "no_contribution"
    """The municipality contributed nothing."""
    NOT_FOR_A_PART = "not_for_a_part"
    """It is not known for one room, standing or theme."""
    TOO_FEW = "too_few"
    """So few people or groups that somebody could be recognised."""
    BESIDE = "beside"
    """Enough, but with it one could work out something of which there are too few."""
