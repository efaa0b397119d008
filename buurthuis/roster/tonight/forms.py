"""The forms of a shift: something went wrong, a checklist in lines, a code."""

from secrets import token_urlsafe
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from buurthuis.foundation.forms import HouseForm, LineField, LinesField, WordField, as_tiles
from buurthuis.roster.tonight.models import LONGEST_ITEM, LONGEST_TALE, IncidentKind
from buurthuis.roster.tonight.words import CODES, INCIDENTS
from buurthuis.roster.vault.models import LONGEST_CODE, LONGEST_PLACE, CodeKind
from buurthuis.rules import wording

MOST_LINES = 40
LONGEST_LIST = MOST_LINES * (LONGEST_ITEM + 2)
LONGEST_MARK = 64


class IncidentForm(HouseForm):
    """What went wrong."""

    kind = WordField(
        _l("What is it about?"),
        words=IncidentKind,
        missing=_l("Choose what it is about."),
        **as_tiles(),
    )
    text = LinesField(
        _l("What happened?"), longest=LONGEST_TALE, missing=_l("Write what happened, in short.")
    )
    submission = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.options = [(kind.value, words) for kind, words in INCIDENTS.items()]

    @classmethod
    def empty(cls) -> Self:
        """A form with a mark of its own, so that one press tells it once."""
        return cls(formdata=None, submission=token_urlsafe(12))

    @property
    def mark(self) -> str:
        """The mark that came along, or a new one where it was none of ours."""
        sent = (self.submission.data or "").strip()
        is_ours = sent.isascii() and sent.isprintable() and 0 < len(sent) <= LONGEST_MARK
        return sent if is_ours else token_urlsafe(12)


class ChecklistForm(HouseForm):
    """A checklist: one line for each thing to do."""

    lines = LinesField(_l("What is there to do?"), longest=LONGEST_LIST)

    wanted: tuple[str, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Each line is short enough for a telephone, and there are not too many."""
        if not super().validate(extra_validators):
            return False
        texts = [line.strip() for line in (self.lines.data or "").splitlines() if line.strip()]
        if len(texts) > MOST_LINES:
            self.wrong(self.lines, _("Write at most %(most)s lines.", most=MOST_LINES))
        try:
            cleaned = [wording.one_line(text, longest=LONGEST_ITEM) for text in texts]
        except wording.TooLong:
            self.wrong(
                self.lines,
                _("Make each line shorter: at most %(longest)s letters.", longest=LONGEST_ITEM),
            )
        else:
            self.wanted = tuple(text for text in cleaned if text)
        return not self.errors


class CodeForm(HouseForm):
    """A code of the house; what was typed is never shown again, also not after a mistake."""

    kind = WordField(
        _l("What is it for?"), words=CodeKind, missing=_l("Choose what it is for."), **as_tiles()
    )
    place = LineField(_l("Where?"), longest=LONGEST_PLACE)
    code = LineField(_l("The code"), longest=LONGEST_CODE, missing=_l("Write the code."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.options = [(kind.value, words) for kind, words in CODES.items()]

    def forget_code(self) -> None:
        """A page that is shown again does not carry the code."""
        self.code.data = self.code.typed = ""
