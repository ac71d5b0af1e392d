"""The check of a gazetteer folder: everything that is wrong with it, by file and line.

An error is what a build would stop at; a doubt is what an editor should look at: a point far from its parent,
two places in one spot, a spelling that stands twice, a row out of order.
"""

from __future__ import annotations

import math
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.actors import ActorRegistry
from geo.edits.places import KINDS
from geo.edits.points import distance_m
from geo.edits.session import ACTOR_NAMES, ACTORS, NAMES, PLACES, STOPLIST
from geo.errors import ControlmapError, InputError, MissingFileError
from geo.gazetteer.files import NAME_COLUMNS, PLACE_COLUMNS, read_names, read_places, read_stoplist
from geo.tables import Row, read_table

MOST = 200
"""Errors listed before the check gives up: each costs one more reading of the folder."""
TWINS_M = 200.0
"""Two places nearer than this need a note that tells them apart (gazetteer/README.md)."""
SLACK = 2.0
"""A place may lie so many times its parent's half extent away: outlines are not circles."""
LEAST_REACH_M = 30_000.0
"""Below this distance from the parent nothing is doubted: a town's fields and a base outside it are in reach."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. error: a build would stop at it; otherwise it is a doubt. line counts from 1."""

    file: str
    line: int
    error: bool
    text: str


def check(folder: Path) -> list[Finding]:
    """Everything wrong with the folder, errors and doubts, by file and line. Raises MissingFileError."""
    if not (folder / PLACES).is_file():
        raise MissingFileError(f"{folder}: no gazetteer (it has no {PLACES}); `controlmap init DIR` makes one")
    found = [*_errors(folder)]
    if not any(finding.error and finding.line <= 1 for finding in found):
        found += _doubts(folder)
    return sorted(set(found), key=lambda finding: (finding.file, finding.line, finding.text))


def _errors(folder: Path) -> Iterator[Finding]:
    """Read, note the first error, blank its line, read again: so that the readers' own rules are the only ones."""
    with tempfile.TemporaryDirectory(prefix="controlmap-") as name:
        trial = Path(name)
        for file in (PLACES, NAMES, STOPLIST, ACTORS, ACTOR_NAMES):
            if (folder / file).exists():
                (trial / file).write_bytes((folder / file).read_bytes())
        readers: list[Callable[[], object]] = [lambda: _read_places(trial)]
        if (trial / STOPLIST).exists():
            readers.append(lambda: read_stoplist(trial / STOPLIST))
        if (trial / ACTORS).exists() or (trial / ACTOR_NAMES).exists():
            readers.append(lambda: ActorRegistry.load(trial))
        for reader in readers:
            yield from _errors_of(reader, trial)


def _read_places(folder: Path) -> None:
    places = read_places(folder / PLACES)
    if (folder / NAMES).exists():
        read_names(folder / NAMES, places)


def _errors_of(reader: Callable[[], object], trial: Path) -> Iterator[Finding]:
    gone: set[str] = set()
    for _ in range(MOST):
        try:
            reader()
        except InputError as error:
            path, line = Path(error.path or PLACES), error.line or 1
            text = _reason(error)
            # A row that leans on one already found wrong is no fault of its own.
            if not any(re.search(rf"(?<![\w-]){re.escape(place)}(?![\w-])", text) for place in gone):
                yield Finding(path.name, line, True, text)
            if line <= 1:
                return
            gone |= _blank(path, line)
        except ControlmapError as error:
            yield Finding(PLACES, 1, True, str(error).replace(f"{trial}/", ""))
            return
        else:
            return


def _reason(error: InputError) -> str:
    where = f"{error.path}:{error.line}: " if error.line is not None else f"{error.path}: "
    return str(error).removeprefix(where)


def _blank(path: Path, line: int) -> set[str]:
    """Empty a line, so that the numbers of the others stay. Returns the id that stood first in it."""
    lines = path.read_bytes().split(b"\n")
    first = re.split(rb"[,;\t]", lines[line - 1])[0].decode("utf-8", "replace").strip('" \r')
    lines[line - 1] = b""
    path.write_bytes(b"\n".join(lines))
    return {first} - {""} if path.name in (PLACES, ACTORS) else set()


