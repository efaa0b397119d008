"""How long a shift took: the one place that says so, for pages, certificates and figures alike."""

from buurthuis.roster.hours.models import HoursCorrection
from buurthuis.roster.models import Duty, DutyStatus, Part
from buurthuis.roster.tonight.models import Presence
from buurthuis.rules.on_duty import minutes_attended
from buurthuis.rules.periods import Period


def attended_minutes(
    duty: Duty, said: Presence | None = None, correction: HoursCorrection | None = None
) -> int:
    """The minutes somebody gave to a shift: as corrected, else as they said, else as planned.

    Only what is done counts. A back-up who did not come gave none. That somebody else closed the
    house says nothing about when this person went.
    """
    if duty.status != DutyStatus.DONE:
        return 0
    corrected = None if correction is None else correction.minutes
    began_at = None if said is None else said.began_at
    closed_at = None if said is None or said.closed_by_id != duty.person_id else said.closed_at
    if duty.part == Part.BACKUP and corrected is None and began_at is None and closed_at is None:
        return 0
    return minutes_attended(
        Period(duty.starts_at, duty.ends_at),
        began_at=began_at,
        closed_at=closed_at,
        corrected=corrected,
    )


def planned_minutes(duty: Duty) -> int:
    """The minutes a shift was to take."""
    return Period(duty.starts_at, duty.ends_at).minutes
