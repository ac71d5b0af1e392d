"""One edit of a gazetteer folder: locked, checked as a whole, made in one step, and noted in changes.log.

A session holds the tables while the edit is put together; leaving its block makes the edit. An edit that would
leave a gazetteer that cannot be read is refused, and nothing is written.
"""

from __future__ import annotations

import getpass
import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from geo import pending
from geo.actors import ActorRegistry
from geo.actors.files import ACTOR_COLUMNS
from geo.actors.files import NAME_COLUMNS as ACTOR_NAME_COLUMNS
from geo.edits.changes import LOG, Change
from geo.edits.features import COLUMNS as FEATURE_COLUMNS
from geo.edits.features import Features
from geo.edits.patch import Patch
from geo.edits.table import Record, Table
from geo.errors import ControlmapError, InputError, MissingFileError
from geo.gazetteer.files import NAME_COLUMNS, PLACE_COLUMNS, read_names, read_places
from geo.gazetteer.outlines import OUTLINES, read_outlines
from geo.judgements import COLUMNS as JUDGEMENT_COLUMNS
from geo.judgements import read_judgements

PLACES, NAMES, STOPLIST = "places.csv", "names.csv", "stoplist.csv"
ACTORS, ACTOR_NAMES = "actors.csv", "actor_names.csv"
JUDGEMENTS, ACTOR_CONFLICTS = "judgements.csv", "actor_conflicts.csv"
FORMS = {
    PLACES: (PLACE_COLUMNS, ("id",)),
    NAMES: (NAME_COLUMNS, ("place", "text")),
    ACTORS: (ACTOR_COLUMNS, ("id",)),
    ACTOR_NAMES: (ACTOR_NAME_COLUMNS, ("actor", "text")),
    JUDGEMENTS: (JUDGEMENT_COLUMNS, ("article", "text", "when")),
    OUTLINES: (FEATURE_COLUMNS, ("id",)),
}
WHO = "CONTROLMAP_WHO"
"""Environment variable: the editor's name in the log. Without it, that of the login."""


class Session:
    """The tables of a folder while an edit is put together. change: what it came to, once it is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.change: Change | None = None
        self.before: dict[str, str | None] = {}
        self.after: dict[str, str | None] = {}
        self._old: dict[str, Table] = {}
        self._new: dict[str, Table] = {}
        self._said: list[str] = []
        self._comes = False

    def table(self, name: str) -> Table:
        if name not in self._new:
            self._old[name] = self._new[name] = read_table_of(self.folder, name)
        return self._new[name]

    def places(self) -> dict[str, Record]:
        """The rows of places.csv by id."""
        return {row["id"]: row for row in self.table(PLACES).rows}

    def add(self, name: str, cells: Mapping[str, str]) -> None:
        table = self._wide(name, cells)
        self._new[name] = table.with_record(table.make(cells))
        self._comes = self._comes or name == PLACES

    def add_all(self, name: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Add many rows at once."""
        table = self._wide(name, *rows)
        self._new[name] = table.with_records([table.make(cells) for cells in rows])
        self._comes = self._comes or (name == PLACES and bool(rows))

    def replace(self, name: str, old: Record, cells: Mapping[str, str]) -> None:
        table = self._wide(name, cells)
        self._new[name] = table.with_replaced(old, table.make(cells))

    def _wide(self, name: str, *rows: Mapping[str, str]) -> Table:
        """The table, with the columns of its form that the rows fill and that a file of an earlier version lacks."""
        table = self.table(name)
        for column in FORMS[name][0]:
            if column not in table.columns and any(cells.get(column) for cells in rows):
                table = table.with_column(column)
        return table

    def remove(self, name: str, old: Record) -> None:
        self._new[name] = self.table(name).without(old)

    def say(self, what: str) -> None:
        """Put a step of the edit into words, for the log."""
        self._said.append(what)

    def _texts(self) -> dict[str, str | None]:
        """The new texts, in the order of writing: between any two files, what stands there can be read as well.

        That is: the names and the outline of a place go before it does, and come after it. (Not so where an outline is
        handed to a place that gets its position in the same edit; whoever reads by `pending` sees the whole anyway.)
        """
        changed = [name for name, table in self._new.items() if table is not self._old[name]]
        return {name: self._new[name].text() for name in sorted(changed, reverse=self._comes)}

    def make(self, *, why: str, who: str | None, dry_run: bool) -> None:
        """Check what the edit would leave, and unless it is a dry run make and note it. Raises InputError."""
        texts = {name: text for name, text in self._texts().items() if text != self._old[name].text()}
        if not texts:
            return
        patches = tuple(Patch.between(name, self._old[name], self._new[name]) for name in texts)
        self.finish("; ".join(self._said), texts, patches, why=why, who=who, dry_run=dry_run)

    def finish(
        self, what: str, texts: Mapping[str, str | None], patches: tuple[Patch, ...], *, why: str, who: str | None,
        dry_run: bool, undoes: int | None = None,
    ) -> None:  # fmt: skip
        """Make the files hold these texts, as one change. Raises InputError, and then nothing is written."""
        check_readable(self.folder, texts)
        self.before = {name: _read(self.folder / name) for name in texts}
        self.after = dict(texts)
        number = (pending.content(self.folder / LOG) or b"").count(b"\n") + 1
        when = datetime.now(UTC).isoformat(timespec="seconds")
        change = Change(number, when, editor(who), what, clean(why, "the reason"), patches, undoes)
        if not dry_run:
            pending.carry_out(self.folder, texts, LOG, change.line())
        self.change = change


