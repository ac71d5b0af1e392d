"""The offline base of every map: land, borders, provinces, rivers and lakes, fine where the reports are.

In: windows in degrees, one around each cluster of places. Out: a `Basemap` of parts that do not overlap: the
whole world in coarse lines, and each window in lines as fine as the data and the size of the page allow. The
data come from Natural Earth (public domain) and lie in `data/basemap`; inside the detailed region the 1:10m
lines are used, elsewhere the 1:50m ones of the world.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry import Point, box, mapping, shape
from shapely.geometry.base import BaseGeometry

# The region that detail-*.geojson covers, in degrees W, S, E, N (see data/basemap/cut.py).
DETAIL = (24.0, 10.0, 64.0, 44.0)
# Lines are thinned to a share of their window: half a pixel on a wide screen. The data themselves are no finer
# than FINEST, and the world outside all windows serves only to show where they lie.
THINNING, FINEST, COARSEST = 4000.0, 0.002, 0.3
# Corners of all windows together, about 90 kB; where there are more, the windows that have most are thinned further.
BUDGET = 16_000
# Coordinates are kept as whole steps of a degree: of 1/2000 (55 m) in a window, 1/50 for the world.
FINE_STEPS, WORLD_STEPS = 2000, 50
# The world reaches under the windows by so much (degrees), or a hair of sea would show between two lands.
LAP = 0.04
# Places nearer to each other than one to two cells (degrees) are one cluster.
CELL = 2.0
# A window reaches beyond its outermost places by a share of its size, so that a wide screen still has land to show.
MARGIN, LEAST_MARGIN = 0.4, 1.3
SOURCE = "Natural Earth"
LINES = ("borders", "provinces", "rivers")
FILLS = ("land", "lakes")


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

    def holds(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def meets(self, other: Window) -> bool:
        """Whether the two have a point in common."""
        apart = self.east < other.west or other.east < self.west or self.north < other.south or other.north < self.south
        return not apart

    def joined(self, other: Window) -> Window:
        """The smallest window around both."""
        return Window(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the base. window is None for the world around all windows; geometries in degrees."""

    window: Window | None
    land: BaseGeometry
    lakes: BaseGeometry
    borders: BaseGeometry
    provinces: BaseGeometry
    rivers: BaseGeometry


@dataclass(frozen=True, slots=True)
class Basemap:
    """What is drawn below the claims: the world first, then each window; countries as (name, label point, area)."""

    windows: tuple[Window, ...]
    parts: tuple[Part, ...]
    countries: tuple[tuple[str, Point, float], ...]

    def as_json(self) -> dict[str, Any]:
        """What the page reads. A line or ring is a flat list [x, y, dx, dy, dx, dy ...] in steps of 1/steps degree."""
        parts = []
        for part in self.parts:
            steps = WORLD_STEPS if part.window is None else FINE_STEPS
            edges = self.windows if part.window is None else (part.window,)
            made: dict[str, Any] = {
                "steps": steps,
                # No coast is drawn along these: there a part ends, not the land.
                "xs": sorted({round(x * steps) for w in edges for x in _sides(part, w.west, w.east)} | _rim(steps)),
                "ys": sorted({round(y * steps) for w in edges for y in _sides(part, w.south, w.north)}),
            }
            for name in FILLS:
                made[name] = [_deltas(ring, steps, 4) for ring in _rings(getattr(part, name))]
            for name in LINES:
                made[name] = [_deltas(line, steps, 2) for line in _lines(getattr(part, name))]
            parts.append({key: [one for one in value if one] if key in FILLS + LINES else value
                          for key, value in made.items()})  # fmt: skip
        names = [
            {"name": name, "lat": round(p.y, 2), "lon": round(p.x, 2), "size": round(math.sqrt(area), 1)}
            for name, p, area in self.countries
        ]
        return {"parts": parts, "countries": names}


