"""The assets are joined once and may be kept for ever."""

import gzip
import re

from buurthuis.foundation.access import Door
from buurthuis.foundation.assets import short_names, thin_script, thin_style, whole_layers


def address(board, kind):
    with board.test_request_context("/"):
        return board.jinja_env.globals["asset"](kind)


def test_a_browser_may_keep_the_style_sheet_for_ever(board):
    answer = board.test_client().get(address(board, "css"))
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_address_names_the_content(board):
    for kind in ("css", "js", "icon"):
        assert re.search(r"/assets/\w+\.[0-9a-f]{12}\.\w+$", address(board, kind))


def test_an_old_address_is_gone(board):
    assert board.test_client().get("/assets/buurthuis.000000000000.css").status_code == 404


def test_a_style_sheet_travels_packed_to_whoever_can_unpack_it(board):
    client = board.test_client()
    plain = client.get(address(board, "css"))
    packed = client.get(address(board, "css"), headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == plain.data
    assert (packed.headers["Content-Encoding"], packed.vary.to_header()) == (
        "gzip",
        "Accept-Encoding",
    )
    assert "Content-Encoding" not in plain.headers


def test_everybody_may_fetch_the_assets(board):
    assert board.view_functions["asset"].door == Door(verb=None, is_public=True)


def test_the_layers_are_named_before_they_are_filled(board):
    text = board.test_client().get(address(board, "css")).text
    assert text.startswith("@layer reset,tokens,base,layout,parts,print;")
    assert text.count("{") == text.count("}")


def test_a_thin_style_means_the_same():
    thick = "/* why */\n.week :focus , a {\n  color: var(--ink);\n  width: calc(1px + 2px);\n}\n"
    assert thin_style(thick) == ".week :focus,a{color:var(--ink);width:calc(1px + 2px)}"


def test_tokens_become_short_and_classes_stay():
    text = ":root{--ink:#000;--paper-white:#fff}.tag--ink{color:var(--ink);fill:var(--ink)}"
    assert short_names(text) == ":root{--a:#000;--b:#fff}.tag--ink{color:var(--a);fill:var(--a)}"


def test_there_are_names_enough():
    text = "".join(f"--token-{number}:0;" for number in range(80))
    assert len(set(short_names(text).split(";"))) == 81


def test_a_thin_script_keeps_its_lines():
    thick = "// Why.\nconst address = 'https://x';\n\n  /* Also why. */\n  go(address); // now\n"
    assert thin_script(thick) == "const address = 'https://x';\ngo(address); // now"


def test_a_colour_of_equal_pairs_is_written_short():
    assert thin_style("a { color: #ffffff; fill: #f6efe2; }") == "a{color:#fff;fill:#f6efe2}"


def test_neighbouring_blocks_of_a_layer_become_one():
    loose = "@layer base,parts;@layer base{a{b:c}}@layer parts{d{e:f}}@layer parts{@media print{g{h:i}}}"
    joined = "@layer base,parts;@layer base{a{b:c}}@layer parts{d{e:f}@media print{g{h:i}}}"
    assert whole_layers(loose) == joined
