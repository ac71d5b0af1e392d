"""Outlines that no disc can stand for: the land of a country, the border of two, the course of a river.

A country's ISO code or a river's place id comes in; a shape in degrees (x = longitude) goes out, or None where none is
known. Land is Natural Earth's, thinned to 1:50m; the rivers of geo/data/rivers.csv are drawn by hand through the towns
on their banks, a few kilometres rough. Neither says whose land it is.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geo import names
from geo.names.latin import rows

_TOUCH = 0.15  # degrees: outlines of neighbours that are so close share a border


@lru_cache(maxsize=1)
def _countries() -> dict[str, BaseGeometry]:
    """Plain name, as Natural Earth has it -> land."""
    text = files("geo.data").joinpath("basemap", "world-countries.geojson").read_text(encoding="utf-8")
    found = ((f["properties"]["name"], f["geometry"]) for f in json.loads(text)["features"])
    return {names.plain(name): shape(geometry) for name, geometry in found}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    return {
        row["iso"]: tuple(names.plain(name) for name in (row["name"], *row["also"].split("|")) if name)
        for row in rows("countries.csv")
    }


@lru_cache(maxsize=256)
def country(code: str) -> BaseGeometry | None:
    """The land of a country (ISO 3166-1, two letters), or None."""
    known = [name for name in _names().get(code, ()) if name in _countries()]
    return _countries()[max(known, key=len)] if known else None  # "Dem. Rep. Congo" before "Congo"


@lru_cache(maxsize=256)
def border(one: str, other: str) -> BaseGeometry | None:
    """The line along which two countries meet, taken from the first one's outline; None where they do not."""
    mine, theirs = country(one), country(other)
    if mine is None or theirs is None or one == other:
        return None
    line = mine.boundary.intersection(theirs.buffer(_TOUCH))
    return None if line.is_empty or line.length < _TOUCH else unary_union(line)


@lru_cache(maxsize=1)
def _rivers() -> dict[str, LineString]:
    out: dict[str, LineString] = {}
    for row in rows("rivers.csv"):
        points = [tuple(map(float, spot.split())) for spot in row["course"].split("|")]
        out[row["place"]] = LineString([(lon, lat) for lat, lon in points])
    return out


def river(place_id: str) -> LineString | None:
    """The course of a river by its place id, with or without the layer and the country in it, or None."""
    bare = place_id.removeprefix("world:")
    return _rivers().get(bare) or _rivers().get(bare.rpartition("-")[0])
