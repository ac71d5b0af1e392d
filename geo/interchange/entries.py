"""One place with its names, as cells of places.csv and names.csv: what all forms are read into and written from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo import pending
from geo.errors import InputError
from geo.gazetteer.files import NAME_COLUMNS, PLACE_COLUMNS
from geo.gazetteer.outlines import OUTLINES, all_outlines
from geo.reference.rows import kind_of
from geo.tables import read_table

FCLASSES = {
    "A": "country governorate district subdistrict",
    "H": "river dam",
    "L": "region area camp oil_field gas_field",
    "P": "settlement city town village neighbourhood",
    "R": "road bridge crossing",
    "T": "hill mountain island",
}
"""GeoNames feature classes of our kinds; all others are sites, S."""
_SETTLED = frozenset({"city", "town", "village", "hamlet", "place"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. cells: of places.csv, without empty ones. names: rows of names.csv, without the column place.

    where: file and line, or feature, that it comes from. The id may be missing where a source has none of its own.
    outline: its own outline as a GeoJSON geometry, and where that comes from (may be empty); None where it has none.
    """

    cells: Mapping[str, str]
    names: tuple[Mapping[str, str], ...]
    where: str
    outline: tuple[Mapping[str, Any], str] | None = None

    def error(self, message: str) -> InputError:
        return InputError(message, self.where)


def own_entries(folder: Path) -> list[Entry]:
    """The places of a gazetteer folder, in the order of its table. Raises MissingFileError, InputError."""
    with pending.held(folder, alone=False):
        places = list(read_table(folder / "places.csv", PLACE_COLUMNS[:5], PLACE_COLUMNS[5:]))
        names: dict[str, list[dict[str, str]]] = defaultdict(list)
        if pending.stands(folder / "names.csv"):
            for row in read_table(folder / "names.csv", NAME_COLUMNS[:2], NAME_COLUMNS[2:]):
                names[row["place"]].append({c: row[c] for c in NAME_COLUMNS[1:] if row[c]})
        drawn = all_outlines(folder / OUTLINES) if pending.stands(folder / OUTLINES) else ()
    outlines = {one.place: (one.geometry, one.source) for one in drawn}
    return [
        Entry({c: row[c] for c in PLACE_COLUMNS if row[c]}, tuple(names[row["id"]]), f"{row.path}:{row.line}",
              outlines.get(row["id"]))
        for row in places
    ]  # fmt: skip


def fclass(kind: str) -> str:
    """The GeoNames feature class of a kind of place."""
    return next((letter for letter, kinds in FCLASSES.items() if kind in kinds.split()), "S")


def own_kind(label: str, known: frozenset[str]) -> str:
    """The kind that a source's word or code for a place means here: one of `known`, a settlement for any size of it."""
    plain = re.sub(r"[^a-z]+", "_", label.casefold()).strip("_")
    if plain in known:
        return plain
    kind = kind_of(label, 0)[0]
    return kind if kind in known else "settlement" if kind in _SETTLED else "landmark"