def clusters(points: Iterable[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """(lat, lon) points in groups that lie apart, the largest first. Points in touching cells are one group."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for lat, lon in sorted(points):
        cells.setdefault((math.floor(lat / CELL), math.floor(lon / CELL)), []).append((lat, lon))
    out, left = [], set(cells)
    for first in sorted(cells):
        if first not in left:
            continue
        left.discard(first)
        group, waiting = [], [first]
        while waiting:
            row, column = waiting.pop()
            group += cells[row, column]
            beside = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= beside
            waiting += sorted(beside)
        out.append(sorted(group))
    return sorted(out, key=lambda group: (-len(group), group))


def windows_around(points: Iterable[tuple[float, float]]) -> list[Window]:
    """A window around each cluster of (lat, lon) points, with a margin; windows that would overlap are one."""
    out: list[Window] = []
    for group in clusters(points):
        lats, lons = [lat for lat, _ in group], [lon for _, lon in group]
        window = Window(min(lons), min(lats), max(lons), max(lats)).widened(MARGIN, LEAST_MARGIN)
        while met := [other for other in out if other.meets(window)]:
            out = [other for other in out if other not in met]
            for other in met:
                window = window.joined(other)
        out.append(window)
    return sorted(out, key=lambda w: (w.west, w.south))


def basemap(windows: Sequence[Window]) -> Basemap:
    """The base of a map whose places lie in these windows, which must not overlap."""
    fine = [_part(window, 1.0) for window in windows]
    thinning = [1.0] * len(fine)
    while sum(map(_corners, fine)) > BUDGET:
        heaviest = max(range(len(fine)), key=lambda at: _corners(fine[at]))
        thinning[heaviest] *= 1.5
        fine[heaviest] = _part(windows[heaviest], thinning[heaviest])
    return Basemap(tuple(windows), (_world(windows), *fine), _labels(windows))


def geometry(found: BaseGeometry, places: int = 4) -> dict[str, Any]:
    """A geometry as GeoJSON with coordinates rounded to `places` decimals (4: about ten metres)."""
    plain: dict[str, Any] = json.loads(json.dumps(mapping(found)), parse_float=lambda text: round(float(text), places))
    return plain


def _part(window: Window, thinning: float) -> Part:
    """One window, of the detailed data as far as they reach."""
    tolerance = max(FINEST, window.size / THINNING) * thinning
    area, detail = window.polygon(), box(*DETAIL)
    near, far = area.intersection(detail), area.difference(detail)

    def cut(name: str, thin: float) -> BaseGeometry:
        found = [_data(f"{prefix}-{name}", zone) for prefix, zone in (("detail", near), ("world", far)) if zone.area]
        return shapely.union_all([one.simplify(thin) for one in found])

    return Part(
        window=window,
        land=_solid(cut("land", tolerance)),
        lakes=_solid(cut("lakes", tolerance)),
        borders=cut("borders", tolerance),
        provinces=_data("detail-provinces", near).simplify(tolerance),
        rivers=cut("rivers", tolerance),
    )


def _world(windows: Sequence[Window]) -> Part:
    """Everything outside the windows."""
    inner = [box(w.west + LAP, w.south + LAP, w.east - LAP, w.north - LAP) for w in windows]
    under = box(-180, -85, 180, 85).difference(shapely.union_all(inner))
    beside = box(-180, -85, 180, 85).difference(shapely.union_all([w.polygon() for w in windows]))
    land = shapely.MultiPolygon([
        one for one in getattr(_land("world"), "geoms", ()) if one.area > 4 * COARSEST**2
    ])  # fmt: skip
    thin = shapely.make_valid(land.simplify(COARSEST))
    nothing = shapely.MultiLineString()
    return Part(
        window=None,
        land=_solid(thin.intersection(under)),
        lakes=_solid(_big(_union("world-lakes"), 10 * COARSEST**2).simplify(COARSEST).intersection(beside)),
        borders=_borders("world").simplify(COARSEST).intersection(beside),
        provinces=nothing,
        rivers=nothing,
    )


def _data(name: str, zone: BaseGeometry) -> BaseGeometry:
    """A layer of a file inside a zone."""
    prefix, kind = name.split("-")
    if zone.is_empty:
        return shapely.GeometryCollection()
    whole = {"land": _land, "borders": _borders}.get(kind)
    if whole is not None:
        return whole(prefix).intersection(zone)
    return shapely.union_all([found.intersection(zone) for _, found in _features(name) if found.intersects(zone)])


@cache
def _union(name: str) -> BaseGeometry:
    return shapely.union_all([found for _, found in _features(name)])


def _big(found: BaseGeometry, least: float) -> BaseGeometry:
    return shapely.MultiPolygon([one for one in _polygons(found) if one.area > least])


@cache
def _land(prefix: str) -> BaseGeometry:
    """All countries as one. The files keep one line between neighbours, which makes this quick and exact."""
    return shapely.coverage_union_all(
        [one for _, found in _features(f"{prefix}-countries") for one in _polygons(found)]
    )


@cache
def _borders(prefix: str) -> BaseGeometry:
    """The lines that two countries share: each stands in the file twice, corner for corner."""
    seen: Counter[tuple[tuple[float, ...], ...]] = Counter()
    for _, found in _features(f"{prefix}-countries"):
        for one in _polygons(found):
            for ring in (one.exterior, *one.interiors):
                seen.update((min(a, b), max(a, b)) for a, b in pairwise(ring.coords))
    shared = sorted(pair for pair, count in seen.items() if count > 1)
    return shapely.line_merge(shapely.MultiLineString(shared))


def _labels(windows: Sequence[Window]) -> tuple[tuple[str, Point, float], ...]:
    """Where each country's name stands: well inside the largest part of it that a window shows."""
    shown = shapely.union_all([window.polygon() for window in windows])
    out = []
    for name, found in _features("world-countries"):
        found = _solid(found)
        if not name or found.area < 0.2:  # square degrees: less is a speck that its name would hide
            continue
        seen = found.intersection(shown)
        part = largest(seen if seen.area > 0.15 * found.area or seen.area > 4 else found)
        out.append((name, part.representative_point(), part.area))
    return tuple(sorted(out, key=lambda row: (-row[2], row[0])))


def largest(found: BaseGeometry) -> BaseGeometry:
    """The largest part of a geometry."""
    return max(getattr(found, "geoms", [found]), key=lambda part: part.area)


@cache
def _features(name: str) -> tuple[tuple[str, BaseGeometry], ...]:
    """(name or "", geometry) of every feature of a data file."""
    text = (files("geo.data") / "basemap" / f"{name}.geojson").read_text(encoding="utf-8")
    rows = json.loads(text)["features"]
    return tuple((row["properties"].get("name", ""), shape(row["geometry"])) for row in rows)


def _polygons(found: BaseGeometry) -> Iterator[BaseGeometry]:
    """The parts that have an area: a cut can leave a line or a point beside them."""
    for part in getattr(found, "geoms", [found]):
        if part.geom_type == "Polygon":
            yield part
        elif hasattr(part, "geoms"):
            yield from _polygons(part)


def _solid(found: BaseGeometry) -> BaseGeometry:
    return shapely.MultiPolygon(list(_polygons(found if found.is_valid else shapely.make_valid(found))))


def _rings(found: BaseGeometry) -> Iterator[Sequence[tuple[float, float]]]:
    for one in _polygons(found):
        yield one.exterior.coords
        yield from (ring.coords for ring in one.interiors)


def _lines(found: BaseGeometry) -> Iterator[Sequence[tuple[float, float]]]:
    merged = shapely.line_merge(found) if hasattr(found, "geoms") and len(found.geoms) > 1 else found
    for one in getattr(merged, "geoms", [merged]):
        if one.geom_type == "LineString" and not one.is_empty:
            yield one.coords


def _deltas(line: Sequence[tuple[float, float]], steps: int, least: int) -> list[int]:
    """A line in whole steps, each corner counted from the one before; empty where fewer than `least` are left."""
    corners: list[tuple[int, int]] = []
    for x, y, *_ in line:
        at = (round(x * steps), round(y * steps))
        if not corners or at != corners[-1]:
            corners.append(at)
    if len(corners) < least:
        return []
    out = [*corners[0]]
    for (ax, ay), (bx, by) in pairwise(corners):
        out += (bx - ax, by - ay)
    return out


def _sides(part: Part, low: float, high: float) -> tuple[float, float]:
    """Where a part was cut along a window: at its edge, or for the world a lap inside it."""
    return (low, high) if part.window is not None else (low + LAP, high - LAP)


def _rim(steps: int) -> set[int]:
    """The 180th meridian, where the world is cut."""
    return {-180 * steps, 180 * steps}


def _corners(part: Part) -> int:
    return sum(int(shapely.get_num_coordinates(getattr(part, name))) for name in FILLS + LINES)
