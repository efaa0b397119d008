"""The pages where a board writes a year down: what was typed stays, and nothing is lost."""

from datetime import date

import pytest
from sqlalchemy import select

from buurthuis.accounts.models import RoleName
from buurthuis.evidence.year import actions, queries
from buurthuis.evidence.year.models import Target, WordsKind, YearMoney
from buurthuis.evidence.year.told_models import SocialOutcome, Story
from buurthuis.foundation.db import db
from buurthuis.rules.figures.spans import year_span
from tests.builders import a_person, a_role
from tests.evidence.year.writing import (
    CONTRIBUTION,
    COSTS,
    a_rate,
    a_story,
    an_outcome,
    writes_money,
)

PAGE = "/board/year/2026/de-meevaart"
YEAR = year_span(2026)


def cents(house, kind=COSTS):
    return queries.money_of({house.id}, YEAR).cents[kind]


def test_the_overview_says_how_far_each_house_is(house, elsewhere, chandra, board_of_all, sign_in):
    writes_money(house, board_of_all, housing_costs=1, contribution=0)
    page = sign_in(board_of_all).get("/board/year").location
    text = sign_in(board_of_all).get(page).text

    assert page.endswith("/board/year/2026")
    assert "2 of 6 filled in" in text
    assert "0 of 6 filled in" in text
    assert "Still open: Other money, What stops, Targets, A story" in text
    assert "Targets for all houses together" in text
    assert "Elsewhere" not in sign_in(chandra).get(page).text


def test_a_house_that_wrote_everything_is_done(house, chandra, sign_in):
    writes_money(house, chandra, housing_costs=1, contribution=0, other_funds=0)
    actions.write_words(house, 2026, {WordsKind.STOPS_WITHOUT: "De soep."}, by=chandra)
    actions.set_targets(house, 2026, {"BEZOEK": 10_000}, by=chandra)
    a_story(house, chandra)

    text = sign_in(chandra).get("/board/year/2026").text
    assert "6 of 6 filled in" in text
    assert "Still open" not in text


def test_money_is_typed_as_people_write_it(house, chandra, sign_in):
    browser = sign_in(chandra)
    typed = {
        "housing_costs": "48.000",
        "housing_costs_source": "Jaarrekening 2026",
        "contribution": "€ 12,500.50",
        "contribution_source": "Gemeente",
        "seen": "0",
    }
    answer = browser.post(f"{PAGE}/money", data=typed)
    page = browser.get(answer.location).text

    assert (cents(house), cents(house, CONTRIBUTION)) == (48_000_00, 12_500_50)
    assert 'value="48,000"' in page
    assert 'value="12,500.50"' in page
    assert "Jaarrekening 2026" in page


def test_last_year_stands_beside_each_amount_and_its_source_is_filled_in(house, chandra, sign_in):
    writes_money(house, chandra, year=2025, housing_costs=48_000_00)
    text = sign_in(chandra).get(PAGE).text

    assert "2025: €48,000.00." in text
    assert 'value="Jaarrekening"' in text


def test_a_source_without_an_amount_writes_nothing(house, chandra, sign_in):
    sign_in(chandra).post(f"{PAGE}/money", data={"housing_costs_source": "x", "seen": "0"})

    assert db.session.scalars(select(YearMoney)).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"housing_costs": "veel"}, "Write a number such as 48000"),
        ({"housing_costs": "1.2345"}, "Write a number such as 48000"),
        ({"housing_costs": "48.000"}, "Write where this stands"),
    ],
)
def test_a_mistake_keeps_what_was_typed(house, chandra, sign_in, typed, sentence):
    answer = sign_in(chandra).post(f"{PAGE}/money", data={**typed, "seen": "0"})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed["housing_costs"]}"' in answer.text
    assert cents(house) is None


