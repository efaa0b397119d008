"""Words for where a key is."""

from flask_babel import lazy_gettext as _l

from buurthuis.roster.keys.models import KeyState

STATES = {
    KeyState.IN_HOUSE: _l("in the house"),
    KeyState.ISSUED: _l("given out"),
    KeyState.LOST: _l("lost"),
    KeyState.GONE: _l("gone for good"),
}
