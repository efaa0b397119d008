"""Texts of at most sixty words, and a hint where one reads less easily than it could."""

import re
from dataclasses import dataclass
from typing import Final

MOST_WORDS: Final = 60
LONG_SENTENCE: Final = 14
"""Words in a sentence that one has to read twice."""
LONG_MEAN: Final = 10
LONG_WORD: Final = 16
"""Letters of a word that stumbles over itself."""

_WORD: Final = re.compile(r"\w")
_SENTENCE: Final = re.compile(r"[.!?…]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads: its words, the mean length of its sentences, and what to look at."""

    words: int
    mean: int
    long_sentence: str
    long_word: str

    @property
    def is_easy(self) -> bool:
        """Nothing stands out."""
        return not (self.mean > LONG_MEAN or self.long_sentence or self.long_word)


def words_in(text: str) -> int:
    """How many words a text has: what stands between spaces and has a letter or a number.

    >>> words_in("Bram – die van het repair-café – komt om 19.00 uur.")
    9
    """
    return len(_words(text))


def reading_of(text: str) -> Reading:
    """How easily a text reads, for a hint beside it; never a refusal."""
    sentences = [each.strip() for each in _SENTENCE.split(text) if words_in(each)]
    words = _words(text)
    longest = max(sentences, key=words_in, default="")
    widest = max(words, key=len, default="")
    return Reading(
        words=len(words),
        mean=round(len(words) / len(sentences)) if sentences else 0,
        long_sentence=longest if words_in(longest) > LONG_SENTENCE else "",
        long_word=widest if len(widest) >= LONG_WORD else "",
    )


def _words(text: str) -> list[str]:
    return [each.strip(".,;:!?…()'\"“”‘’") for each in text.split() if _WORD.search(each)]
