"""Edits of places.csv and names.csv: add a place, set a field, add and remove a spelling, remove a place."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geo.edits.session import NAMES, PLACES, clean, editing
from geo.edits.table import Record
from geo.errors import InputError, NotFoundError
from geo.gazetteer.files import NAME_KINDS, PLACE_COLUMNS

KINDS = (
    "country", "governorate", "district", "subdistrict", "region", "settlement", "neighbourhood", "airport", "base",
    "industrial_area", "crossing", "dam", "hill", "mountain", "road", "river", "island", "camp", "oil_field",
    "gas_field", "power_station", "prison", "hospital", "university", "market", "factory", "bridge", "landmark",
)  # fmt: skip
"""The kinds that gazetteer/README.md lists; those that a file uses already are allowed as well."""
_DECIMALS = 5
"""About one metre: no source here is finer."""
_SCRIPTS = {"ARABIC": ("Arab", "ar"), "LATIN": ("Latn", "en"), "CYRILLIC": ("Cyrl", ""), "HEBREW": ("Hebr", "he")}


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees WGS 84."""

    lat: float
    lon: float


def parse_point(text: str) -> Point:
    """A position as people write it: "36.2 37.1", "36.2, 37.1", "36.2N 37.1E", "36°12'0"N 37°6'0"E".

    Latitude first. Raises InputError where it cannot be read, lies off the globe or is exactly 0 0.
    """
    from geopy.point import Point as Written

    numbers = re.fullmatch(r"\s*([-+]?\d+(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*", text)
    if numbers:
        lat, lon = float(numbers[1]), float(numbers[2])
    elif not re.search(r"[NSns].*[EWew]", text):
        raise InputError(f"{text!r} is no position; write latitude and longitude, as in 36.2 37.1")
    else:
        try:
            lat, lon = Written.from_string(text.strip())[:2]
        except ValueError:
            raise InputError(f"{text!r} is no position; write latitude and longitude, as in 36.2 37.1") from None
    return _on_globe(lat, lon)


def _on_globe(lat: float, lon: float) -> Point:
    if not (math.isfinite(lat) and -90 <= lat <= 90):
        raise InputError(f"latitude {lat:g} is outside -90 to 90; latitude comes first")
    if not (math.isfinite(lon) and -180 <= lon <= 180):
        raise InputError(f"longitude {lon:g} is outside -180 to 180")
    if lat == 0 and lon == 0:
        raise InputError("0 0 is open sea; leave out a position that is not known")
    return Point(round(lat, _DECIMALS), round(lon, _DECIMALS))


