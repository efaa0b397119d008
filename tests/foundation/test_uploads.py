"""Files come in where a page takes them, from somebody who has signed in, and never as text."""

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import encode_multipart

from buurthuis.foundation.forms import HouseForm, LineField
from buurthuis.foundation.security import LARGEST_REQUEST, LARGEST_UPLOAD, takes_files
from tests.builders import a_person

PATH = "/me/profile"


@pytest.fixture
def taking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile, for this once, takes files."""
    view = app.view_functions["accounts.profile"]
    monkeypatch.setattr(view, "takes_files", False, raising=False)
    takes_files(view)


def a_file(size: int) -> tuple[BytesIO, str]:
    return BytesIO(b"x" * size), "photo.jpg"


def test_a_page_that_takes_no_files_refuses_them(app, sign_in):
    bram = a_person("Bram")

    answer = sign_in(bram).post(PATH, data={"name": "Bram", "photo": a_file(10)})

    assert answer.status_code == 415


def a_claim_of(size: int) -> dict[str, object]:
    """A request that says how much will come."""
    return {
        "input_stream": BytesIO(b"--x\r\n"),
        "content_type": "multipart/form-data; boundary=x",
        "environ_overrides": {"CONTENT_LENGTH": str(size)},
    }


@pytest.mark.usefixtures("taking")
def test_a_page_that_takes_files_takes_larger_ones_than_text(app, sign_in):
    bram = a_person("Bram")
    typed = {"name": "Bram", "phone": "", "language": "nl", "photo": a_file(2 * LARGEST_REQUEST)}
    boundary, body = encode_multipart(typed)
    kind = f"multipart/form-data; boundary={boundary}"

    assert sign_in(bram).post(PATH, data=body, content_type=kind).status_code == 303


@pytest.mark.usefixtures("taking")
def test_there_is_an_end_to_how_much(app, sign_in):
    bram = a_person("Bram")

    answer = sign_in(bram).post(PATH, **a_claim_of(LARGEST_UPLOAD + 1))

    assert answer.status_code == 413


@pytest.mark.usefixtures("taking")
def test_who_has_not_signed_in_is_asked_to_before_anything_is_read(client):
    answer = client.post(PATH, **a_claim_of(LARGEST_UPLOAD))

    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")


class Described(HouseForm):
    """A form beside which files are sent."""

    alt = LineField(longest=20)


def test_a_form_reads_the_text_beside_a_file(app):
    with app.test_request_context(method="POST", data={"alt": "De zaal", "photo": a_file(10)}):
        assert Described().alt.data == "De zaal"


def test_a_file_in_the_place_of_a_text_is_no_answer(app):
    with app.test_request_context(method="POST", data={"alt": a_file(10)}):
        assert Described().alt.data in {None, ""}
