"""Outlines that places have of their own: areas.geojson, a FeatureCollection (RFC 7946) that people draw.

Its text comes in; `Outline` rows go out, shapes in degrees WGS 84 (x = longitude). A feature belongs to the place that
`properties.place` names, or else its `id`. What cannot be meant is an InputError with file, line and what to do.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.gazetteer.places import Place
from geo.tables import kept_by_text, text_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OUTLINES = "areas.geojson"
TYPES = ("Polygon", "MultiPolygon")
_BETWEEN = re.compile(r"[\s,:\ufeff]*")


@dataclass(frozen=True, slots=True)
class Outline:
    """One place's outline. geometry: as it is written; shape: the same, flat. line: where its feature begins."""

    place: str
    geometry: Mapping[str, Any]
    shape: BaseGeometry
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One feature as it stands in a text: text[start:end], from this line on, and what it says."""

    start: int
    end: int
    line: int
    value: Any


def pieces(text: str, path: Path) -> tuple[int, tuple[Piece, ...]]:
    """Where the list of features begins (behind its bracket), and its members. Raises InputError with the line."""
    value = parsed(text, path)
    listed = value.get("features") if isinstance(value, dict) else None
    if not isinstance(listed, list) or value.get("type") != "FeatureCollection":
        raise InputError('is no GeoJSON FeatureCollection; begin it with {"type": "FeatureCollection", "features": [',
                         path, 1)  # fmt: skip
    raw = json.JSONDecoder().raw_decode
    at, key = text.index("{") + 1, None
    while key != "features":  # what was read as a whole can be walked without a look to the left or right
        key, at = raw(text, _next(text, at))
        at = _next(text, at)
        begin = at + 1
        skipped, at = raw(text, at)
    if skipped != listed:
        raise InputError('"features" stands twice; make one list of them', path, 1)
    out: list[Piece] = []
    at, line, seen = _next(text, begin), 1, 0
    while text[at] != "]":
        feature, end = raw(text, at)
        line, seen = line + text.count("\n", seen, at), at
        out.append(Piece(at, end, line, feature))
        at = _next(text, end)
    return begin, tuple(out)


def _next(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return at if found is None else found.end()


def parsed(text: str, path: Path | str) -> Any:
    """The JSON of a text. Raises InputError with the line that is none."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InputError(
            f"is not JSON ({error.msg}, column {error.colno}); mend it there", path, error.lineno
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error}); mend it there", path, 1) from None


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def place_of(feature: Any) -> str:
    """The id of the place that a feature is of; empty where it says none."""
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    named = properties.get("place") if isinstance(properties, dict) else None
    named = feature.get("id") if named in (None, "") else named
    return named if isinstance(named, str) else ""


def source_of(feature: Mapping[str, Any]) -> str:
    """Where a feature's outline comes from, as its property `source` says."""
    properties = feature.get("properties")
    return str(properties.get("source") or "") if isinstance(properties, dict) else ""


def shape_of(geometry: Any) -> BaseGeometry:
    """The shape of a GeoJSON Polygon or MultiPolygon, heights left out. Raises InputError that says what to mend."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in TYPES:
        raise InputError(f"{kind or 'nothing'} is no outline; draw a Polygon or a MultiPolygon")
    polygons = geometry.get("coordinates")
    for rings in [polygons] if kind == "Polygon" else _members(polygons, "polygon"):
        for ring in _members(rings, "ring"):
            _check_ring(ring)
    from shapely import force_2d, is_valid_reason
    from shapely.geometry import shape

    found = force_2d(shape({"type": kind, "coordinates": polygons}))
    if not found.is_valid:
        raise InputError(
            f"is no valid outline ({is_valid_reason(found)}); its rings must not cross or touch themselves"
        )
    return found


def _members(listed: Any, what: str) -> list[Any]:
    if not isinstance(listed, list) or not listed:
        raise InputError(f"has no {what}; draw it again")
    return listed


def _check_ring(ring: Any) -> None:
    for position in _members(ring, "position"):
        numbers = position if isinstance(position, list) else []
        if len(numbers) < 2 or not all(type(one) in (int, float) and math.isfinite(one) for one in numbers):
            raise InputError(f"{json.dumps(position)[:60]} is no position; write [longitude, latitude]")
        lon, lat = numbers[:2]
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise InputError(f"position [{lon:g}, {lat:g}] is off the globe; longitude comes first, in degrees")
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise InputError("a ring is not closed; it needs four positions, the last of them like the first")


def sifted(path: Path, text: str) -> Iterator[Outline | InputError]:
    """Every feature of areas.geojson as an outline, or as what is wrong with it."""
    lines: dict[str, int] = {}
    for number, piece in enumerate(pieces(text, path)[1], 1):
        place = place_of(piece.value)
        if not place or piece.value.get("type") != "Feature":
            yield InputError(f"feature {number} is of no place; give it the id of one as its id", path, piece.line)
        elif place in lines:
            first = f"the first is in line {lines[place]}"
            yield InputError(f"{place}: a second outline ({first}); make one MultiPolygon of them", path, piece.line)
        else:
            lines[place] = piece.line
            try:
                geometry = piece.value.get("geometry")
                yield Outline(place, geometry, shape_of(geometry), source_of(piece.value), piece.line)
            except InputError as error:
                yield InputError(f"{place}: {error}", path, piece.line)


def all_outlines(path: Path) -> tuple[Outline, ...]:
    """The outlines of areas.geojson in file order, whether places.csv has their places or not.

    Raises MissingFileError, InputError.
    """
    return _outlines(path)


@kept_by_text
def _outlines(path: Path, text: str) -> tuple[Outline, ...]:
    out = []
    for one in sifted(path, text):
        if isinstance(one, InputError):
            raise one
        out.append(one)
    return tuple(out)


def read_outlines(path: Path, places: Mapping[str, Place]) -> dict[str, Outline]:
    """The outlines of areas.geojson by place id, in file order. Each is of a place with a position.

    Raises MissingFileError, InputError.
    """
    found = _outlines(path)
    for one in found:
        problem = misplaced(one.place, places)
        if problem is not None:
            raise InputError(problem, path, one.line)
    return {one.place: one for one in found}


def faults(path: Path, places: Mapping[str, Place]) -> Iterator[InputError]:
    """Everything at which `read_outlines` would stop, in file order."""
    try:
        for one in sifted(path, text_of(path)):
            if isinstance(one, InputError):
                yield one
            elif (problem := misplaced(one.place, places)) is not None:
                yield InputError(problem, path, one.line)
    except InputError as error:
        yield error


def misplaced(place_id: str, places: Mapping[str, Place]) -> str | None:
    """Why a place can have no outline, or None where it can."""
    place = places.get(place_id)
    if place is None:
        return f"{place_id}: no such place in places.csv; add it there, or take the outline out"
    if not place.has_point:
        return f"{place_id}: an outline of a place without a position; `gazetteer set {place_id} point` gives it one"
    return None
