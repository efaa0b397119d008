"""Every address of the program: what posters, subscriptions and other programs may have written down.

`python -m tests.house.addresses` writes the list anew, after a change that was meant.
"""

import re
import tempfile
from pathlib import Path

from flask import Flask

from buurthuis.foundation.settings import from_environment

AGREED = Path(__file__).parent / "urls.txt"
UNSAID = {"HEAD", "OPTIONS"}


def addresses_of(program: Flask) -> list[str]:
    """Lines such as `GET /rooms/<slug>`, in order; what a part may look like is left out."""
    return sorted(
        f"{method} {re.sub(r'<[^<>]*:', '<', rule.rule)}"
        for rule in program.url_map.iter_rules()
        for method in (rule.methods or set()) - UNSAID
    )


def write_down() -> None:
    """Write the list of a program that was assembled for this alone."""
    from buurthuis import create_app

    with tempfile.TemporaryDirectory() as folder:
        program = create_app(from_environment({"BUURTHUIS_INSTANCE": folder}))
        AGREED.write_text("\n".join(addresses_of(program)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_down()
