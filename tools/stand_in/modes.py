"""How the stand-in behaves: as it should, or as providers do on a bad day."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """What happens to questions.

    `error`, `busy`: an answer that says so. `slow`: the right answer, too late. `garbage`: answers
    that are none. `hang_up`: no answer, and nothing done. `lost`: it is done, and the answer is lost.
    """

    FINE = "fine"
    ERROR = "error"
    BUSY = "busy"
    SLOW = "slow"
    GARBAGE = "garbage"
    HANG_UP = "hang_up"
    LOST = "lost"


class News(StrEnum):
    """What happens to events: each once and in order, each twice, out of order, or kept back."""

    PROMPT = "prompt"
    TWICE = "twice"
    SHUFFLED = "shuffled"
    WITHHELD = "withheld"


class Refunds(StrEnum):
    """What happens to money that is to go back: it goes at once, later, or does not arrive."""

    AT_ONCE = "at_once"
    LATER = "later"
    FAIL = "fail"


@dataclass(slots=True)
class Mood:
    """How it behaves now."""

    mode: Mode = Mode.FINE
    calls_left: int | None = None
    """For so many questions; None is until somebody says otherwise."""
    seconds: float = 20
    """How slow slow is."""
    news: News = News.PROMPT
    refunds: Refunds = Refunds.AT_ONCE

    def take(self) -> Mode:
        """The mode for the next question."""
        if self.calls_left is not None:
            if self.calls_left <= 0:
                self.mode, self.calls_left = Mode.FINE, None
            else:
                self.calls_left -= 1
        return self.mode


GARBAGE = (
    ("text/html", b"<!DOCTYPE html><title>Maintenance</title><h1>Back soon</h1>"),
    ("application/json", b"[]"),
    ("application/json", b'{"object": "checkout.session", "id": "cs_'),
    ("application/json", b"{}"),
    ("application/json", b'{"object": "checkout.session", "id": 7, "amount_total": "free"}'),
    ("application/json", b"\xff\xfe\x00not text"),
    ("application/json", b"null"),
    ("application/json", b'{"error": "teapot"}'),
    ("application/json", b""),
)
"""Answers that are none, one after the other."""
