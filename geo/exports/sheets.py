"""CSV that a spreadsheet opens without running anything: rows in, text out.

As in RFC 4180: CRLF line ends, quotes where needed, one header line; UTF-8. Unknown is an empty field, a list
is its members with a space between them. A text that a spreadsheet would take for a formula gets an
apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from geo.exports.rows import Row

#: What makes Excel, LibreOffice or Google Sheets read a text as a formula (OWASP, "CSV Injection"), with the
#: full-width forms that some of them fold first.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def sheet(rows: Iterable[Row], columns: Iterable[str]) -> str:
    """The rows as CSV with a header line; `lon` and `lat` of a point are columns like the others."""
    names = list(columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.values.get(name, _coordinate(row, name))) for name in names])
    return out.getvalue()


def _coordinate(row: Row, name: str) -> float | None:
    """Where a row of another table than the claims lies: its point, or a point inside its outline."""
    if row.geometry is None or name not in ("lon", "lat"):
        return None
    inside = row.geometry.representative_point()
    return round(float(inside.x if name == "lon" else inside.y), 6)


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, list):
        plain = all(isinstance(one, str) and not one.split()[1:] for one in value)
        return _cell(" ".join(value) if plain else json.dumps(value, ensure_ascii=False))
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
