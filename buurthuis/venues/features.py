"""What a room can offer, and how a house answers who asks for it."""

from enum import StrEnum


class Feature(StrEnum):
    """What a room offers; the words for it stand with the pages."""

    BEAMER = "beamer"
    SCREEN = "screen"
    WHITEBOARD = "whiteboard"
    SOUND = "sound"
    STAGE = "stage"
    PIANO = "piano"
    KITCHEN = "kitchen"
    WATER = "water"
    SPORTS_FLOOR = "sports_floor"
    COMPUTERS = "computers"
    WIFI = "wifi"
    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    ADAPTED_TOILET = "adapted_toilet"
    GARDEN = "garden"


class Approval(StrEnum):
    """How a house answers a request for a room."""

    ASK = "ask"  # somebody of the house says yes or no
    RECOGNISED = "recognised"  # at once for initiatives with a recognised standing
    ALWAYS = "always"  # at once for everybody
