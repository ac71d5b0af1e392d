"""The change log: one line of JSON a change, oldest first; nothing in it is ever altered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo import pending
from geo.edits.patch import Patch
from geo.errors import InputError, NotFoundError

LOG = "changes.log"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of changes.log. number: its line. undoes: the number of the change that it took back."""

    number: int
    when: str
    who: str
    what: str
    why: str
    patches: tuple[Patch, ...]
    undoes: int | None = None

    def line(self) -> str:
        row: dict[str, Any] = {"when": self.when, "who": self.who, "what": self.what, "why": self.why}
        if self.undoes is not None:
            row["undoes"] = self.undoes
        row["files"] = [patch.as_json() for patch in self.patches]
        return json.dumps(row, ensure_ascii=False) + "\n"

    def lines(self) -> list[str]:
        """The rows that went (-) and came (+), each with its file."""
        out = []
        for patch in self.patches:
            for splice in patch.splices:
                for sign, text in (("-", splice.old), ("+", splice.new)):
                    out += [f"{sign} {patch.file}: {row}" for row in text.splitlines() if row.strip(" ,")]
        return out


def changes(folder: Path) -> list[Change]:
    """What changes.log tells, oldest first. Raises InputError with the line that is not of its form."""
    return [_change(line, number, folder) for number, line in enumerate(_lines(folder), 1) if line.strip()]


def _lines(folder: Path) -> list[bytes]:
    return (pending.content(folder / LOG) or b"").split(b"\n")


def _change(line: bytes, number: int, folder: Path) -> Change:
    try:
        row: dict[str, Any] = json.loads(line)
        patches = tuple(Patch.from_json(entry) for entry in row["files"])
        return Change(number, row["when"], row["who"], row["what"], row["why"], patches, row.get("undoes"))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("is no line of a change log", folder / LOG, number) from error


def standing(made: list[Change]) -> list[Change]:
    """The changes that are not taken back, oldest first."""
    gone = {change.undoes for change in made}
    return [change for change in made if change.undoes is None and change.number not in gone]


def last_standing(folder: Path) -> Change:
    """The change that `undo` takes back next. Raises NotFoundError where there is none.

    Changes are taken back from the last one on, so all between an undo and what it undid is settled.
    """
    lines = _lines(folder)
    number = len(lines)
    while number > 0:
        if not lines[number - 1].strip():
            number -= 1
            continue
        change = _change(lines[number - 1], number, folder)
        if change.undoes is None:
            return change
        number = min(change.undoes, number) - 1
    raise NotFoundError(f"{folder / LOG} holds no change that could be undone")
