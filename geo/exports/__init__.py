"""Exports: claims and control states as files for other programs. What they hold is in docs/exports.md.

`write` makes the files of every build; `single` makes one table for the command line. The same claims and
states give the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from geo import files
from geo.claims import Claim, as_jsonl
from geo.exports.features import Feature, collection, feature
from geo.exports.rows import CHANGE_COLUMNS, CLAIM_COLUMNS, CONTROL_COLUMNS, Row, change_rows, claim_rows, control_rows
from geo.exports.sheets import sheet
from geo.layers import layers
from geo.timeline import ControlState, change_dates

if TYPE_CHECKING:
    from geo.actors import ActorRegistry
    from geo.gazetteer import Gazetteer


class Table(StrEnum):
    """What can be exported."""

    CLAIMS = "claims"
    CONTROL = "control"
    CHANGES = "changes"


class Format(StrEnum):
    """The form it can have."""

    GEOJSON = "geojson"
    CSV = "csv"
    JSONL = "jsonl"


COLUMNS = {Table.CLAIMS: CLAIM_COLUMNS, Table.CONTROL: CONTROL_COLUMNS, Table.CHANGES: CHANGE_COLUMNS}


def write(
    output: Path,
    *,
    claims: Sequence[Claim],
    states: Sequence[ControlState],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
) -> list[Path]:
    """Write claims.jsonl, claims.geojson, control.geojson and geojson/DATE.geojson, one for each change date.

    Daily files of an earlier build whose day has no change any more are deleted. Returns the files written.
    """
    tables = layers(claims, states, (), (), gazetteer)
    control, changes = control_rows(tables, actors), change_rows(tables, claims, actors)
    made = [
        files.write(output / "claims.jsonl", as_jsonl(claims)),
        files.write(output / "claims.geojson", collection(map(_feature, claim_rows(claims)))),
        files.write(output / "control.geojson", collection(map(_feature, control))),
    ]
    made += _daily(output / "geojson", change_dates(claims), control, changes)
    return made


def _daily(folder: Path, days: Sequence[date], control: Sequence[Row], changes: Sequence[Row]) -> list[Path]:
    """One file a day: who holds what on it, then what changed on it. `layer` says which a feature is."""
    held = [(row.values["start"], row.values["end"] or "9999-12-31", _feature(row, "control")) for row in control]
    changed: dict[str, list[Feature]] = {}
    for row in changes:
        changed.setdefault(row.values["date"], []).append(_feature(row, "change"))
    made = []
    for day in map(date.isoformat, days):
        standing = [found for start, end, found in held if start <= day <= end]  # ISO dates sort as text
        made.append(files.write(folder / f"{day}.geojson", collection([*standing, *changed.get(day, [])])))
    files.prune(folder, "????-??-??.geojson", made)
    return made


def _feature(row: Row, layer: str | None = None) -> Feature:
    return feature(row.id, row.values if layer is None else {"layer": layer, **row.values}, row.geometry)


def single(
    table: Table | str,
    form: Format | str,
    target: Path | None = None,
    *,
    claims: Sequence[Claim],
    states: Sequence[ControlState],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    on: date | None = None,
) -> str:
    """One table in one format, written to `target` (None: standard output) and returned.

    on keeps the states that hold on that day, the changes of it, or the claims dated on it.
    Raises ValueError for a table or format that there is not.
    """
    rows = _rows(Table(table), claims, states, gazetteer, actors)
    if on is not None:
        rows = [row for row in rows if _is_on(row, on.isoformat())]
    wanted = Format(form)
    if wanted is Format.JSONL:
        text = "".join(json.dumps(row.values, ensure_ascii=False) + "\n" for row in rows)
    else:
        text = sheet(rows, COLUMNS[Table(table)]) if wanted is Format.CSV else collection(map(_feature, rows))
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))  # whatever the terminal's own encoding is
        sys.stdout.buffer.flush()
    else:
        files.write(target, text)
    return text


def _rows(
    table: Table, claims: Sequence[Claim], states: Sequence[ControlState], gazetteer: Gazetteer, actors: ActorRegistry
) -> list[Row]:
    if table is Table.CLAIMS:
        return list(claim_rows(claims))
    tables = layers(claims, states, (), (), gazetteer)
    return control_rows(tables, actors) if table is Table.CONTROL else change_rows(tables, claims, actors)


def _is_on(row: Row, day: str) -> bool:
    if "start" in row.values:
        return bool(row.values["start"] <= day and (row.values["end"] is None or day <= row.values["end"]))
    return bool(row.values["date"] == day)


__all__ = ["Format", "Table", "single", "write"]
