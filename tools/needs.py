"""Print what pyproject.toml needs: for running, or (with an argument) one of its extra lists."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
extra = sys.argv[1] if len(sys.argv) > 1 else None
needs = project["dependencies"] if extra is None else project["optional-dependencies"][extra]
print(" ".join(needs))
