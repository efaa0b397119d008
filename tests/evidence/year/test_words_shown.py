"""What the pages of a year say where things are unusual: an unknown target, a hint, a refusal."""

import pytest

from buurthuis.evidence.year import actions
from buurthuis.evidence.year.refusals import NoConsent, NothingTold
from buurthuis.foundation.errors import sentence_of
from buurthuis.pages.year.words import reading_hints

PAGE = "/board/year/2026/de-meevaart"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Elke week kookt een groep.", []),
        ("De wijkontwikkelingsmaatschappij helpt.", ["Long word: “wijkontwikkelingsmaatschappij”"]),
        (
            "De buren komen elke week bij elkaar en eten dan soep. " * 2,
            ["The sentences are rather long"],
        ),
    ],
)
def test_a_text_gets_one_hint_at_most(app, text, hint):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        told = reading_hints(text)

    assert [each.startswith(start) for each, start in zip(told, hint, strict=True)] == [True] * len(
        hint
    )


def test_every_refusal_names_a_cure(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = [sentence_of(refusal()) for refusal in (NoConsent, NothingTold)]

    assert said[0].startswith("Ask whether")
    assert said[1] == "Write a title and the story."


def test_a_target_of_another_figure_is_shown_as_a_number_and_one_taken_back_says_so(
    house, chandra, sign_in
):
    actions.set_targets(house, 2026, {"ONTM": 5000, "BEZOEK": 10_000}, by=chandra)
    actions.set_targets(house, 2026, {"BEZOEK": None}, by=chandra)
    page = sign_in(chandra).get(PAGE).text

    assert "1/2" in page
    assert "taken back" in page


def test_words_stand_among_the_versions(house, chandra, sign_in):
    actions.write_words(house, 2026, {"stops_without": "De soep."}, by=chandra)

    assert "De soep." in sign_in(chandra).get(PAGE).text.partition("Who wrote what")[2]
