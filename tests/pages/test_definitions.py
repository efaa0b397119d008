"""What each figure means, for everybody: its page, its versions, and what was meant before."""

from buurthuis.rules.figures import definitions
from buurthuis.rules.figures.codes import Code
from tests.forgetting import forget_pages
from tests.pages.reading import in_english


def test_every_figure_has_a_page_that_says_what_it_means(client):
    in_english(client)
    page = client.get("/value/definitions").get_data(as_text=True)

    for code in Code:
        assert f"{code}@1" in page
        assert client.get(f"/value/definitions/{code}").status_code == 200
    assert client.get("/value/definitions/NOTHING").status_code == 404


def test_older_versions_of_a_definition_stay_listed(client, monkeypatch):
    first = definitions.EDITIONS["2026"]
    benut = next(each for each in first if each.code == Code.BENUT)
    newer = definitions.Definition(benut.code, 2, "2027", benut.counts)
    editions = {"2026": first, "2027": definitions.next_edition(first, newer)}
    monkeypatch.setattr("buurthuis.pages.value.meanings.EDITIONS", editions)
    forget_pages(client.application)
    page = client.get("/value/definitions/BENUT").get_data(as_text=True)
    forget_pages(client.application)

    assert page.index("BENUT@2") < page.index("BENUT@1")
