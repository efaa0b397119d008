"""What is kept of a sheet: everything, or what is of one room, standing or theme."""

from dataclasses import dataclass, replace

from buurthuis.rules.figures.sheet import Key, Row, Sheet, Table

_STANDING_AND_THEME = {
    Table.TIME: 2,
    Table.COUNTS: 2,
    Table.GROUPS: 3,
    Table.SERIES: 3,
    Table.ANSWERS: 2,
}
"""Where in the keys of a table the standing stands; the theme comes after it."""
_ROOM = {Table.COUNTS: 1, Table.GROUPS: 2, Table.SERIES: 2, Table.ANSWERS: 1}
_SPACE = {Table.TIME: 1, Table.SPACES: 1, Table.HOURS: 1}


@dataclass(frozen=True, slots=True)
class Keeps:
    """Which rows count; None keeps all, and "" those of which it is not known.

    A room keeps the time of its physical spaces, and the bookings that were made of it by name.
    """

    room: int | None = None
    spaces: frozenset[int] = frozenset()
    standing: str | None = None
    theme: str | None = None

    @property
    def is_part(self) -> bool:
        """Not everything is kept."""
        return self.room is not None or self.is_of_some

    @property
    def is_of_some(self) -> bool:
        """Only some bookings are kept, by their standing or theme."""
        return self.standing is not None or self.theme is not None

    @property
    def of_any_standing(self) -> "Keeps":
        """The same for all standings, to see one beside the others."""
        return replace(self, standing=None)

    def keeps(self, table: Table, key: Key) -> bool:
        """Whether a row of a table counts. A table that does not know of something keeps all."""
        if self.room is not None:
            if table in _SPACE and key[_SPACE[table]] not in self.spaces:
                return False
            if table in _ROOM and key[_ROOM[table]] != self.room:
                return False
        at = _STANDING_AND_THEME.get(table)
        if at is None:
            return True
        return self.standing in (None, key[at]) and self.theme in (None, key[at + 1])

    def rows(self, sheet: Sheet, table: Table) -> list[tuple[Key, Row]]:
        """The rows of a table that count."""
        rows = sheet.tables[table].items()
        if not self.is_part:
            return list(rows)
        return [each for each in rows if self.keeps(table, each[0])]


EVERYTHING = Keeps()
