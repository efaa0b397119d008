"""Whoever reads little can read along: short sentences, everyday words, and never a formal "u"."""

import re
import tomllib
from collections.abc import Iterator
from statistics import mean

import pytest

from buurthuis.foundation.settings import CHECKOUT
from tests.language.catalogue import sentences, translations, words
from tests.letters_samples import every_letter

MEAN_WORDS = 10
MOST_WORDS = 15

HARD_DUTCH = re.compile(
    r"""\b(
    accounts? | accountgegevens | inloggegevens | valideren | validatie | gevalideerd
    | authenticatie | autorisatie | submit | submitten | slots? | entry | entries | default
    | faciliteit | faciliteiten | desbetreffende | betreffende | middels | indien | teneinde
    | alsmede | derhalve | thans | reeds | gelieve | dient | dienen | verstrekken | geschieden
    | conform | inzake | jegens | ongeldig | geldige | beschikbaar | beschikbaarheid
    | bevestigen | bevestigd | bevestiging | selecteer | selecteren | verwijder | verwijderen
    | wijzig | wijzigen | invoeren | ingevoerd | genereren | resultaten
    | boeking | boekingen | boeken | geboekt | u | uw
    | opties? | optioneel | eventueel | parameters? | kenmerk | kenmerken | status | sessies?
    | specificeren | registreren | registratie | geregistreerd | notificaties? | annulering(?:en)?
    | aanmaken | aangemaakt | aanpassen | aangepast | verwerken | verwerkt | uitvoeren | uitgevoerd
    | ontbreekt | ontbreken | ontvangen | ontvangt | raadplegen | raadpleeg | weergave | verzoek
    | verzoeken | minimaal | maximaal | minimum | maximum | hoogstens | minstens | momenteel | tevens
    | echter | hierbij | tariefkaart | termijn | vereist | verplicht | procedure | functionaliteit
    | applicatie | configuratie | configureren | importeren | exporteren | import | export | klik
    | klikken | upload | uploaden | downloaden | autoriseren | accorderen | akkoord | retourneren
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
HARD_ENGLISH = re.compile(
    r"""\b(
    (?<!bank\ )accounts? | validate | validation | authentication | submit | slots? | entry | entries
    | default | facility | facilities | invalid | prior | commence | pursuant | utili[sz]e
    | reservations? | please | kindly | login
    | optional | parameters? | specif(?:y|ied) | register | registered | registration
    | notifications? | cancellations? | maximum | minimum | currently | however | obtain | retrieve
    | proceed | regarding | therefore | additional | sufficient | approximately | upload | click
    | configure | configuration | session | sessions | status | authori[sz]e
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

READ_IN_HOUSES = frozenset(
    {"about", "way_in", "who_opens", "house_rules", "reason", "label", "name", "by", "text", "alt"}
)
HOUSES = sorted((CHECKOUT / "buurthuis" / "imports" / "houses").glob("*.toml"))


def texts_of(house: dict[str, object]) -> Iterator[str]:
    """Everything in a house file that a visitor reads."""
    for key, value in house.items():
        if isinstance(value, dict):
            yield from texts_of(value)
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, dict):
                    yield from texts_of(each)
        elif key in READ_IN_HOUSES:
            yield str(value)


def dutch_catalogue() -> list[str]:
    return [form for _english, forms in translations() for form in forms]


def english_catalogue() -> list[str]:
    return [form for forms, _dutch in translations() for form in forms]


def letters(language: str) -> list[str]:
    return [
        text
        for spoken, _name, letter in every_letter()
        if spoken == language
        for text in (letter.subject, letter.body)
    ]


def house_texts() -> list[str]:
    return [text for file in HOUSES for text in texts_of(tomllib.loads(file.read_text("utf-8")))]


SOURCES = {
    "the Dutch catalogue": (dutch_catalogue, HARD_DUTCH),
    "the Dutch letters": (lambda: letters("nl"), HARD_DUTCH),
    "the house files": (house_texts, HARD_DUTCH),
    "the English messages": (english_catalogue, HARD_ENGLISH),
    "the English letters": (lambda: letters("en"), HARD_ENGLISH),
}


@pytest.fixture(params=SOURCES)
def source(request):
    """Texts, and what finds the words that are too hard for them."""
    read, hard = SOURCES[request.param]
    return read(), hard


def whole_sentences(texts: list[str]) -> list[str]:
    """Sentences that end like one; a label or a line of facts would only flatter the mean."""
    return [sentence for text in texts for sentence in sentences(text) if sentence[-1] in ".!?:…"]


def test_sentences_are_short(source):
    lengths = [len(words(sentence)) for sentence in whole_sentences(source[0])]
    assert lengths
    assert mean(lengths) <= MEAN_WORDS


def test_no_sentence_is_long(source):
    cut = [sentence for text in source[0] for sentence in sentences(text)]
    assert [sentence for sentence in cut if len(words(sentence)) > MOST_WORDS] == []


def test_no_word_is_hard(source):
    texts, hard = source
    assert [text for text in texts if hard.search(text)] == []


def test_a_long_sentence_and_a_hard_word_are_noticed():
    assert sentences("Kies een dag. Of bel: wij helpen.\nTot 19:00") == [
        "Kies een dag.",
        "Of bel:",
        "wij helpen.",
        "Tot 19:00",
    ]
    assert HARD_DUTCH.search("Log in op uw account.")
    assert not HARD_DUTCH.search("Log in met een code, over een uur.")
    assert len(words("Bel %(house)s, of mail naam@voorbeeld.nl om 19:00.")) == 7


def test_money_and_buttons_speak_as_was_agreed():
    dutch = dict(translations())
    for english, agreed in {
        "Make a calendar subscription": "Agenda-abonnement maken",
        "Withdraw": "Intrekken",
        "Taken": "Bezet",
        "Closed": "Gesloten",
        "Find a room": "Zoek een ruimte",
        "This costs": "Dit kost",
        "Normally it is %(amount)s.": "Normaal is het %(amount)s.",
        "You get a discount, because you are a social enterprise.": (
            "Je krijgt korting, want je bent een sociale onderneming."
        ),
    }.items():
        assert dutch[(english,)] == (agreed,)
