"""The import order: a room knows the rooms to its left, and nothing of those to its right."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["controlmap"]["rooms"].split()
MODULES = sorted(path for path in (ROOT / "geo").rglob("*.py") if path.parent.name != "geo" or path.name[0] != "_")


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "geo").parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module] if node.module != "geo" else [f"geo.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "geo" and len(parts) > 1 and not parts[1].startswith("__"):
                yield node.lineno, parts[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_left(path: Path) -> None:
    room = room_of(path)
    if room == "data":
        return
    assert room in ROOMS, f"{room} has no place in the order of rooms (pyproject.toml, tool.controlmap)"
    wrong = [f"line {line}: {name}" for line, name in imported_rooms(path) if ROOMS.index(name) > ROOMS.index(room)]
    assert not wrong, f"{room} reaches to the right: {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.stat().st_size:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