def test_who_comes_second_keeps_what_they_typed_and_reads_the_other(
    house, chandra, treasurer, sign_in
):
    writes_money(house, treasurer, housing_costs=100_00)
    browser = sign_in(chandra)
    typed = {"housing_costs": "200", "housing_costs_source": "Begroting", "seen": "0"}
    answer = browser.post(f"{PAGE}/money", data=typed)

    assert answer.status_code == 409
    assert 'value="200"' in answer.text
    assert "Costs of the building: €100.00, from Jaarrekening" in answer.text
    assert cents(house) == 100_00

    seen = db.session.scalar(select(YearMoney.id))
    browser.post(f"{PAGE}/money", data={**typed, "seen": seen})
    assert cents(house) == 200_00


def test_every_version_is_shown_and_an_older_one_can_count_again(
    house, chandra, treasurer, sign_in
):
    writes_money(house, chandra, housing_costs=100_00)
    writes_money(house, treasurer, housing_costs=200_00)
    browser = sign_in(chandra)
    page = browser.get(PAGE).text
    old = db.session.scalar(select(YearMoney.id).where(YearMoney.number == 1))

    assert "€100.00, from Jaarrekening" in page
    assert "Treasurer, counts now" in page
    assert f"{PAGE}/money/{old}" in page
    assert browser.post(f"{PAGE}/words/{old}").status_code == 404
    assert browser.post(f"{PAGE}/else/{old}").status_code == 404
    assert browser.post(f"/board/year/2025/de-meevaart/money/{old}").status_code == 404

    browser.post(f"{PAGE}/money/{old}")
    assert cents(house) == 100_00


def test_words_are_counted_and_a_long_sentence_gets_a_hint(house, nadia, sign_in):
    browser = sign_in(nadia)
    long = "De buren komen elke week bij elkaar en ze koken dan samen een grote pan soep."
    browser.post(f"{PAGE}/words", data={"stops_without": long, "thanks": "", "seen": "0"})
    too_long = browser.post(f"{PAGE}/words", data={"stops_without": "soep " * 61, "seen": "9"})
    page = browser.get(PAGE).text

    assert "Make it two." in page
    assert too_long.status_code == 422
    assert "These are 61 words. Use at most 60." in too_long.text
    assert queries.words_of({house.id}, 2026)[house.id] == {WordsKind.STOPS_WITHOUT: long}


def test_last_year_s_words_are_at_hand(house, nadia, sign_in):
    actions.write_words(house, 2025, {WordsKind.STOPS_WITHOUT: "De soep."}, by=nadia)

    assert "De soep." in sign_in(nadia).get(PAGE).text


def test_targets_are_typed_in_the_unit_in_which_one_reads_them(house, chandra, sign_in):
    typed = {"bezoek": "12.000", "benut": "35", "vrij_u": "900", "kort": "2500,50"}
    typed |= {"gelijk_answer_days": "2,5", "seen": "0"}
    browser = sign_in(chandra)
    browser.post(f"{PAGE}/targets", data=typed)
    found = {code: float(value) for code, value in queries.targets_of({house.id}, 2026).items()}
    page = browser.get(PAGE).text

    assert found == {
        "BEZOEK": 12_000,
        "BENUT": 0.35,
        "VRIJ_U": 900 * 60,
        "KORT": 2500_50,
        "GELIJK.ANSWER_DAYS": 2.5,
    }
    assert 'value="12,000"' in page
    assert 'value="2,500.50"' in page


def test_targets_for_all_houses_are_for_the_board_of_all(
    house, elsewhere, chandra, board_of_all, sign_in
):
    browser = sign_in(board_of_all)
    assert "Targets of 2026" in browser.get("/board/targets/2026").text
    assert browser.post("/board/targets/2026", data={"bezoek": "x"}).status_code == 422
    answer = browser.post("/board/targets/2026", data={"bezoek": "500", "seen": "0"})
    late = browser.post("/board/targets/2026", data={"bezoek": "600", "seen": "0"})

    assert answer.status_code == 303
    assert late.status_code == 409
    assert "Visits: 500" in late.text
    assert queries.targets_of({house.id, elsewhere.id}, 2026) == {"BEZOEK": 500}
    assert db.session.scalars(select(Target.venue_id)).all() == [None]
    assert sign_in(chandra).get("/board/targets/2026").status_code == 403


