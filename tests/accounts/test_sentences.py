"""Every refusal about people is a sentence in words."""

import pytest

from buurthuis.accounts import refusals
from buurthuis.foundation.errors import Refusal, sentence_of

REFUSALS = [
    refusal
    for refusal in vars(refusals).values()
    if isinstance(refusal, type) and issubclass(refusal, Refusal)
    if refusal.__module__ == refusals.__name__
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_names_the_cure_in_a_second_sentence(app, refusal):
    with app.test_request_context():
        sentence = sentence_of(refusal(left=3))
    assert sentence.count(".") >= 2 or " or " in sentence or ", " in sentence
    assert sentence.endswith(".")
