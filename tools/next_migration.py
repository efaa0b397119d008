"""Print the number of the next migration: four figures, one higher than the last."""

from pathlib import Path

VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"


def next_number(folder: Path) -> str:
    """The number after the highest one in a folder of migrations."""
    last = max((file.name[:4] for file in folder.glob("[0-9]*.py")), default="0000")
    return f"{int(last) + 1:04d}"


if __name__ == "__main__":
    print(next_number(VERSIONS))