def test_who_may_not_write_a_part_reads_it(house, chandra, treasurer, nadia, sign_in):
    writes_money(house, chandra, housing_costs=100_00)
    actions.write_words(house, 2026, {WordsKind.STOPS_WITHOUT: "De soep."}, by=chandra)
    actions.set_targets(house, 2026, {"BEZOEK": 10_000}, by=chandra)
    manager, money = sign_in(nadia).get(PAGE).text, sign_in(treasurer).get(PAGE).text

    assert "Save the money" not in manager
    assert "€100.00, from Jaarrekening" in manager
    assert "Save the words" in manager
    assert "Save the money" in money
    assert "Save the words" not in money
    assert "De soep." in money
    assert "The board sets targets." in money


@pytest.mark.parametrize("year", [1999, 2028, 30000])
def test_a_year_far_away_is_not_here(house, chandra, sign_in, year):
    browser = sign_in(chandra)
    for page in (f"/board/year/{year}", f"/board/year/{year}/de-meevaart"):
        assert browser.get(page).status_code == 404
    assert "Stories of 2026" in browser.get(f"/board/stories?year={year}").text


STORY = {
    "title": "Soep",
    "text": "Elke week kookt een groep.",
    "code": "BEZOEK",
    "told_on": "2026-02-01",
    "consent": "Aan tafel",
}


def test_a_story_is_written_shown_and_taken_away(house, nadia, sign_in):
    browser = sign_in(nadia)
    assert "Consent" in browser.get("/board/stories/de-meevaart/new").text
    page = browser.post("/board/stories/de-meevaart/new", data=STORY).location
    number = db.session.scalar(select(Story.id))
    assert "Board and sheet of the year" in browser.get(page).text

    browser.post(f"/board/stories/{number}/show")
    assert "For everybody" in browser.get(page).text
    browser.post(f"/board/stories/{number}/keep-inside")
    assert "Board and sheet of the year" in browser.get(page).text
    browser.post(f"/board/stories/{number}/withdraw")
    text = browser.get(page).text
    assert "Elke week" not in text
    assert "Taken away" in text


