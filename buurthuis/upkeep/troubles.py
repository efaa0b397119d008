"""What keeps a copy, a backup or a restore from being made; each says it in one line."""


class Trouble(Exception):
    """The command stops with this line, and what was there before is as it was."""


class NotEmpty(Trouble):
    """The place to write to holds something already."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"That place is not empty: it has rows in the table {table}. Take an empty database."
        )


class NotUpToDate(Trouble):
    """The database that is read stands at an older migration."""

    def __init__(self) -> None:
        super().__init__("This database has not the latest tables. First: db upgrade")


class NotABackup(Trouble):
    """The file is no whole backup of this program."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This file is no good backup: {why}.")


class Different(Trouble):
    """The copy does not hold what the original holds."""

    def __init__(self, table: str) -> None:
        super().__init__(f"The copy differs from the original in the table {table}.")


class TheDatabaseItself(Trouble):
    """A backup would replace the very database that it is taken from."""

    def __init__(self) -> None:
        super().__init__("That is the database itself. Give the backup another name.")


class OutOfReach(Trouble):
    """A database or file cannot be opened, read or written."""

    def __init__(self, error: BaseException) -> None:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()
        super().__init__(f"This cannot be used: {said[0] if said else type(error).__name__}")
