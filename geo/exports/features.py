"""GeoJSON as RFC 7946 wants it: properties and geometries in, the text of a feature collection out.

Longitude before latitude in degrees WGS 84, no `crs` member, outer rings counter-clockwise, a `bbox`, at
most six decimals (a tenth of a metre). One feature stands on one line, so that files diff well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

#: RFC 7946, section 11.2: more than six decimals say nothing about a place on the ground.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its text, and the box around it (west, south, east, north), None where it has no geometry."""

    text: str
    box: tuple[float, float, float, float] | None


def feature(name: str, properties: Mapping[str, Any], geometry: BaseGeometry | None) -> Feature:
    """A feature with the id `name`. Property values must be what JSON knows; the geometry may be None."""
    shape, box = (None, None) if geometry is None or geometry.is_empty else _shape(geometry)
    member = {"type": "Feature", "id": name, "geometry": shape, "properties": dict(properties)}
    return Feature(_text(member), box)


def collection(features: Iterable[Feature]) -> str:
    """The features, in the order given, as one file."""
    found = list(features)
    boxes = [one.box for one in found if one.box is not None]
    box = ""
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        box = f'"bbox": {_text([min(west), min(south), max(east), max(north)])},\n'
    lines = ",\n".join(one.text for one in found)
    return f'{{"type": "FeatureCollection",\n{box}"features": [\n{lines}\n]}}\n' if found else _EMPTY


_EMPTY = '{"type": "FeatureCollection",\n"features": []}\n'


def _shape(geometry: BaseGeometry) -> tuple[dict[str, Any], tuple[float, float, float, float]]:
    if geometry.geom_type != "Point":  # snapping the corners may make an outline cross itself; this keeps it valid
        geometry = shapely.orient_polygons(shapely.set_precision(geometry, 10**-DECIMALS))
    found = mapping(geometry)
    west, south, east, north = (round(value, DECIMALS) for value in geometry.bounds)
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}, (west, south, east, north)


def _rounded(value: Any) -> Any:
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else round(float(value), DECIMALS)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
