"""The offline base of every map: land, borders, provinces, rivers and lakes of a window.

In: a window in degrees. Out: a `Basemap` of shapely geometries, clipped to the window with a margin,
thinned to what the window's size can show. The data come from Natural Earth (public domain) and lie
in `data/basemap`; where a window lies inside the detailed region the 1:10m lines are used, elsewhere
the 1:50m ones of the world.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import shapely
from shapely.geometry import Point, box, mapping, shape
from shapely.geometry.base import BaseGeometry

# The region that detail-*.geojson covers, in degrees W, S, E, N (see data/basemap/cut.py).
DETAIL = (24.0, 10.0, 64.0, 44.0)
# A window wider than this (degrees) cannot show 1:10m lines, and would make the page heavy.
DETAIL_WIDTH = 14.0
# Lines are thinned to a share of the window: under half a pixel on a wide screen for a region, about a
# pixel for a continent, where the first view is all that the 1:50m lines can serve.
REGION_THINNING, WORLD_THINNING = 4000.0, 1500.0
SOURCE = "Natural Earth"


@dataclass(frozen=True, slots=True)
class Window:
    """Degrees WGS 84: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    @property
    def size(self) -> float:
        """The longer side, in degrees."""
        return max(self.east - self.west, self.north - self.south)

    def widened(self, share: float, least: float) -> Window:
        """Larger on every side by a share of its size, and by at least `least` degrees; kept on the globe."""
        pad = max(self.size * share, least)
        return Window(
            max(-180.0, self.west - pad),
            max(-85.0, self.south - pad),
            min(180.0, self.east + pad),
            min(85.0, self.north + pad),
        )

    def polygon(self) -> BaseGeometry:
        """The window as a rectangle."""
        return box(self.west, self.south, self.east, self.north)

    def lies_in(self, bounds: Sequence[float]) -> bool:
        """Whether all of it is within W, S, E, N."""
        west, south, east, north = bounds
        return self.west >= west and self.south >= south and self.east <= east and self.north <= north


@dataclass(frozen=True, slots=True)
class Basemap:
    """What is drawn below the claims. Geometries in degrees; countries as (name, label point)."""

    window: Window
    land: BaseGeometry
    coast: BaseGeometry
    borders: BaseGeometry
    provinces: BaseGeometry
    rivers: BaseGeometry
    lakes: BaseGeometry
    countries: tuple[tuple[str, Point], ...]

    def as_geojson(self) -> dict[str, Any]:
        """One GeoJSON geometry per layer, and `countries` as a list of name, lat, lon."""
        names = ("land", "coast", "borders", "provinces", "rivers", "lakes")
        out: dict[str, Any] = {name: geometry(getattr(self, name)) for name in names}
        out["countries"] = [{"name": n, "lat": round(p.y, 3), "lon": round(p.x, 3)} for n, p in self.countries]
        return out


def window_around(points: Iterable[tuple[float, float]]) -> Window | None:
    """The window that holds all (lat, lon) points; None where there is none."""
    found = list(points)
    if not found:
        return None
    lats, lons = [lat for lat, _ in found], [lon for _, lon in found]
    return Window(min(lons), min(lats), max(lons), max(lats))


def basemap(window: Window) -> Basemap:
    """The base layers of a window."""
    detailed = window.size <= DETAIL_WIDTH and window.lies_in(DETAIL)
    prefix = "detail" if detailed else "world"
    tolerance = window.size / (REGION_THINNING if window.size <= 30 else WORLD_THINNING)
    area = window.polygon()
    shapes = _within(f"{prefix}-countries", area)
    land = _polygons(shapely.unary_union([found for _, found in shapes]))
    outlines = shapely.unary_union([found.boundary for _, found in shapes])
    shore = land.boundary
    return Basemap(
        window=window,
        land=_thin(land.intersection(area), tolerance),
        coast=_thin(shore.intersection(area), tolerance),
        borders=_thin(shapely.line_merge(outlines.difference(shore.buffer(1e-6)).intersection(area)), tolerance),
        provinces=_thin(_union(f"{prefix}-provinces", area), tolerance) if detailed else shapely.MultiLineString(),
        rivers=_thin(_union(f"{prefix}-rivers", area), tolerance),
        lakes=_thin(_union(f"{prefix}-lakes", area), tolerance),
        countries=_labels(shapes, area),
    )


def geometry(found: BaseGeometry, places: int = 4) -> dict[str, Any]:
    """A geometry as GeoJSON with coordinates rounded to `places` decimals (4: about ten metres)."""
    plain: dict[str, Any] = json.loads(json.dumps(mapping(found)), parse_float=lambda text: round(float(text), places))
    return plain


def _labels(shapes: Iterable[tuple[str, BaseGeometry]], area: BaseGeometry) -> tuple[tuple[str, Point], ...]:
    """Where each country's name stands: well inside the part of it that the window shows."""
    out = []
    for name, found in shapes:
        seen = found.intersection(area)
        if name and seen.area > area.area * 0.004:  # less is a sliver that a name would cover
            out.append((name, largest(seen).representative_point()))
    return tuple(sorted(out, key=lambda pair: pair[0]))


def largest(found: BaseGeometry) -> BaseGeometry:
    """The largest part of a geometry."""
    parts = list(getattr(found, "geoms", [found]))
    return max(parts, key=lambda part: part.area)


def _union(name: str, area: BaseGeometry) -> BaseGeometry:
    return shapely.unary_union([found.intersection(area) for _, found in _within(name, area)])


def _thin(found: BaseGeometry, tolerance: float) -> BaseGeometry:
    return found.simplify(tolerance)


def _within(name: str, area: BaseGeometry) -> list[tuple[str, BaseGeometry]]:
    """Features of a file that touch the area, whole, in the order of the file."""
    return [(label, found) for label, found in _features(name) if found.intersects(area)]


@cache
def _features(name: str) -> tuple[tuple[str, BaseGeometry], ...]:
    """(name or "", geometry) of every feature of a data file."""
    text = (files("geo.data") / "basemap" / f"{name}.geojson").read_text(encoding="utf-8")
    rows = json.loads(text)["features"]
    return tuple((row["properties"].get("name", ""), _valid(shape(row["geometry"]))) for row in rows)


def _polygons(found: BaseGeometry) -> BaseGeometry:
    """Only the parts that have an area: mending a ring can leave a line beside it, and such a mixture has no edge."""
    parts = [part for part in getattr(found, "geoms", [found]) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _valid(found: BaseGeometry) -> BaseGeometry:
    """Rounding to a grid can leave a touch of a ring with itself; mended once, on loading."""
    return found if found.is_valid else shapely.make_valid(found)
