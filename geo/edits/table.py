"""A CSV file as a list of records that keep their bytes: text in, text out, one record changed.

What a spreadsheet saved (a byte order mark, semicolons, Windows line ends, another order of columns)
stays as it is.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from geo.errors import InputError, MissingFileError
from geo.tables import separator


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its text as it stands in the file, line end included, and its cells by column."""

    raw: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def is_blank(self) -> bool:
        return not any(self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and records. order: the columns by which records are sorted. exists: whether it is a file yet.

    Rows that a spreadsheet left empty are records too, so that their bytes stay; `rows` leaves them out.
    """

    path: Path
    head: str
    columns: tuple[str, ...]
    delimiter: str
    end: str
    order: tuple[str, ...]
    records: tuple[Record, ...]
    exists: bool = True

    @classmethod
    def read(cls, path: Path, columns: tuple[str, ...], order: tuple[str, ...]) -> Table:
        """Read the file; one that is missing is empty, with `columns` as header. Raises InputError."""
        if not path.exists():
            if not path.parent.is_dir():
                raise MissingFileError(f"{path.parent}: no such folder; `controlmap init` makes a workspace")
            return cls(path, ",".join(columns) + "\n", columns, ",", "\n", order, (), exists=False)
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", path) from error
        except UnicodeDecodeError as error:
            raise InputError("is not UTF-8 text; save it as CSV UTF-8", path) from error
        chunks = _chunks(text)
        head = chunks[0] if chunks else ",".join(columns) + "\n"
        delimiter = separator(head)
        names = tuple(cell.strip().casefold() for cell in _cells(head.lstrip("\ufeff"), delimiter))
        end = next((end for end in ("\r\n", "\r") if head.endswith(end)), "\n")
        records = tuple(_record(raw, names, delimiter) for raw in chunks[1:])
        return cls(path, head, names, delimiter, end, order, records)

    def text(self) -> str:
        return self.head + "".join(record.raw for record in self.records)

    @property
    def rows(self) -> list[Record]:
        """The records that say something."""
        return [record for record in self.records if not record.is_blank]

    def find(self, **cells: str) -> list[Record]:
        """The records whose cells are these."""
        return [record for record in self.records if all(record[name] == value for name, value in cells.items())]

    def make(self, cells: Mapping[str, str]) -> Record:
        """A record of these cells, in the file's order of columns. Raises InputError for a column that is not there."""
        for name, value in cells.items():
            if value and name not in self.columns:
                raise InputError(f"has no column {name!r}; its header is {','.join(self.columns)}", self.path, 1)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator=self.end)
        writer.writerow([cells.get(name, "") for name in self.columns])
        return Record(out.getvalue(), dict(cells))

    def with_column(self, name: str) -> Table:
        """A further column, empty in every row there is: only the header changes, and rows may be shorter than it."""
        line = self.head.rstrip("\r\n")
        head = line + self.delimiter + name + (self.head[len(line) :] or self.end)
        return replace(self, head=head, columns=(*self.columns, name))

    def parsed(self, text: str) -> list[Record]:
        """The rows of a piece of the file, without its header."""
        found = [_record(raw, self.columns, self.delimiter) for raw in _chunks(text)]
        return [row for row in found if not row.is_blank and not self._is_header(row)]

    def _is_header(self, row: Record) -> bool:
        """Whether a row is a header, of this file or of one with fewer columns."""
        return {cell.casefold() for cell in row.cells.values() if cell} <= set(self.columns)

    def with_record(self, record: Record) -> Table:
        """The record put where it belongs in the order."""
        at = self._place_for(record)
        before, after = list(self.records[:at]), self.records[at:]
        if before and not before[-1].raw.endswith(("\n", "\r")):
            before[-1] = replace(before[-1], raw=before[-1].raw + self.end)
        head = self.head if self.head.endswith(("\n", "\r")) else self.head + self.end
        return replace(self, head=head, records=(*before, record, *after))

    def with_records(self, new: list[Record]) -> Table:
        """Many records at once, each where `with_record` would put it."""
        filled = self.rows
        blank_inside = list(self.records[: len(filled)]) != filled
        keys = [self._key(known) for known in filled]
        if len(new) < 2 or blank_inside or any(one > other for one, other in pairwise(keys)):
            table = self
            for record in new:
                table = table.with_record(record)
            return table
        first = self.with_record(new[0])  # mends the end of the last line, where it has none
        known = [record for record in first.records if record is not new[0]]
        filled, blank = known[: len(filled)], known[len(filled) :]
        return replace(first, records=(*sorted([*filled, *new], key=first._key), *blank))

    def without(self, record: Record) -> Table:
        return replace(self, records=tuple(known for known in self.records if known is not record))

    def with_replaced(self, old: Record, new: Record) -> Table:
        """`new` in the place of `old`, or where it belongs if what it is sorted by has changed."""
        if self._key(old) != self._key(new):
            return self.without(old).with_record(new)
        if not old.raw.endswith(("\n", "\r")):
            new = replace(new, raw=new.raw.rstrip("\r\n"))
        return replace(self, records=tuple(new if known is old else known for known in self.records))

    def _place_for(self, record: Record) -> int:
        """Where the order wants it; in a file that is in no order, after the last row of the same first column."""
        keys = [(self._key(known), at) for at, known in enumerate(self.records) if not known.is_blank]
        key = self._key(record)
        if all(one[0] <= other[0] for one, other in pairwise(keys)):
            before = bisect_right(keys, key, key=lambda pair: pair[0])
        else:
            before = max((n for n, (known, _) in enumerate(keys, 1) if known[0] == key[0]), default=len(keys))
        return keys[before - 1][1] + 1 if before else 0

    def _key(self, record: Record) -> tuple[str, ...]:
        return tuple(record[name] for name in self.order)


def _chunks(text: str) -> list[str]:
    """The text cut into records: at line ends that are not inside quotes."""
    out: list[str] = []
    open_quote = ""
    for line in io.StringIO(text, newline=""):  # cuts at line ends alone, as str.splitlines does not
        open_quote += line
        if open_quote.count('"') % 2 == 0:
            out.append(open_quote)
            open_quote = ""
    return [*out, open_quote] if open_quote else out


def _record(raw: str, columns: tuple[str, ...], delimiter: str) -> Record:
    cells = _cells(raw, delimiter)
    return Record(raw, {name: cell.strip() for name, cell in zip(columns, cells, strict=False)})


def _cells(raw: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter), [])
