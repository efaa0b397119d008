"""One table of a TOML file, read value by value; whatever is wrong is noted and reading goes on."""

import difflib
from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from buurthuis.imports.mistakes import MistakeBook
from buurthuis.imports.moments import day_in, minute_in, moment_in
from buurthuis.rules import wording
from buurthuis.rules.calendar import MINUTES_A_DAY, YEARS, MissingHour
from buurthuis.rules.opening import LATEST_CLOSING
from buurthuis.rules.slugs import slug
from buurthuis.rules.standing import Kind, StandingCode, is_code

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_SLUG = 60
MISSING = object()


class Table:
    """The keys of one table. Each question marks its key as known; `close` notes the others."""

    def __init__(self, values: Any, path: str, book: MistakeBook) -> None:
        self.path = path
        self.book = book
        self._asked: set[str] = set()
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            book.note(path, "not_a_table")

    def note(self, key: str, code: str, **facts: Any) -> None:
        """Write down a mistake in one of the keys."""
        self.book.note(self.path_of(key), code, **facts)

    def path_of(self, key: str) -> str:
        """The full name of a key, as a reader finds it in the file."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the file says anything about this key."""
        return key in self._values

    def keys_here(self) -> list[str]:
        """The keys that the file has here, for a table in which they are names."""
        return list(self._values)

    def raw(self, key: str) -> Any:
        """The value as TOML gave it, or MISSING."""
        self._asked.add(key)
        return self._values.get(key, MISSING)

    def needed(self, *keys: str) -> None:
        """Note every one of these keys that is not there."""
        for key in keys:
            if not self.has(key):
                self.note(key, "missing")

    def close(self) -> None:
        """Note the keys that nobody asked for: they are most likely misspelt."""
        for key in self._values.keys() - self._asked:
            near = difflib.get_close_matches(key[:LONGEST_SLUG], self._asked, n=1)
            self.note(key, "unknown", near=near[0] if near else "")

    def line(self, key: str, *, longest: int) -> str:
        """A text on one line; "" when it is not there."""
        return self._text(key, wording.one_line, longest)

    def name(self, key: str, *, longest: int) -> str:
        """A text on one line that may not be empty when it is there."""
        name = self.line(key, longest=longest)
        if name == "" and isinstance(value := self.raw(key), str) and len(value) <= longest:
            self.note(key, "empty")
        return name

    def text(self, key: str, *, longest: int) -> str:
        """A text of several lines; "" when it is not there."""
        return self._text(key, wording.paragraphs, longest)

    def slug(self, key: str) -> str:
        """A name for an address; "" when it is not there or cannot be one."""
        value = self._of_type(key, str, "not_text")
        if value is None:
            return ""
        if not value or len(value) > LONGEST_SLUG or slug(value) != value:
            self.note(key, "not_a_slug", near=slug(value[:LONGEST_SLUG]))
            return ""
        return str(value)

    def whole(self, key: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        value = self._of_type(key, int, "not_a_whole_number")
        if value is None:
            return default
        if not least <= value <= most:
            self.note(key, "out_of_range", least=least, most=most)
            return default
        return int(value)

    def one_of(self, key: str, default: int, *, choices: Collection[int]) -> int:
        """A whole number out of a few."""
        value = self._of_type(key, int, "not_a_whole_number")
        if value is None:
            return default
        if value not in choices:
            self.note(key, "not_a_choice", choices=", ".join(map(str, choices)))
            return default
        return int(value)

    def hundredths(self, key: str, *, most: int) -> int | None:
        """A number with at most two decimals, in hundredths: euros in cents, per cents in basis points."""
        value = self._of_type(key, (int, Decimal), "not_a_number")
        if value is None:
            return None
        if isinstance(value, Decimal) and not value.is_finite():
            self.note(key, "not_a_number")
        elif not 0 <= value <= most:
            self.note(key, "out_of_range", least=0, most=most)
        elif value * 100 != int(value * 100):
            self.note(key, "too_many_decimals")
        else:
            return int(value * 100)
        return None

    def yes(self, key: str, default: bool) -> bool:
        """Yes or no, written true or false."""
        value = self._of_type(key, bool, "not_yes_or_no")
        return default if value is None else bool(value)

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One word out of an enumeration."""
        value = self._of_type(key, str, "not_text")
        return None if value is None else self.as_choice(key, value, kind)

    def as_choice(self, key: str, value: str, kind: type[Choice]) -> Choice | None:
        """A word that must be one of an enumeration."""
        try:
            return kind(value)
        except ValueError:
            self.note(key, "not_a_choice", choices=", ".join(kind))
            return None

    def standing(self, key: str) -> StandingCode | None:
        """The code of a standing; None when it is not there or cannot be one."""
        value = self._of_type(key, str, "not_text")
        if value is None or is_code(value):
            return None if value is None else str(value)
        self.note(key, "not_a_standing", choices=", ".join(Kind))
        return None

    def words(self, key: str, *, most: int) -> list[str]:
        """A list of words; [] when it is not there."""
        value = self._of_type(key, list, "not_a_list")
        if value is None:
            return []
        if len(value) > most or not all(isinstance(word, str) for word in value):
            self.note(key, "not_a_list_of_words", most=most)
            return []
        return list(value)

    def day(self, key: str) -> date | None:
        """A day, written as a TOML date or as text."""
        value = self.raw(key)
        if isinstance(value, str):
            value = day_in(value)
        if value is MISSING:
            return None
        if not isinstance(value, date) or isinstance(value, datetime) or value.year not in YEARS:
            self.note(key, "not_a_day")
            return None
        return value

    def moment(self, key: str, *, is_end: bool = False) -> datetime | None:
        """A moment: with an offset, by the clock of the house, or a whole day (its end, if an end)."""
        value = self.raw(key)
        if value is MISSING:
            return None
        try:
            return moment_in(value, is_end=is_end)
        except MissingHour:
            self.note(key, "missing_hour")
        except ValueError:
            self.note(key, "not_a_moment")
        return None

    def clock(self, key: str) -> int | None:
        """A clock time in minutes, up to noon of the next day ("36:00"); a TOML time will do."""
        value = self.raw(key)
        if value is MISSING:
            return None
        minute = minute_in(value)
        if minute is None:
            self.note(key, "not_a_clock_time")
        return minute

    def span(self, opens: str, closes: str) -> tuple[int, int] | None:
        """Two clock times in order; an end that is not after the start lies on the next day."""
        self.needed(opens, closes)
        start, end = self.clock(opens), self.clock(closes)
        if start is None or end is None:
            return None
        if end < start:
            end += MINUTES_A_DAY
        if end == start or start >= MINUTES_A_DAY or end > LATEST_CLOSING:
            self.note(closes, "no_such_span")
            return None
        return start, end

    def table(self, key: str) -> "Table":
        """A table inside this one; an empty one when it is not there."""
        value = self.raw(key)
        return Table({} if value is MISSING else value, self.path_of(key), self.book)

    def rooms(self, key: str, *, most: int = 300) -> tuple[str, ...]:
        """A list of slugs of rooms of this house."""
        found = tuple(self.words(key, most=most))
        for room in found:
            self._know(key, room)
        return found

    def room(self, key: str) -> str | None:
        """The slug of a room of this house; None when it is not there."""
        room = self._of_type(key, str, "not_text")
        return None if room is None else self._know(key, room)

    def tables(self, key: str, *, most: int, unique: str = "") -> Iterator["Table"]:
        """The tables of a list, `[[key]]`, that differ in one key; each is closed after it was read."""
        value = self.raw(key)
        if value is MISSING:
            return
        if not isinstance(value, list):
            self.note(key, "not_a_list_of_tables")
            return
        if len(value) > most:
            self.note(key, "too_many", most=most)
            return
        seen = set()
        for place, values in enumerate(value, start=1):
            table = Table(values, f"{self.path_of(key)}[{place}]", self.book)
            name = str(table.raw(unique)) if table.has(unique) else None
            if name is not None and name in seen:
                table.note(unique, "twice", what=name[:LONGEST_SLUG])
            seen.add(name)
            yield table
            table.close()

    def _know(self, key: str, room: str) -> str:
        if room not in self.book.rooms:
            self.note(key, "no_such_room", room=room[:LONGEST_SLUG])
        return room

    def _text(self, key: str, clean: Any, longest: int) -> str:
        value = self._of_type(key, str, "not_text")
        if value is None:
            return ""
        try:
            return str(clean(value, longest=longest))
        except wording.TooLong:
            self.note(key, "too_long", longest=longest)
            return ""

    def _of_type(self, key: str, kind: Any, code: str) -> Any:
        """The value when it is there and of this type, else None; true and false are no numbers."""
        value = self.raw(key)
        if value is MISSING:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.note(key, code)
            return None
        return value
