"""Calls about a change of a series for which a house must say yes: one answer for all its days."""

from buurthuis.api.answers import Answer
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.series import asked_series, series_answer
from buurthuis.api.shapes import REFUSAL
from buurthuis.api.values import Asked
from buurthuis.bookings.series import queries
from buurthuis.bookings.series.answering import approve_change, refuse_change
from buurthuis.bookings.series.asking import withdraw_change
from buurthuis.bookings.series.models import Series
from buurthuis.foundation.access import needs, visitor


@blueprint.post("/series/<series_id>/change/approve")
@needs("series.decide", asked_series)
@described(
    Call(
        "Say yes to a change of a series: every day that waits changes, at the price that was seen.",
        "Series",
        refusals=(
            *("invalid", "not-allowed", "not-found"),
            *("out-of-stock", "room-taken", "wrong-state"),
        ),
    )
)
def approve_series_change(found: Series) -> Answer:
    """All days that wait, or none."""
    return series_answer(approve_change(found.id, by=visitor()), visitor())


@blueprint.post("/series/<series_id>/change/refuse")
@needs("series.decide", asked_series)
@described(
    Call(
        "Say no to a change of a series, with the reason; every day stays as it is.",
        "Series",
        body=REFUSAL,
        refusals=("invalid", "not-allowed", "not-found", "wrong-state"),
    )
)
def refuse_series_change(found: Series, asked: Asked) -> Answer:
    """The booker reads the reason."""
    refuse_change(found.id, by=visitor(), reason=asked["reason"])
    return series_answer(queries.series(found.id), visitor())


@blueprint.post("/series/<series_id>/change/withdraw")
@needs("series.edit", asked_series)
@described(
    Call(
        "Take back a change of a series that was asked for; every day stays as it is.",
        "Series",
        refusals=("not-allowed", "not-found", "wrong-state"),
    )
)
def withdraw_series_change(found: Series) -> Answer:
    """What it held comes free."""
    withdraw_change(found.id, by=visitor())
    return series_answer(queries.series(found.id), visitor())
