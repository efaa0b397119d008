"""What the house refuses about locks and keys."""

from buurthuis.foundation.errors import Refusal


class KeyNotHere(Refusal):
    """The key does not hang in the house: it is out, lost or gone."""

    code = "key-not-here"
    status = 409


class KeyNotOut(Refusal):
    """Nobody has the key at this moment."""

    code = "key-not-out"
    status = 409


class KeyNotLost(Refusal):
    """The key was found or replaced already."""

    code = "key-not-lost"
    status = 409


class MostKeysOut(Refusal):
    """As many keys to the lock are out as the house allows; `lock` and `most` say which and how many."""

    code = "most-keys-out"
    status = 409


class MoreAreOut(Refusal):
    """More keys to the lock are out than this new limit; `out` says how many."""

    code = "more-keys-out"


class NoKeyForThem(Refusal):
    """Whoever gets a key has a role in the house, or books there as a group."""

    code = "no-key-for-them"


class LockExists(Refusal):
    """The house has a lock with this name."""

    code = "lock-exists"


class NumberExists(Refusal):
    """The lock has a key with this number."""

    code = "key-number-exists"


class LockHasKeys(Refusal):
    """Keys to the lock were written down; what was given out is kept."""

    code = "lock-has-keys"
    status = 409
