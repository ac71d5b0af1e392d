"""Reads places.csv, names.csv and stoplist.csv: strict about what they say, lenient about how they are saved.

A byte order mark, Windows line ends, and the semicolons and decimal commas of a spreadsheet are read as they
are meant. Whatever cannot be meant raises InputError with file, line and what to do.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.errors import InputError, MissingFileError
from geo.gazetteer.places import Name, Place

PLACE_COLUMNS = (
    "id", "name", "kind", "lat", "lon", "radius_m", "parent", "country", "population", "pcode", "geonames", "wikidata",
    "source", "note",
)  # fmt: skip
NAME_COLUMNS = ("place", "text", "language", "script", "kind", "valid_from", "valid_to", "source")
STOP_COLUMNS = ("text", "rule", "reason")
NAME_KINDS = frozenset({"preferred", "variant", "historic", "generic"})
STOP_RULES = frozenset({"never", "evidence"})
_ID = re.compile(r"[a-z0-9][a-z0-9._:-]*")
_KIND = re.compile(r"[a-z][a-z_]*")
_MAX_BYTES = 256 * 1024 * 1024
DEFAULT_RADIUS_M = 3000.0  # a settlement whose row gives no radius: half of what a town may measure


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, stripped, and where it stands."""

    cells: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def error(self, message: str) -> InputError:
        return InputError(message, self.path, self.line)


@dataclass(frozen=True, slots=True)
class Stop:
    """One row of the stoplist. rule: never (no place by itself) or evidence (only with a word that shows it)."""

    text: str
    rule: str
    reason: str


def read_table(path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[Row]:
    """The rows of a CSV file with a header. Raises MissingFileError, InputError."""
    text = _text(path)
    header = text.split("\n", 1)[0]
    if not header.strip():
        raise InputError(f"the file is empty; its first line must be {','.join(required)}", path, 1)
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise InputError(f"cannot be read as CSV ({problem}); check the quotes of this line", path, line) from None
        if not columns:
            columns = [cell.strip().casefold() for cell in cells]
            _check_header(columns, required, optional, path)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            raise InputError(
                f"{len(cells)} cells for {len(columns)} columns; quote text that holds a {delimiter!r}", path, line
            )
        yield Row({c: cell.strip() for c, cell in zip(columns, cells, strict=False)}, path, line)


def _text(path: Path) -> str:
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; `controlmap init` makes a workspace with one")
    if path.stat().st_size > _MAX_BYTES:
        raise InputError(f"larger than {_MAX_BYTES // 2**20} MB", path)
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("is UTF-16 text; save it as CSV UTF-8", path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise InputError("is not UTF-8 text; save it as CSV UTF-8", path, line) from None
    if "\x00" in text:
        raise InputError("holds NUL bytes and is no text file; save it as CSV UTF-8", path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_header(columns: list[str], required: tuple[str, ...], optional: tuple[str, ...], path: Path) -> None:
    missing = [name for name in required if name not in columns]
    if missing:
        raise InputError(f"no column {', '.join(missing)}; the header is {','.join((*required, *optional))}", path, 1)
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise InputError(f"column {', '.join(twice)} stands twice in the header", path, 1)


def read_places(path: Path) -> dict[str, Place]:
    """The places of places.csv by id, in file order. Parents exist and no place lies within itself."""
    places: dict[str, Place] = {}
    lines: dict[str, Row] = {}
    for row in read_table(path, ("id", "name", "kind", "lat", "lon"), PLACE_COLUMNS[5:]):
        place = _place(row)
        if place.id in places:
            raise row.error(f"place {place.id} stands twice (first in line {lines[place.id].line}); give it another id")
        places[place.id], lines[place.id] = place, row
    for place_id, place in places.items():
        if place.parent is not None and place.parent not in places:
            raise lines[place_id].error(f"parent {place.parent} of {place_id} is no place of this file")
        _check_acyclic(place, places, lines[place_id])
    return places


def _check_acyclic(place: Place, places: dict[str, Place], row: Row) -> None:
    seen = {place.id}
    above = place.parent
    while above is not None and above in places:
        if above in seen:
            raise row.error(f"{place.id} lies within itself by way of {above}; mend the parent column")
        seen.add(above)
        above = places[above].parent


def _place(row: Row) -> Place:
    place_id, kind = row["id"], row["kind"].casefold() or "settlement"
    if not _ID.fullmatch(place_id):
        raise row.error(f"id {place_id!r}: use small letters, digits and - . _ : only")
    if not row["name"]:
        raise row.error(f"place {place_id} has no name")
    if not _KIND.fullmatch(kind):
        raise row.error(f"kind {kind!r} of {place_id}: use small letters and _ only, as in town or industrial_area")
    country = row["country"].upper()
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        raise row.error(f"country {country!r} of {place_id}: use the two letters of ISO 3166, as in SY")
    lat, lon = _number(row, "lat", -90, 90), _number(row, "lon", -180, 180)
    if (lat is None) != (lon is None):
        raise row.error(f"place {place_id} has only one of lat and lon; give both or none")
    radius = _number(row, "radius_m", 0, 5_000_000)
    population = _number(row, "population", 0, 100_000_000)
    return Place(
        id=place_id, name=row["name"], kind=kind, lat=lat, lon=lon,
        radius_m=DEFAULT_RADIUS_M if radius is None else radius, parent=row["parent"] or None, country=country,
        population=int(population or 0), source=row["source"], note=row["note"], pcode=row["pcode"],
        geonames=row["geonames"], wikidata=row["wikidata"],
    )  # fmt: skip


def _number(row: Row, column: str, low: float, high: float) -> float | None:
    written = row[column]
    if not written:
        return None
    try:
        value = float(written.replace(",", "."))
    except ValueError:
        raise row.error(f"{column} {written!r} is no number; write it as 36.528") from None
    if not math.isfinite(value) or not low <= value <= high:
        raise row.error(f"{column} {written} is outside {low} to {high}")
    return value


def read_names(path: Path, places: dict[str, Place]) -> list[Name]:
    """The names of names.csv, in file order. Each belongs to a place of places.csv."""
    out: list[Name] = []
    for row in read_table(path, ("place", "text"), NAME_COLUMNS[2:]):
        kind = row["kind"].casefold() or "variant"
        if row["place"] not in places:
            raise row.error(f"no place {row['place']!r} in places.csv; add it there or mend this row")
        if not row["text"]:
            raise row.error(f"an empty name for {row['place']}")
        if kind not in NAME_KINDS:
            raise row.error(f"kind {kind!r} of name {row['text']!r}: one of {', '.join(sorted(NAME_KINDS))}")
        out.append(
            Name(row["place"], row["text"], row["language"], kind, _day(row, "valid_from"), _day(row, "valid_to"),
                 row["source"], row["script"])
        )  # fmt: skip
    return out


def _day(row: Row, column: str) -> str | None:
    written = row[column]
    if not written:
        return None
    try:
        date.fromisoformat(written if len(written) > 7 else (written + "-01-01")[:10])
    except ValueError:
        raise row.error(f"{column} {written!r} is no date; write it as 2024-12-08") from None
    return written


def read_stoplist(path: Path) -> list[Stop]:
    """The rows of stoplist.csv."""
    out: list[Stop] = []
    for row in read_table(path, ("text", "rule"), ("reason",)):
        if row["rule"] not in STOP_RULES:
            raise row.error(f"rule {row['rule']!r}: one of never, evidence")
        if not row["text"]:
            raise row.error("an empty text")
        out.append(Stop(row["text"], row["rule"], row["reason"]))
    return out
