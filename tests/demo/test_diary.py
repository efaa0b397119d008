"""The diary lets in exactly what the guard and the sharing out of buffers let in."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from buurthuis.demo.diary import Diary, use
from buurthuis.rules.overlap import Claim, SelfOverlap, collisions, share_out
from buurthuis.rules.periods import Period

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def claims() -> st.SearchStrategy[tuple[Period, Period, int]]:
    """A use of a space on some day, with minutes around it, by one of three groups."""
    return st.builds(
        lambda start, length, before, after, owner: (
            core := Period(
                MIDNIGHT + timedelta(minutes=15 * start),
                MIDNIGHT + timedelta(minutes=15 * (start + length)),
            ),
            core.widened(before_minutes=15 * before, after_minutes=15 * after),
            owner,
        ),
        st.integers(0, 96),
        st.integers(1, 16),
        st.integers(0, 6),
        st.integers(0, 6),
        st.integers(1, 3),
    )


@given(st.lists(claims(), max_size=12))
def test_what_fits_in_the_diary_is_what_the_guard_accepts(wished):
    diary = Diary()
    accepted: list[Claim] = []
    for key, (core, wanted, owner) in enumerate(wished):
        new = use(core, wanted, owner)
        tried = [*accepted, Claim(key, owner, core, wanted)]
        assert diary.fits([1], new) == _holds(tried)
        if diary.fits([1], new):
            diary.write([1], new)
            accepted = tried


def _holds(tried: list[Claim]) -> bool:
    try:
        return collisions(share_out(tried)) == []
    except SelfOverlap:
        return False


def test_other_spaces_are_not_in_the_way():
    diary = Diary()
    morning = Period(MIDNIGHT, MIDNIGHT + timedelta(hours=3))
    diary.write([1, 2], use(morning, morning, 1))

    assert not diary.fits([2, 3], use(morning, morning, 2))
    assert diary.fits([3], use(morning, morning, 2))
