"""What is folded away on a public year stands on paper, whether somebody pressed it or not."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.builders import a_venue
from tests.statistics.public.publishing import a_published_year

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]


@pytest.fixture
def printed(app, client, browser):
    """A function that prints a page and reads the paper."""

    def text(path):
        page = client.get(path).text
        link = re.search(r'<link rel="stylesheet" href="([^"]+)">', page)
        style = client.get(link[1]).text
        paper = browser.new_page()
        paper.set_content(page.replace(link[0], f"<style>{style}</style>"))
        read = PdfReader(BytesIO(paper.pdf(format="A4")))
        paper.close()
        return "".join(each.extract_text() for each in read.pages)

    return text


def test_folded_tables_of_a_public_year_stand_on_paper(printed):
    a_published_year(2026, *(a_venue(f"house-{number}") for number in range(12)))

    paper = printed("/value/2026")

    assert "By kind of group and by theme" in paper
    assert "By theme" in paper
    assert "Costs covered" in paper