def slug(name: str) -> str:
    """An id made of a name in Latin letters: small letters, digits and hyphens. Empty where none are left."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’‘ʿʾ`]", "", plain)).strip("-")


def add_place(
    folder: Path,
    name: str,
    *,
    kind: str = "settlement",
    point: Point | None = None,
    radius_m: float | None = None,
    parent: str | None = None,
    country: str | None = None,
    population: int | None = None,
    source: str = "own check",
    note: str = "",
    place_id: str | None = None,
    why: str = "",
) -> str:
    """Add a place and return its id, made of the name unless given. country: by default that of the parent.

    Raises InputError where the place is there already or a value does not fit.
    """
    name = clean(name, "the name")
    if not name:
        raise InputError("the name of a place is empty")
    with editing(folder) as session:
        rows = {row["id"]: row for row in session.table(PLACES).records}
        above = None if parent is None else _row(rows, parent, "parent")
        _check_kind(kind, rows.values())
        place_id = place_id or _free_id(name, parent, rows)
        if place_id in rows:
            raise InputError(f"{place_id} is there already ({rows[place_id]['name']}); `gazetteer set` changes it")
        cells = {
            "id": place_id,
            "name": name,
            "kind": kind,
            "lat": "" if point is None else _degrees(point.lat),
            "lon": "" if point is None else _degrees(point.lon),
            "radius_m": "" if radius_m is None else _metres(radius_m),
            "parent": parent or "",
            "country": (country or (above["country"] if above else "")).upper(),
            "population": "" if population is None else str(population),
            "source": clean(source, "the source"),
            "note": clean(note, "the note"),
        }
        session.add(PLACES, cells)
        session.finish(f"add place {place_id}", why)
    return place_id


def _free_id(name: str, parent: str | None, rows: dict[str, Record]) -> str:
    wanted = slug(name)
    if not wanted:
        raise InputError(f"no id can be made of {name!r}; give one with --id, in small Latin letters")
    if wanted not in rows:
        return wanted
    known = rows[wanted]
    if parent is None or known["parent"] == parent:
        raise InputError(
            f"{wanted} is there already ({known['name']}, in {known['parent'] or 'no parent'}); "
            f"a further spelling is added with `gazetteer alias {wanted}`, another place of that name with --id"
        )
    return f"{wanted}-{parent}"


def set_field(folder: Path, place_id: str, column: str, value: str, *, why: str = "") -> str:
    """Set one column of a place; an empty value clears it. column "point" sets lat and lon. Returns the old value."""
    if column not in (*PLACE_COLUMNS[1:], "point"):
        near = difflib.get_close_matches(column, (*PLACE_COLUMNS, "point"), n=1)
        hint = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(PLACE_COLUMNS[1:])}, or point"
        reason = "an id never changes; add the place anew" if column == "id" else hint
        raise InputError(f"{column} cannot be set: {reason}")
    value = clean(value, column)
    with editing(folder) as session:
        rows = {row["id"]: row for row in session.table(PLACES).records}
        old = _row(rows, place_id, "place")
        new = dict(old.cells)
        if column == "point":
            point = parse_point(value) if value else None
            new["lat"] = "" if point is None else _degrees(point.lat)
            new["lon"] = "" if point is None else _degrees(point.lon)
            before = f"{old['lat']} {old['lon']}".strip()
        else:
            before, new[column] = old[column], value
        if column == "kind":
            _check_kind(value, rows.values())
        if column == "parent" and value:
            _row(rows, value, "parent")
        if column == "name" and not value:
            raise InputError("a place needs a name")
        session.replace(PLACES, old, new)
        session.finish(f"set {column} of {place_id}", why)
    return before


def add_name(
    folder: Path,
    place_id: str,
    text: str,
    *,
    language: str | None = None,
    kind: str = "variant",
    valid_from: str = "",
    valid_to: str = "",
    source: str = "own",
    why: str = "",
) -> None:
    """Add a spelling to a place. language: BCP 47; by default told by the script (Arabic ar, Latin en)."""
    text = clean(text, "the spelling")
    if not text:
        raise InputError("the spelling is empty")
    if kind not in NAME_KINDS:
        raise InputError(f"{kind!r} is no kind of name; one of {', '.join(sorted(NAME_KINDS))}")
    script, spoken = _script(text)
    language = language or spoken
    if not language:
        raise InputError(f"say with --language which language {text!r} is, as in uk")
    with editing(folder) as session:
        rows = {row["id"]: row for row in session.table(PLACES).records}
        _row(rows, place_id, "place")
        if session.table(NAMES).find(place=place_id, text=text, language=language):
            raise InputError(f"{place_id} has the spelling {text!r} already")
        cells = {
            "place": place_id, "text": text, "language": language, "script": script, "kind": kind,
            "valid_from": valid_from, "valid_to": valid_to, "source": clean(source, "the source"),
        }  # fmt: skip
        session.add(NAMES, cells)
        session.finish(f"alias {place_id} {text}", why)


def remove_name(folder: Path, place_id: str, text: str, *, why: str = "") -> None:
    """Remove a spelling of a place. Raises NotFoundError where the place has no such row."""
    text = clean(text, "the spelling")
    with editing(folder) as session:
        rows = {row["id"]: row for row in session.table(PLACES).records}
        place = _row(rows, place_id, "place")
        found = session.table(NAMES).find(place=place_id, text=text)
        if not found and place["name"] == text:
            raise InputError(f"{text!r} is the name of {place_id}; change it with `gazetteer set {place_id} name`")
        if not found:
            known = [row["text"] for row in session.table(NAMES).find(place=place_id)]
            raise NotFoundError(f"{place_id} has no spelling {text!r}{_near(text, known)}")
        for row in found:
            session.remove(NAMES, row)
        session.finish(f"unalias {place_id} {text}", why)


def remove_place(folder: Path, place_id: str, *, why: str = "") -> None:
    """Remove a place and its spellings. Raises InputError where other places lie in it."""
    with editing(folder) as session:
        rows = {row["id"]: row for row in session.table(PLACES).records}
        place = _row(rows, place_id, "place")
        inside = [row["id"] for row in rows.values() if row["parent"] == place_id]
        if inside:
            shown = ", ".join(inside[:5]) + (f" and {len(inside) - 5} more" if len(inside) > 5 else "")
            raise InputError(f"{place_id} is the parent of {shown}; give them another parent first")
        for row in session.table(NAMES).find(place=place_id):
            session.remove(NAMES, row)
        session.remove(PLACES, place)
        session.finish(f"remove place {place_id}", why)


def _row(rows: dict[str, Record], place_id: str, what: str) -> Record:
    if place_id not in rows:
        raise NotFoundError(f"no {what} {place_id!r} in {PLACES}{_near(place_id, rows)}")
    return rows[place_id]


def _near(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _check_kind(kind: str, rows: Iterable[Record]) -> None:
    known = {*KINDS, *(row["kind"] for row in rows)}
    if kind not in known:
        raise InputError(f"{kind!r} is no kind of place{_near(kind, sorted(known)) or '; one of ' + ', '.join(KINDS)}")


def _degrees(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _metres(value: float) -> str:
    if not 0 < value <= 5_000_000:
        raise InputError(f"radius {value:g} is no radius in metres")
    return f"{value:.1f}".removesuffix(".0")


def _script(text: str) -> tuple[str, str]:
    """ISO 15924 code of the first letter's script, and the language that stands for it here."""
    for char in text:
        if char.isalpha():
            return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], ("", ""))
    return "", ""


__all__ = ["KINDS", "Point", "add_name", "add_place", "parse_point", "remove_name", "remove_place", "set_field", "slug"]
