"""Which number of a row of a sheet is which, for the tables that count several things."""

from enum import IntEnum


class Time(IntEnum):
    """Of a space, standing and theme, in minutes."""

    USED = 0
    WITH_SETUP = 1
    PRIME = 2
    LOST = 3


class Counts(IntEnum):
    """Of a room, standing and theme."""

    BOOKINGS = 0
    SINGLES = 1
    COUNTED = 2
    LEAST = 3
    TWICE = 4
    MOST = 5
    TWICE_HEAD_MINUTES = 6
    CAPACITY_MINUTES = 7
    COUNTED_MINUTES = 8
    MINUTES = 9
    LIST = 10
    GIVEN = 11
    INCOME = 12
    ASKED = 13
    REFUSED = 14


class Spaces(IntEnum):
    """Of a space; areas in hundredths of a square metre, times minutes."""

    OPEN = 0
    OPEN_WITH_AREA = 1
    AREA_OPEN = 2
    AREA_USED = 3
    PARTS_OPEN = 4
    PARTS_USED = 5


class Building(IntEnum):
    """Of a house."""

    OPEN = 0
    USED = 1
    PARTS_OPEN = 2
    PARTS_MET = 3


class Groups(IntEnum):
    """Of a group."""

    BOOKINGS = 0
    MINUTES = 1
    PRIME = 2


class Watches(IntEnum):
    """Of a house."""

    SHIFTS = 0
    COVERED = 1
    AHEAD = 2


class Works(IntEnum):
    """Of a person."""

    MINUTES = 0
    SHIFTS = 1
    SUPERVISED = 2
    SUPERVISED_MINUTES = 3
