"""One edit of a gazetteer folder: locked, checked as a whole, written, and noted in changes.log.

The lock is on the folder itself, so that two editors wait for each other and no lock file is left behind.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo import files
from geo.actors import ActorRegistry
from geo.actors.files import ACTOR_COLUMNS
from geo.actors.files import NAME_COLUMNS as ACTOR_NAME_COLUMNS
from geo.edits.table import Record, Table
from geo.errors import ControlmapError, InputError, MissingFileError, NotFoundError
from geo.gazetteer.files import NAME_COLUMNS, PLACE_COLUMNS, read_names, read_places

LOG = "changes.log"
UNDO = "undo "
PATIENCE_S = 10.0
"""How long an edit waits for another one: each takes far less than a second."""
PLACES, NAMES, ACTORS, ACTOR_NAMES = "places.csv", "names.csv", "actors.csv", "actor_names.csv"
_FORMS = {
    PLACES: (PLACE_COLUMNS, ("id",)),
    NAMES: (NAME_COLUMNS, ("place", "text")),
    ACTORS: (ACTOR_COLUMNS, ("id",)),
    ACTOR_NAMES: (ACTOR_NAME_COLUMNS, ("actor", "text")),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of changes.log. rows: (file, cells before or None, cells after or None)."""

    when: str
    who: str
    what: str
    why: str
    rows: tuple[tuple[str, dict[str, str] | None, dict[str, str] | None], ...]


class Session:
    """The tables of a folder while an edit is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._old: dict[str, Table] = {}
        self._new: dict[str, Table] = {}
        self._rows: list[tuple[str, Record | None, Record | None]] = []

    def table(self, name: str) -> Table:
        if name not in self._new:
            columns, order = _FORMS[name]
            self._old[name] = self._new[name] = Table.read(self.folder / name, columns, order)
        return self._new[name]

    def add(self, name: str, cells: Mapping[str, str]) -> None:
        table = self.table(name)
        record = table.make(cells)
        self._new[name] = table.with_record(record)
        self._rows.append((name, None, record))

    def replace(self, name: str, old: Record, cells: Mapping[str, str]) -> None:
        table = self.table(name)
        record = table.make(cells)
        self._new[name] = table.with_replaced(old, record)
        self._rows.append((name, old, record))

    def remove(self, name: str, old: Record) -> None:
        self._new[name] = self.table(name).without(old)
        self._rows.append((name, old, None))

    def finish(self, what: str, why: str) -> None:
        """Check what the edit would leave, write it, note it. Raises InputError, and then nothing is written."""
        changed = {name: table.text() for name, table in self._new.items() if table is not self._old[name]}
        if not changed:
            return
        _check_readable(self.folder, changed)
        # names.csv first when a place goes, places.csv first when one comes: between the two it is whole as well.
        for name in sorted(changed, reverse=any(after is not None for _, _, after in self._rows)):
            files.write(self.folder / name, changed[name])
        self._note(what, why)

    def _note(self, what: str, why: str) -> None:
        rows = [
            {"file": name, "before": before and dict(before.cells), "after": after and dict(after.cells)}
            for name, before, after in self._rows
        ]
        when = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"when": when, "who": _who(), "what": what, "why": why, "rows": rows}, ensure_ascii=False)
        with (self.folder / LOG).open("a", encoding="utf-8", newline="\n") as log:
            log.write(line + "\n")
            log.flush()
            os.fsync(log.fileno())


@contextmanager
def editing(folder: Path) -> Iterator[Session]:
    """A session on the folder, with its lock held. Raises MissingFileError, InputError where it stays locked."""
    if not (folder / PLACES).is_file():
        raise MissingFileError(f"{folder}: no gazetteer (it has no {PLACES}); `controlmap init DIR` makes one")
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield Session(folder)
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while True:
        with suppress(BlockingIOError):
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if time.monotonic() > until:
            raise InputError("is being changed by another process; try again", folder)
        time.sleep(0.02)


def changes(folder: Path) -> list[Change]:
    """What changes.log tells, oldest first. Raises InputError with the line that is not of its form."""
    path = folder / LOG
    if not path.exists():
        return []
    out = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row: dict[str, Any] = json.loads(line)
            rows = tuple((entry["file"], entry["before"], entry["after"]) for entry in row["rows"])
            out.append(Change(row["when"], row["who"], row["what"], row["why"], rows))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("is no line of a change log", path, number) from error
    return out


def undo(folder: Path, *, why: str = "") -> Change:
    """Take back the last change that is not taken back yet, and return it.

    Raises NotFoundError where there is none, InputError where its rows were changed since in another way.
    """
    with editing(folder) as session:
        change = _last(changes(folder))
        for name, before, after in reversed(change.rows):
            if name not in _FORMS:
                raise InputError(f"tells of a file {name!r}, which is none of a gazetteer", folder / LOG)
            table = session.table(name)
            old = None
            if after is not None:
                old = next((row for row in table.records if _same(row, after)), None)
                if old is None:
                    raise InputError(f"cannot be undone: {change.what}: {name} was changed since", folder)
            if old is None and before is not None:
                session.add(name, before)
            elif old is not None and before is not None:
                session.replace(name, old, before)
            elif old is not None:
                session.remove(name, old)
        session.finish(UNDO + change.what, why)
    return change


def _last(made: list[Change]) -> Change:
    """The last change that counts: an undo takes the change before it away."""
    standing: list[Change] = []
    for change in made:
        if change.what.startswith(UNDO):
            standing.pop()
        else:
            standing.append(change)
    if not standing:
        raise NotFoundError(f"{LOG} holds no change that could be undone")
    return standing[-1]


def _same(record: Record, cells: Mapping[str, str]) -> bool:
    return all(record[name] == cells.get(name, "") for name in {*record.cells, *cells})


def clean(text: str, what: str) -> str:
    """The text as it may stand in a cell: NFC, one line, no control characters. Raises InputError."""
    text = unicodedata.normalize("NFC", text).strip()
    bad = next((char for char in text if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in _BIDI), None)
    if bad is not None:
        raise InputError(f"{what} holds the control character U+{ord(bad):04X}; write it without")
    return text


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _check_readable(folder: Path, changed: Mapping[str, str]) -> None:
    """Read the folder as it would be, in a place of its own."""
    with tempfile.TemporaryDirectory(prefix="controlmap-") as name:
        trial = Path(name)
        for table in (*_FORMS, "stoplist.csv"):
            if table in changed:
                (trial / table).write_bytes(changed[table].encode("utf-8"))
            elif (folder / table).exists():
                (trial / table).write_bytes((folder / table).read_bytes())
        try:
            if changed.keys() & {PLACES, NAMES}:
                places = read_places(trial / PLACES)
                if (trial / NAMES).exists():
                    read_names(trial / NAMES, places)
            if changed.keys() & {ACTORS, ACTOR_NAMES}:
                ActorRegistry.load(trial)
        except ControlmapError as error:
            reason = str(error).replace(f"{trial}{os.sep}", "")
            raise InputError(f"refused, and nothing was written: {reason}", folder) from error


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
