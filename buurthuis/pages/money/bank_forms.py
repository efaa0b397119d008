"""What a treasurer sends about the bank: a file, what its columns mean, why lines are set aside."""

from collections.abc import Sequence
from typing import Any, Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import FileField

from buurthuis.foundation.forms import ChosenField, HouseForm, LineField
from buurthuis.pages.column_forms import ColumnForm
from buurthuis.pages.desk_forms import DeskForm
from buurthuis.pages.money.bank_opening import MOST_BYTES
from buurthuis.payments.bank.columns import Columns, Sheet
from buurthuis.payments.bank.models import LONGEST_ASIDE
from buurthuis.payments.bank.words import COLUMNS


class FileForm(HouseForm):
    """A file of the bank."""

    file = FileField(_l("The file of your bank"))

    def taken(self) -> tuple[str, bytes]:
        """The name and the bytes of the file that came along; both empty where there is none."""
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return "", b""
        return sent.filename, sent.stream.read(MOST_BYTES + 1)


def column_forms(
    sheet: Sheet, columns: Columns, typed: MultiDict[str, str] | None
) -> Sequence[ColumnForm]:
    """A form for each column of a table."""
    now = map(columns.meaning_of, range(len(sheet.header)))
    return ColumnForm.each(now, COLUMNS, typed)


def columns_chosen(forms: Sequence[ColumnForm]) -> Columns:
    """What all columns were said to mean."""
    return Columns.said(form.says.data or "" for form in forms)


class AsideForm(DeskForm):
    """Why lines have nothing to do with invoices."""

    reason = LineField(
        _l("What is it?"), longest=LONGEST_ASIDE, missing=_l("Write why you set it aside.")
    )


class WhoseForm(DeskForm):
    """Whose money it is, where it is for no invoice."""

    group = ChosenField(_l("Whose money is it?"))

    @classmethod
    def of(cls, line: Any, groups: Sequence[Any], chosen: int | None) -> Self:
        """The form for one line, with the groups that a house knows."""
        form = cls.about(line, formdata=None, group=chosen)
        form.group.options = [
            ("", _("We do not know yet")),
            *((str(each.id), each.name) for each in groups),
        ]
        return form