def _doubts(folder: Path) -> Iterator[Finding]:
    try:
        places = list(read_table(folder / PLACES, PLACE_COLUMNS[:5], PLACE_COLUMNS[5:]))
        names = []
        if (folder / NAMES).exists():
            names = list(read_table(folder / NAMES, NAME_COLUMNS[:2], NAME_COLUMNS[2:]))
    except ControlmapError:
        return
    yield from _out_of_order(PLACES, [(row["id"],) for row in places], places)
    yield from _out_of_order(NAMES, [(row["place"], row["text"]) for row in names], names)
    yield from _doubts_of_places(places)
    yield from _doubts_of_names(names, {row["id"]: row["name"] for row in places})


def _out_of_order(file: str, keys: list[tuple[str, ...]], rows: list[Row]) -> Iterator[Finding]:
    for at in range(1, len(keys)):
        if keys[at] < keys[at - 1]:
            text = f"{keys[at][-1]} stands after {keys[at - 1][-1]}: rows are sorted"
            yield Finding(file, rows[at].line, False, text)


def _doubts_of_places(rows: list[Row]) -> Iterator[Finding]:
    by_id = {row["id"]: row for row in rows}
    points = {row["id"]: point for row in rows if (point := _point(row)) is not None}
    kinds = Counter(row["kind"] for row in rows)
    for row in rows:

        def doubt(text: str, row: Row = row) -> Finding:
            return Finding(PLACES, row.line, False, f"{row['id']}: {text}")

        if row["kind"] not in KINDS and kinds[row["kind"]] < 3:
            yield doubt(f"kind {row['kind']} is not one of gazetteer/README.md")
        if not row["source"]:
            yield doubt("no source")
        here, parent = points.get(row["id"]), by_id.get(row["parent"])
        if here == (0.0, 0.0):
            yield doubt("0 0 is open sea; leave the position empty where it is not known")
        if parent is None:
            continue
        if row["country"] and parent["country"] and row["country"] != parent["country"]:
            yield doubt(f"is in {row['country']} and its parent {parent['id']} in {parent['country']}")
        above = points.get(parent["id"])
        if here is not None and above is not None:
            away, reach = distance_m(here, above), max(LEAST_REACH_M, SLACK * _number(parent["radius_m"]))
            if away > reach:
                swapped = distance_m((here[1], here[0]), above) < reach if abs(here[1]) <= 90 else False
                hint = "; are latitude and longitude swapped?" if swapped else ""
                yield doubt(f"{away / 1000:.0f} km from its parent {parent['id']}{hint}")
    yield from _twins(rows, points)


def _twins(rows: list[Row], points: dict[str, tuple[float, float]]) -> Iterator[Finding]:
    """Pairs nearer than TWINS_M without a note. Points are gathered in cells of a hundredth of a degree."""
    cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row["id"] not in points:
            continue
        here = points[row["id"]]
        cell = (math.floor(here[0] * 100), math.floor(here[1] * 100))
        for lat in (-1, 0, 1):
            for lon in (-1, 0, 1):
                for other in cells.get((cell[0] + lat, cell[1] + lon), ()):
                    near = distance_m(here, points[other["id"]]) < TWINS_M
                    if near and not (row["note"] or other["note"]) and row["kind"] == other["kind"]:
                        text = f"{row['id']}: within {TWINS_M:.0f} m of {other['id']}; a note should tell them apart"
                        yield Finding(PLACES, row.line, False, text)
        cells[cell].append(row)


def _doubts_of_names(rows: list[Row], preferred: dict[str, str]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = (row["place"], row["text"], row["language"])
        if key in seen:
            yield Finding(NAMES, row.line, False, f"{row['place']}: {row['text']} stands in line {seen[key]} already")
        seen.setdefault(key, row.line)
        if not row["language"] and preferred.get(row["place"]) != row["text"]:
            yield Finding(NAMES, row.line, False, f"{row['place']}: {row['text']} has no language")


def _point(row: Row) -> tuple[float, float] | None:
    try:
        return float(row["lat"].replace(",", ".")), float(row["lon"].replace(",", "."))
    except ValueError:
        return None


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0
