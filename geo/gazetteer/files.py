"""Reads places.csv, names.csv and stoplist.csv: strict about what they say, lenient about how they are saved.

A byte order mark, Windows line ends, and the semicolons and decimal commas of a spreadsheet are read as they
are meant. Whatever cannot be meant raises InputError with file, line and what to do.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError
from geo.gazetteer.places import Certainty, Name, Place
from geo.tables import DayOrder, Row, day_order, iso_day, kept_by_text, read_table

PLACE_COLUMNS = (
    "id", "name", "kind", "lat", "lon", "radius_m", "certainty", "parent", "country", "population", "pcode", "geonames",
    "wikidata", "source", "note",
)  # fmt: skip
NAME_COLUMNS = ("place", "text", "language", "script", "kind", "valid_from", "valid_to", "source")
STOP_COLUMNS = ("text", "rule", "reason")
NAME_KINDS = frozenset({"preferred", "variant", "historic", "generic"})
CERTAINTIES = tuple(str(one) for one in Certainty)
STOP_RULES = frozenset({"never", "evidence"})
_ID = re.compile(r"[a-z0-9][a-z0-9._:-]*")
_KIND = re.compile(r"[a-z][a-z_]*")
DEFAULT_RADIUS_M = 3000.0  # a settlement whose row gives no radius: half of what a town may measure


@dataclass(frozen=True, slots=True)
class Stop:
    """One row of the stoplist. rule: never (no place by itself) or evidence (only with a word that shows it)."""

    text: str
    rule: str
    reason: str


def read_places(path: Path) -> dict[str, Place]:
    """The places of places.csv by id, in file order. Parents exist and no place lies within itself."""
    return dict(_places(path))


@kept_by_text
def _places(path: Path, text: str) -> dict[str, Place]:
    places: dict[str, Place] = {}
    lines: dict[str, Row] = {}
    for row in read_table(path, ("id", "name", "kind", "lat", "lon"), PLACE_COLUMNS[5:], text):
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
    certainty = row["certainty"].casefold()
    if certainty and certainty not in CERTAINTIES:
        raise row.error(f"certainty {row['certainty']!r} of {place_id}: one of {', '.join(CERTAINTIES)}, or empty")
    lat, lon = _number(row, "lat", -90, 90), _number(row, "lon", -180, 180)
    if (lat is None) != (lon is None):
        raise row.error(f"place {place_id} has only one of lat and lon; give both or none")
    radius = _number(row, "radius_m", 0, 5_000_000)
    population = _number(row, "population", 0, 100_000_000)
    return Place(
        id=place_id, name=row["name"], kind=kind, lat=lat, lon=lon,
        radius_m=DEFAULT_RADIUS_M if radius is None else radius, parent=row["parent"] or None, country=country,
        population=int(population or 0), source=row["source"], note=row["note"], pcode=row["pcode"],
        geonames=row["geonames"], wikidata=row["wikidata"], certainty=certainty,
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
    rows = _names(path)
    for line, name in rows:
        if name.place not in places:
            raise InputError(f"no place {name.place!r} in places.csv; add it there or mend this row", path, line)
    return [name for _, name in rows]


@kept_by_text
def _names(path: Path, text: str) -> tuple[tuple[int, Name], ...]:
    """Each name behind its line."""
    out: list[tuple[int, Name]] = []
    rows = list(read_table(path, ("place", "text"), NAME_COLUMNS[2:], text))
    order = day_order(row[column] for row in rows for column in ("valid_from", "valid_to"))
    for row in rows:
        kind = row["kind"].casefold() or "variant"
        if not row["text"]:
            raise row.error(f"an empty name for {row['place']}")
        if kind not in NAME_KINDS:
            raise row.error(f"kind {kind!r} of name {row['text']!r}: one of {', '.join(sorted(NAME_KINDS))}")
        name = Name(
            row["place"], row["text"], row["language"], kind, _day(row, "valid_from", order),
            _day(row, "valid_to", order), row["source"], row["script"],
        )  # fmt: skip
        out.append((row.line, name))
    return tuple(out)


def _day(row: Row, column: str, order: DayOrder) -> str | None:
    if not row[column]:
        return None
    try:
        return iso_day(row[column], order)
    except ValueError as problem:
        raise row.error(f"{column} {problem}") from None


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
