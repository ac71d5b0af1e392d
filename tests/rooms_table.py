"""The table of rooms in docs/architecture.md: pyproject's order, and what each module says of itself.

`python tests/rooms_table.py` (part of `make docs`) writes it; tests/test_docs.py compares.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms -->\n", "<!-- end of rooms -->\n"


def table() -> str:
    """One row a room, in order, with the first sentence of its docstring."""
    return "| room | what it is |\n|---|---|\n" + "".join(f"| `{room}` | {purpose(room)} |\n" for room in rooms())


def rooms() -> list[str]:
    """The rooms, left to right."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names: list[str] = settings["tool"]["controlmap"]["rooms"].split()
    return names


def purpose(room: str) -> str:
    path = ROOT / "geo" / f"{room}.py"
    path = path if path.exists() else ROOT / "geo" / room / "__init__.py"
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def page(text: str) -> str:
    """The page with its table as it should be."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + "\n" + table() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
