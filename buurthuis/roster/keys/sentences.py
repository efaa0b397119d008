"""What a visitor reads when the house refuses something about locks and keys."""

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.foundation.errors import constraint_means, says
from buurthuis.roster.keys import refusals as key_refusals

constraint_means("uq_key_issue_out", key_refusals.KeyNotHere)
constraint_means("key_issue.key_id", key_refusals.KeyNotHere)
constraint_means("uq_lock_venue_id_name", key_refusals.LockExists)
constraint_means("lock.venue_id, lock.name", key_refusals.LockExists)
constraint_means("uq_physical_key_lock_id_number", key_refusals.NumberExists)
constraint_means("physical_key.lock_id, physical_key.number", key_refusals.NumberExists)


@says(key_refusals.KeyNotHere)
def _key_not_here(_refusal: key_refusals.KeyNotHere) -> str:
    return _("This key does not hang in the house. Look who has it, or choose another key.")


@says(key_refusals.KeyNotOut)
def _key_not_out(_refusal: key_refusals.KeyNotOut) -> str:
    return _("Nobody has this key now. Load the page again to see where it is.")


@says(key_refusals.KeyNotLost)
def _key_not_lost(_refusal: key_refusals.KeyNotLost) -> str:
    return _("This key is not lost any more. Load the page again to see where it is.")


@says(key_refusals.MostKeysOut)
def _most_keys_out(refusal: key_refusals.MostKeysOut) -> str:
    return ngettext(
        "%(lock)s: %(num)s key is out, no more may be. Take it back first, or change the lock.",
        "%(lock)s: %(num)s keys are out, no more may be. Take one back first, or change the lock.",
        refusal.facts["most"],
        lock=refusal.facts["lock"],
    )


@says(key_refusals.MoreAreOut)
def _more_are_out(refusal: key_refusals.MoreAreOut) -> str:
    return _(
        "%(out)s keys are out now. Write a higher number, or take keys back first.",
        out=refusal.facts["out"],
    )


@says(key_refusals.NoKeyForThem)
def _no_key_for_them(_refusal: key_refusals.NoKeyForThem) -> str:
    return _("They cannot get a key here. Give them a role in the house first.")


@says(key_refusals.LockExists)
def _lock_exists(_refusal: key_refusals.LockExists) -> str:
    return _("There is a lock with this name. Choose another name.")


@says(key_refusals.NumberExists)
def _number_exists(_refusal: key_refusals.NumberExists) -> str:
    return _("There is a key with this number. Choose another number.")


@says(key_refusals.LockHasKeys)
def _lock_has_keys(_refusal: key_refusals.LockHasKeys) -> str:
    return _("This lock has keys. Say of each key that it is gone. The lock itself stays.")
