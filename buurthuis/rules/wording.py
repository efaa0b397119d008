"""Text that came from outside, made fit to keep and to show.

Forms, files and other programs send us text. Some of it carries things no reader sees: control
characters, marks that turn the direction of the line around, characters of no width. They can
make a title lie about what it says, so they go. What people write stays as it is: accents,
Arabic, emoji, and the joiners that hold some letters and emoji together.

Cleaning twice changes nothing more. Markup is left alone: a page escapes what it shows.
"""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_LOOSE_JOINERS = re.compile(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)")
_REPEATED_JOINERS = re.compile(rf"([{_JOINERS}])[{_JOINERS}]+")
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_MANY_BLANK_LINES = re.compile(r"\n{3,}")

# Control characters, invisible marks, and halves of characters that no file can hold.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\t\n" + _JOINERS)


class TooLong(ValueError):
    """The text is longer than there is room for."""

    def __init__(self, longest: int) -> None:
        super().__init__(f"At most {longest} characters fit.")
        self.longest = longest


def one_line(text: str, *, longest: int) -> str:
    """A text such as a title or a name, on one line and with single spaces.

    Raises:
        TooLong: more characters are left than `longest`.
    """
    return _fitting(" ".join(_seen(text).split()), longest)


def paragraphs(text: str, *, longest: int) -> str:
    """A text such as a remark: lines stay lines, and at most one blank line stands between two.

    Raises:
        TooLong: more characters are left than `longest`.
    """
    lines = (" ".join(line.split()) for line in _seen(text).split("\n"))
    return _fitting(_MANY_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n"), longest)


def _seen(text: str) -> str:
    """The characters a reader can see, composed, with every line end written as a newline."""
    if text.isprintable():  # nearly always, and then there is nothing to take out
        return unicodedata.normalize("NFC", text)
    with_newlines = _LINE_ENDS.sub("\n", text)
    visible = "".join(
        letter
        for letter in with_newlines
        if letter in _KEPT or unicodedata.category(letter) not in _UNSEEN
    )
    joined = _REPEATED_JOINERS.sub(r"\1", _LOOSE_JOINERS.sub("", visible))
    return unicodedata.normalize("NFC", joined)


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest:
        raise TooLong(longest)
    return text