def read_table_of(folder: Path, name: str) -> Table:
    """One table of the folder, by its file's name. Raises InputError."""
    kind = Features if name == OUTLINES else Table
    return kind.read(folder / name, *FORMS[name])


@contextmanager
def editing(folder: Path, *, why: str = "", who: str | None = None, dry_run: bool = False) -> Iterator[Session]:
    """A session on the folder, with its lock held; the edit is made when the block ends well.

    Raises MissingFileError, InputError where another process keeps the lock or the edit does not fit.
    """
    if not pending.stands(folder / PLACES):
        raise MissingFileError(f"{folder}: no gazetteer (it has no {PLACES}); `controlmap init DIR` makes one")
    with pending.held(folder, alone=True):
        pending.settle(folder)
        session = Session(folder)
        yield session
        if session.change is None:
            session.make(why=why, who=who, dry_run=dry_run)


def check_readable(folder: Path, changed: Mapping[str, str | None]) -> None:
    """Read the folder as it would be. Raises InputError with the reason."""
    with pending.assumed(folder, changed):
        try:
            if changed.keys() & {PLACES, NAMES, JUDGEMENTS, OUTLINES}:
                places = read_places(folder / PLACES)
                if pending.stands(folder / NAMES):
                    read_names(folder / NAMES, places)
                if pending.stands(folder / JUDGEMENTS):
                    read_judgements(folder / JUDGEMENTS, places)
                if pending.stands(folder / OUTLINES):
                    read_outlines(folder / OUTLINES, places)
            if changed.keys() & {ACTORS, ACTOR_NAMES}:
                ActorRegistry.load(folder)
        except ControlmapError as error:
            raise InputError(f"refused, and nothing was written: {error}") from error


def clean(text: str, what: str) -> str:
    """The text as it may stand in a cell: NFC, one line, no control characters. Raises InputError."""
    text = unicodedata.normalize("NFC", text).strip()
    bad = next((char for char in text if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in _BIDI), None)
    if bad is not None:
        raise InputError(f"{what} holds the control character U+{ord(bad):04X}; write it without")
    return text


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def editor(who: str | None) -> str:
    """Whose edit it is: as said, as the environment says, or the login's name."""
    said = clean(who or os.environ.get(WHO, ""), "the name")
    if said:
        return said
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _read(path: Path) -> str | None:
    raw = pending.content(path)
    return None if raw is None else raw.decode("utf-8")
