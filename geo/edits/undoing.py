"""Taking changes back: to the very first byte where nothing else touched the files, else row by row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo import pending
from geo.edits.changes import LOG, Change, last_standing
from geo.edits.patch import Patch, Splice, digest
from geo.edits.session import FORMS, Session, editing, read_table_of
from geo.edits.table import Record, Table
from geo.errors import InputError


def undo(folder: Path, *, why: str = "", who: str | None = None, dry_run: bool = False) -> tuple[Change, Session]:
    """Take back the last change that is not taken back yet; return it, and the session that did so.

    Raises NotFoundError where there is none, InputError where its rows were changed since in another way.
    """
    with editing(folder, why=why, who=who, dry_run=dry_run) as session:
        change = last_standing(folder)
        texts: dict[str, str | None] = {}
        patches = []
        for patch in reversed(change.patches):
            if patch.file not in FORMS:
                raise InputError(f"tells of a file {patch.file!r}, which is none of a gazetteer", folder / LOG)
            texts[patch.file], inverse = _before(folder, change, patch)
            patches.append(inverse)
        session.finish(
            f"undo {change.number}: {change.what}", texts, tuple(patches), why=why, who=who, dry_run=dry_run,
            undoes=change.number,
        )  # fmt: skip
    return change, session


def _before(folder: Path, change: Change, patch: Patch) -> tuple[str | None, Patch]:
    """The file's text without the change, and what makes it so."""
    raw = pending.content(folder / patch.file)
    now = "" if raw is None else raw.decode("utf-8")
    if raw is not None and digest(now) == patch.after:
        return patch.taken_back(now), patch.inverse()
    table = old = read_table_of(folder, patch.file)
    for splice in patch.splices:
        table = _row_by_row(table, splice, change, folder)
    return table.text(), Patch.between(patch.file, old, table)


def _row_by_row(table: Table, splice: Splice, change: Change, folder: Path) -> Table:
    """Find the rows that came, wherever they stand now, and put those that went where they belong."""
    come, gone = table.parsed(splice.new), table.parsed(splice.old)
    for record in come:
        found = [known for known in table.rows if _same(known, record.cells)]
        if not found:
            raise InputError(
                f"change {change.number} cannot be undone ({change.what}): {table.path.name} was changed since in "
                "another way; mend the row with `gazetteer set`", folder,
            )  # fmt: skip
        table = table.without(found[0])
    for record in gone:
        table = table.with_record(table.make({k: v for k, v in record.cells.items() if k in table.columns}))
    return table


def _same(record: Record, cells: Mapping[str, str]) -> bool:
    return all(record[name] == cells.get(name, "") for name in {*record.cells, *cells})
