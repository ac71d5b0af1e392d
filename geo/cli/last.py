"""The last build of a workspace, as the commands that only look at it see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.claims import Claim, from_json
from geo.errors import InputError, MissingFileError
from geo.workspace import Workspace


def output(folder: Path | None, target: Path | None = None) -> Path:
    """The output folder of a workspace, or the one that was named."""
    return target or Workspace.find(folder).output


def file(folder: Path, name: str) -> Path:
    """A file of an output folder. Raises MissingFileError that says how to make it, or what there is."""
    path = folder / name
    if path.is_file():
        return path
    if name.startswith("maps/") and (folder / "maps").is_dir():
        days = sorted(page.stem for page in (folder / "maps").glob("????-??-??.html"))
        raise MissingFileError(f"{path}: nothing changed on that day; the dates are {', '.join(days) or 'none'}")
    raise MissingFileError(f"{path}: not there; run `controlmap build` first")


def claims(folder: Path) -> list[Claim]:
    """The claims of claims.jsonl. Raises MissingFileError, InputError with the line that cannot be read."""
    path = file(folder, "claims.jsonl")
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                found.append(from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError("is no claim of this version; run `controlmap build` again", path, number) from error
    return found


def report(folder: Path) -> dict[str, Any]:
    """report.json. Raises MissingFileError, InputError."""
    path = file(folder, "report.json")
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise InputError("is not JSON; run `controlmap build` again", path) from error
    return found
