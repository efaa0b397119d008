"""The words of roles: what each is called, and what whoever has it may do."""

from typing import Any, Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from buurthuis.accounts.models import RoleName

ROLE_NAMES: Final[dict[RoleName, Any]] = {
    RoleName.MANAGER: _l("manager"),
    RoleName.COORDINATOR: _l("maker of the roster"),
    RoleName.TREASURER: _l("treasurer"),
    RoleName.HOST: _l("host"),
    RoleName.KEY_HOLDER: _l("key-holder"),
    RoleName.BOARD: _l("board"),
    RoleName.ADMIN: _l("head manager"),
}
ROLE_MAY: Final[dict[RoleName, Any]] = {
    RoleName.MANAGER: _l(
        "Says yes or no to requests. Changes the rooms, hours and prices. Invites others."
    ),
    RoleName.COORDINATOR: _l("Sees who comes, and makes the roster."),
    RoleName.TREASURER: _l("Sees who comes and what they pay."),
    RoleName.HOST: _l("Sees who comes today, and opens the door for them."),
    RoleName.KEY_HOLDER: _l("Has a key. Sees who comes, and opens and closes the house."),
    RoleName.BOARD: _l("Reads the figures of the house. Sees no names."),
    RoleName.ADMIN: _l("Helps every house. May do all that a manager may do."),
}
GIVEN_BY_MANAGERS: Final = tuple(role for role in ROLE_NAMES if role is not RoleName.ADMIN)


def role_in(language: str, role: RoleName) -> str:
    """What a role is called in a language."""
    with force_locale(language):
        return str(ROLE_NAMES[role])


def duties_in(language: str, role: RoleName) -> str:
    """What a role may do, told in a language."""
    with force_locale(language):
        return str(ROLE_MAY[role])
