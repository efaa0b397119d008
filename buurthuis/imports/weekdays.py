"""The days of the week as a house file writes them."""

from buurthuis.imports.table import Table

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday_in(table: Table) -> int | None:
    """The weekday of an entry, Monday is 0; None when it is not there or is none."""
    table.needed("weekday")
    word = table.line("weekday", longest=20)
    if word in WEEKDAYS:
        return WEEKDAYS.index(word)
    if table.has("weekday"):
        table.note("weekday", "not_a_choice", choices=", ".join(WEEKDAYS))
    return None