def test_a_story_whose_consent_is_over_says_so(house, nadia, sign_in):
    a_story(house, nadia, until=date(2026, 2, 2), teller="Bram")
    text = sign_in(nadia).get("/board/stories").text

    assert "Consent is over" in text
    assert "Told by Bram; that name stays inside." in text
    assert "Show it to everybody" not in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "soep " * 61}, "These are 61 words."),
        ({"consent": ""}, "Ask whether you may pass it on."),
        ({"told_on": "2026-03-03"}, "This day has not come yet."),
        ({"told_on": "1999-12-31"}, "Choose a day in 2000 or later."),
        ({"until": "2026-01-31"}, "This is before it was told."),
        ({"names_teller": "y"}, "Write the name, or take the tick away below."),
        ({"code": "ELSE"}, "Choose one from the list."),
    ],
)
def test_a_story_that_is_not_right_yet_keeps_its_words(house, nadia, sign_in, typed, sentence):
    answer = sign_in(nadia).post("/board/stories/de-meevaart/new", data={**STORY, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Soep"' in answer.text
    assert db.session.scalars(select(Story)).all() == []


RATE = {"level": "low", "from_month": "2026-01", "hour": "15,50", "source": "Voorbeeld"}


def test_a_rate_is_written_with_who_says_so_and_taken_back(board_of_all, house, sign_in):
    browser = sign_in(board_of_all)
    assert "No rates yet" in browser.get("/board/rates").text
    browser.post("/board/rates", data={**RATE, "link": "https://example.org/rate"})
    page = browser.get("/board/rates").text

    assert "Low: €15.50" in page
    assert 'href="https://example.org/rate"' in page
    assert queries.rates() == {"low": [(date(2026, 1, 1), 15_50)]}

    number = queries.rates_written()[0].id
    browser.post(f"/board/rates/{number}/take-back")
    text = browser.get("/board/rates").text
    assert queries.rates() == {}
    assert "No rates yet" in text
    assert "taken back" in text
    assert "Chandra of all" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"source": ""}, "Write who says so"),
        ({"hour": "0"}, "Write more than 0."),
        ({"level": "huge"}, "Choose one from the list."),
        ({"from_month": "2026-02"}, "Choose one from the list."),
        ({"link": "javascript:alert(1)"}, "Write a web address that begins with https://."),
    ],
)
def test_a_rate_that_is_not_right_is_not_kept(board_of_all, house, sign_in, typed, sentence):
    answer = sign_in(board_of_all).post("/board/rates", data={**RATE, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert queries.rates() == {}


def test_a_board_of_one_house_reads_rates_and_sets_none(house, chandra, board_of_all, sign_in):
    a_rate(board_of_all)
    browser = sign_in(chandra)

    assert "Save the rate" not in browser.get("/board/rates").text
    assert browser.post("/board/rates", data=RATE).status_code == 403


OUTCOME = {
    "house": "de-meevaart",
    "words": "Minder alleen",
    "code": "BEZOEK",
    "price_low": "1",
    "price_high": "3,50",
    "anyway_low": "10",
    "anyway_high": "40",
    "ours_low": "20",
    "ours_high": "50",
    "source": "Voorbeeld",
}


def test_a_result_for_society_is_off_until_it_has_a_price_with_a_source(house, chandra, sign_in):
    browser = sign_in(chandra)
    assert "This figure is off" in browser.get("/board/outcomes").text
    answer = browser.post("/board/outcomes/2026", data={**OUTCOME, "source": ""})
    assert "Without a source this figure stays off." in answer.text

    browser.post("/board/outcomes/2026", data=OUTCOME)
    (found,) = queries.outcomes_of({house.id}, YEAR)
    text = browser.get("/board/outcomes?year=2026").text
    assert found.price_cents == (1_00, 3_50)
    assert "€1.00 to €3.50 each" in text
    assert "10% to 40%" in text

    number = db.session.scalar(select(SocialOutcome.id))
    browser.post(f"/board/outcomes/{number}/withdraw")
    text = browser.get("/board/outcomes").text
    assert "This figure is off" in text
    assert "Taken away" in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"price_low": "4"}, "The low number is above the high one."),
        ({"price_low": "0", "price_high": "0"}, "Write more than 0."),
        ({"ours_high": "101"}, "of at most 100"),
        ({"house": ""}, "Choose one from the list."),
        ({"house": "elsewhere"}, "Choose one from the list."),
        ({"code": "BENUT"}, "Choose one from the list."),
    ],
)
def test_a_result_that_is_not_right_is_not_kept(
    house, elsewhere, chandra, sign_in, typed, sentence
):
    answer = sign_in(chandra).post("/board/outcomes/2026", data={**OUTCOME, **typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalars(select(SocialOutcome)).all() == []


def test_results_of_other_houses_are_not_shown(house, elsewhere, chandra, board_of_all, sign_in):
    an_outcome(elsewhere, board_of_all, words="Elders")
    an_outcome(None, board_of_all, words="Overal")
    text = sign_in(chandra).get("/board/outcomes").text

    assert "Overal" in text
    assert "Elders" not in text


def test_who_reads_no_figures_finds_none_of_it(house, sign_in):
    keeper = a_person("Amina")
    a_role(keeper, RoleName.KEY_HOLDER, house)
    browser = sign_in(keeper)

    for page in ("year/2026", "year/2026/de-meevaart", "stories", "rates", "outcomes"):
        assert browser.get(f"/board/{page}").status_code == 404, page
