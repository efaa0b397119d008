"""The storeys of the house: each imports only downward, and nowhere is there a ring."""

import tomllib
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from buurthuis.foundation.settings import CHECKOUT
from tests.house.papers import PACKAGE


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    """What each module imports."""
    graph = grimp.build_graph("buurthuis", cache_dir=None)
    return {each: graph.find_modules_directly_imported_by(each) for each in graph.modules}


def test_every_contract_about_imports_is_kept(capsys):
    """Without its command line, which would silence every log of the tests that follow."""
    configure()

    assert lint_imports(str(CHECKOUT / "pyproject.toml"), cache_dir=None, no_logo=True), (
        capsys.readouterr().out
    )


def test_no_modules_import_each_other_in_a_ring(imports):
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as ring:
        pytest.fail("A ring of imports: " + " ← ".join(ring.args[1]))


def test_a_ring_would_be_noticed():
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"c"}, "c": {"a"}}).prepare()


def test_nobody_imports_the_factory(imports):
    assert [each for each, below in imports.items() if "buurthuis" in below] == []


def test_every_part_of_the_house_has_its_storey():
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
    named = " ".join(contracts["contracts"][0]["layers"])
    parts = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith("_")}

    assert {part for part in parts if f"buurthuis.{part}" not in named} == set()


def test_one_module_knows_the_library_of_the_provider():
    outside = grimp.build_graph("buurthuis", include_external_packages=True, cache_dir=None)

    assert outside.find_modules_that_directly_import("stripe") == {
        "buurthuis.payments.stripe_gateway"
    }
