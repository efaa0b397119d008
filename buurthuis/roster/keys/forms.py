"""The forms of the key register: a lock, its keys, who gets one, and who signs."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, ValidationError

from buurthuis.accounts.models import Initiative, Person
from buurthuis.foundation.forms import (
    HouseForm,
    LineField,
    LinesField,
)
from buurthuis.foundation.typed import OnDayField, WholeField
from buurthuis.roster.holders.forms import PersonField
from buurthuis.roster.keys.actions import Handing
from buurthuis.roster.keys.locks import LockTold
from buurthuis.roster.keys.models import Lock

LONGEST_NAME: Final = 60
LONGEST_OPENS: Final = 200
LONGEST_NUMBER: Final = 30
LONGEST_SIGNATURE: Final = 120
MOST_OUT: Final = 500
MOST_DEPOSIT: Final = 500
MOST_KEYS_AT_ONCE: Final = 50

_SEPARATORS = re.compile(r"[\n,;]")


class LockForm(HouseForm):
    """A lock: what it is called, what it opens, and how many keys may be out."""

    name = LineField(
        _l("What is the lock called?"),
        longest=LONGEST_NAME,
        missing=_l("Write a name, such as: front door."),
    )
    opens = LineField(_l("What does it open?"), longest=LONGEST_OPENS)
    is_entrance = BooleanField(_l("With this key you can open the house"), default=True)
    most_issued = WholeField(_l("How many keys may be out?"), least=0, most=MOST_OUT)

    @property
    def told(self) -> LockTold:
        """What was written down."""
        return LockTold(
            self.name.data or "",
            self.opens.data or "",
            bool(self.is_entrance.data),
            self.most_issued.data,
        )

    @classmethod
    def of(cls, lock: Lock) -> "LockForm":
        """What stands there now."""
        return cls(
            name=lock.name,
            opens=lock.opens,
            is_entrance=lock.is_entrance,
            most_issued=lock.most_issued,
        )


class KeysForm(HouseForm):
    """Numbers of new keys."""

    numbers = LinesField(
        _l("Which numbers stand on the keys?"),
        longest=MOST_KEYS_AT_ONCE * (LONGEST_NUMBER + 2),
        missing=_l("Write at least one number."),
    )

    each: Sequence[str] = ()

    def validate_numbers(self, field: Field) -> None:
        """Take them apart, each once."""
        if not field.data:
            return
        found = [part.strip() for part in _SEPARATORS.split(field.data or "")]
        self.each = list(dict.fromkeys(part for part in found if part))
        if not self.each:
            raise ValidationError(_("Write at least one number."))
        if len(self.each) > MOST_KEYS_AT_ONCE:
            raise ValidationError(_("Write at most %(most)s numbers.", most=MOST_KEYS_AT_ONCE))
        if any(len(part) > LONGEST_NUMBER for part in self.each):
            raise ValidationError(_("A number is too long. Put a comma between two numbers."))


class HolderField(PersonField):
    """Somebody, or a group, out of those who may get a key."""

    def offer_all(self, people: Sequence[Person], groups: Sequence[Initiative]) -> None:
        """Put them on the list; groups come after people."""
        self.known = {f"p{each.id}": each for each in people}
        self.known |= {f"g{each.id}": each for each in groups}
        some = [(f"p{each.id}", each.name) for each in people]
        others = [(f"g{each.id}", _("Group: %(name)s", name=each.name)) for each in groups]
        self.options = [("", _("Choose…")), *some, *others]


class GiveForm(HouseForm):
    """Who gets a key, until when, for how much, and how they sign."""

    holder = HolderField(_l("Who gets the key?"), missing=_l("Choose who gets the key."))
    signed_name = LineField(
        _l("Name of who gets it, as a signature"),
        longest=LONGEST_SIGNATURE,
        missing=_l("Let them type their name. That is the signature."),
    )
    deposit = WholeField(_l("Deposit, in whole euros"), least=0, most=MOST_DEPOSIT)
    due_on = OnDayField(_l("When does it come back?"))
    opens_itself = BooleanField(_l("This group opens and closes by itself from now on"))

    today: date

    def validate_due_on(self, field: Field) -> None:
        """Not a day that has been."""
        if field.data is not None and field.data < self.today:
            raise ValidationError(_("Choose today or a later day."))

    @property
    def handing(self) -> Handing:
        """What was signed for."""
        holder = self.holder.chosen
        return Handing(
            self.signed_name.data or "",
            person=holder if isinstance(holder, Person) else None,
            group=holder if isinstance(holder, Initiative) else None,
            due_on=self.due_on.data,
            deposit_cents=100 * (self.deposit.data or 0),
            opens_itself=bool(self.opens_itself.data),
        )


class BackForm(HouseForm):
    """Who brings a key back signs as well."""

    signed_name = LineField(
        _l("Name of who brings it back, as a signature"),
        longest=LONGEST_SIGNATURE,
        missing=_l("Let them type their name. That is the signature."),
    )
