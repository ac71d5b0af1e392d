"""The rows of a CSV file: strict about what they say, lenient about how they are saved.

A byte order mark, Windows line ends, semicolons or tabs for commas, and the empty columns and rows that a
spreadsheet adds are read as they are meant. Whatever cannot be meant raises InputError with file, line and what
to do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo import pending
from geo.errors import InputError, MissingFileError

MAX_BYTES = 256 * 1024 * 1024
"""A table that people edit is a thousand times smaller; beyond this it is some other file."""


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


def read_table(
    path: Path, required: tuple[str, ...], optional: tuple[str, ...] = (), text: str | None = None
) -> Iterator[Row]:
    """The rows of a CSV file with a header. text: what `text_of` gave for it, if asked already.

    Raises MissingFileError, InputError.
    """
    text = text_of(path) if text is None else text
    header = text.split("\n", 1)[0]
    if not header.strip():
        raise InputError(f"the file is empty; its first line must be {','.join(required)}", path, 1)
    delimiter = separator(header)
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
        yield Row({c: cell.strip() for c, cell in zip(columns, cells, strict=False) if c}, path, line)


def separator(header: str) -> str:
    """What stands between the cells of a header: comma, semicolon or tab."""
    return max(",;\t", key=header.count)


def text_of(path: Path) -> str:
    """The text of a table, without byte order mark, with LF line ends. Raises MissingFileError, InputError."""
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 2**20} MB", path)
    raw = pending.content(path)
    form = "UTF-8" if path.suffix == ".geojson" else "CSV UTF-8"
    if raw is None:
        raise MissingFileError(f"{path}: no such file; `controlmap init` makes a workspace with one")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"is UTF-16 text; save it as {form}", path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise InputError(f"is not UTF-8 text; save it as {form}", path, line) from None
    if "\x00" in text:
        raise InputError(f"holds NUL bytes and is no text file; save it as {form}", path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_header(columns: list[str], required: tuple[str, ...], optional: tuple[str, ...], path: Path) -> None:
    missing = [name for name in required if name not in columns]
    if missing:
        raise InputError(f"no column {', '.join(missing)}; the header is {','.join((*required, *optional))}", path, 1)
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise InputError(f"column {', '.join(twice)} stands twice in the header", path, 1)
