"""Telling above the next page why something could not be done, so that people go on where they were."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import flash

from buurthuis.foundation.errors import NotAllowed, NotFound, Refusal, sentence_of


@contextmanager
def refusals_told(*kinds: type[Refusal], look: str = "attention") -> Iterator[None]:
    """Tell a refusal of these kinds (of any, when none is named), and go on after the block.

    What one may not see or do has a page of its own, so that is never told here.
    """
    try:
        yield
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        if kinds and not isinstance(refusal, kinds):
            raise
        flash(sentence_of(refusal), look)
