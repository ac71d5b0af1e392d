"""A FeatureCollection as a table whose rows are its features: text in, text out, one feature changed.

A feature keeps its bytes, whatever program wrote it, and so do the commas and line ends between two: they are records
too, blank ones. Cells: `id`, the place that the feature is of, and `feature`, its JSON on one line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo.edits.table import Record, Table
from geo.errors import InputError
from geo.gazetteer.outlines import pieces, place_of

COLUMNS = ("id", "feature")
_HEAD, _TAIL = '{"type": "FeatureCollection", "features": [\n', "\n]}\n"


@dataclass(frozen=True, slots=True)
class Features(Table):
    """The features of a file, sorted by place. Between two of them, and behind the last, stands a blank record."""

    @classmethod
    def read(cls, path: Path, columns: tuple[str, ...] = COLUMNS, order: tuple[str, ...] = ("id",)) -> Features:
        """Read the file; one that is missing is an empty collection. Shapes are not looked at. Raises InputError."""
        if not path.exists():
            return cls(path, _HEAD, columns, ",", "\n", order, (), exists=False)
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read as UTF-8 text: {error}", path) from error
        begin, found = pieces(text, path)
        line = text.find("\n", begin, text.index("]", begin)) + 1 if not found else 0
        at = found[0].start if found else line or begin
        end = "\r\n" if "\r\n" in text else "\n"
        head, records = text[:at], []
        for number, piece in enumerate(found, 1):
            close = found[number].start if number < len(found) else len(text)
            cells = {"id": place_of(piece.value), "feature": _one_line(piece.value)}
            records += [Record(text[piece.start : piece.end], cells), Record(text[piece.end : close], {})]
        return cls(path, head, columns, ",", end, order, tuple(records) or (Record(text[at:], {}),))

    def make(self, cells: Mapping[str, str]) -> Record:
        """A feature on one line."""
        return Record(cells["feature"], {name: cells[name] for name in COLUMNS})

    def parsed(self, text: str) -> list[Record]:
        """The features of a piece of the file, or of the file as a whole."""
        raw = json.JSONDecoder().raw_decode
        at, out = text.find("{"), []
        while at >= 0:
            value, end = raw(text, at)
            features = value["features"] if value.get("type") == "FeatureCollection" else [value]
            out += [self.make(cells_of(place_of(one), one)) for one in features]
            at = text.find("{", end)
        return out

    def with_record(self, record: Record) -> Features:
        """The feature put where it belongs in the order, with a comma to tell it from the next."""
        records = self.records or (Record(_TAIL, {}),)
        if not self.rows:
            return replace(self, records=(record, *records))
        at, comma = self._place_for(record), Record("," + self.end, {})
        added = (comma, record) if at else (record, comma)
        return replace(self, records=(*records[:at], *added, *records[at:]))

    def with_records(self, new: list[Record]) -> Features:
        """Many features at once, each where `with_record` would put it."""
        filled = self.rows
        if not new:
            return self
        if not filled:
            return self.with_record(new[0]).with_records(new[1:])
        if any(self._key(one) > self._key(two) for one, two in pairwise(filled)):
            table = self
            for record in new:
                table = table.with_record(record)
            return table
        ahead = {id(two): one for one, two in zip(self.records[1::2], self.records[2::2], strict=False)}
        out: list[Record] = []
        for record in sorted([*filled, *new], key=self._key):
            out += [ahead.get(id(record)) or Record("," + self.end, {}), record]
        return replace(self, records=(*out[1:], self.records[-1]))

    def without(self, record: Record) -> Features:
        """The features without one, and without the comma that told it from its neighbour."""
        at = next(n for n, known in enumerate(self.records) if known is record)
        last = at + 2 >= len(self.records)
        first, end = (max(at - 1, 0), at + 1) if last else (at, at + 2)
        return replace(self, records=(*self.records[:first], *self.records[end:]))


def cells_of(place_id: str, feature: Mapping[str, Any]) -> dict[str, str]:
    """A feature as a row, made that of a place: by its property `place` where it has one, else by its id."""
    made = dict(feature)
    properties = made.get("properties")
    if isinstance(properties, dict) and properties.get("place") not in (None, ""):
        made["properties"] = {**properties, "place": place_id}
    else:
        made["id"] = place_id
    return {"id": place_id, "feature": _one_line(made)}


def _one_line(feature: Any) -> str:
    return json.dumps(feature, ensure_ascii=False)
