"""One table with a row a place: any CSV with a mapping of its columns in, our own columns and the names out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from geo.errors import InputError
from geo.gazetteer.files import PLACE_COLUMNS
from geo.interchange.entries import Entry, own_kind
from geo.names.latin import rows as data_rows
from geo.reference.rows import split_names
from geo.tables import Row, read_table, separator, text_of

FIELDS = (*PLACE_COLUMNS, "names")
"""What a column may be mapped to; names_ar and the like hold spellings of one language."""
_OWN_ID = re.compile(r"[a-z][a-z0-9.-]*")


def write_mapped(entries: Iterable[Entry]) -> str:
    """CSV with the columns of places.csv and the spellings in one cell, parted by |."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for entry in entries:
        spellings = " | ".join(name["text"] for name in entry.names)
        writer.writerow([*(entry.cells.get(column, "") for column in PLACE_COLUMNS), spellings])
    return out.getvalue()


def read_mapped(path: Path, kinds: frozenset[str], mapping: Mapping[str, str]) -> Iterator[Entry]:
    """The places of a table. mapping: field -> column of the file, over what is found by the columns' names.

    Raises MissingFileError, InputError with the line.
    """
    header = _header(path)
    columns = _columns(path, header, mapping)
    for row in read_table(path, (columns["name"],)):
        yield _entry(row, columns, kinds)


def _header(path: Path) -> list[str]:
    first = text_of(path).split("\n", 1)[0]
    cells = next(csv.reader([first], delimiter=separator(first)), [])
    return [cell.strip().casefold() for cell in cells]


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    return {row["field"]: tuple(row["columns"].split()) for row in data_rows("reference_columns.csv")}


def _columns(path: Path, header: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field -> column. A column of the very name of a field is that field."""
    out = {column: column for column in header if column in FIELDS or column.startswith("names_")}
    for field, spellings in _usual().items():
        found = next((column for column in spellings if column in header and column not in out.values()), None)
        if found is not None and (field in FIELDS or field.startswith("names_")):
            out.setdefault(field, found)
    for field, column in mapping.items():
        if field not in FIELDS and not field.startswith("names_"):
            raise InputError(f"there is no field {field!r}; the fields are {', '.join(FIELDS)}, names_LANGUAGE", path)
        if column.strip().casefold() not in header:
            raise InputError(f"has no column {column!r}; its columns are {', '.join(header)}", path, 1)
        out[field] = column.strip().casefold()
    if "name" not in out:
        raise InputError(f"no column for name was found in {', '.join(header)}; give --map name=COLUMN", path, 1)
    return out


def _entry(row: Row, columns: Mapping[str, str], kinds: frozenset[str]) -> Entry:
    cells = {field: row[columns[field]] for field in PLACE_COLUMNS if field in columns and row[columns[field]]}
    if "name" not in cells:
        raise row.error("a place without a name")
    cells["kind"] = own_kind(cells["kind"], kinds) if "kind" in cells else "settlement"
    if not _OWN_ID.fullmatch(cells.get("id", "")):
        cells.pop("id", None)  # a code of the source, and no readable id: one is made of the name
    names = []
    for field, column in columns.items():
        if field.split("_")[0] == "names":
            language = field.partition("_")[2]
            spellings = (text.strip() for text in split_names(row[column]))
            names += [{"text": text, "language": language} for text in spellings if text and text != cells["name"]]
    return Entry(cells, tuple({c: v for c, v in name.items() if v} for name in names), f"{row.path}:{row.line}")
