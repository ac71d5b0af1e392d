"""Areas: what "eastern Aleppo" or "the northern countryside of Hama" covers, as a polygon.

An area has no row in the gazetteer. Its id is "<anchor id>/<relation>" with the relation of `spatial`, and its
outline is worked out from the anchor's point and radius alone, so it comes out the same wherever it is asked for.
Where the gazetteer has an outline of the anchor (areas.geojson), its parts are cut from that.
These outlines are sketches of what a phrase may mean. They are drawn hatched, and never as a border.

Sizes, with R the anchor's radius and all in metres:

=====================  ==========================================================================
relation               outline
=====================  ==========================================================================
eastern, eastern-parts sector of the disc of R, 120 degrees wide (70 for north-east and its like)
eastern-countryside    the same sector between the town's edge and its countryside's (below)
countryside            ring between the town's edge and its countryside's
east-of                the sector from R to R + 15 km
20km-south-of          disc of 15 % of the distance (2 km at least) around the point so far off
20km-off, within-9km   ring of so far off, give or take 15 %; disc of R + so far
near, outskirts        disc of R + 5 km; ring from 0.7 R to R + 3 km
centre, parts          disc of 0.4 R; disc of R
between, road          corridor of 2 km (a tenth of the way, if more) to both sides of the line
border-tr              strip of 10 km on both sides of the border with that country
airport, base, ...     disc of R + 5 km: somewhere in or at the town
province               disc of 60 km
of a country           its land: the sector as seen from the middle of the land; the whole of it for parts
of an own outline      the same for eastern, eastern-parts and parts; all else is counted from point and radius
of a river             band of 25 km on the side that is said; 5 km on both sides for near
=====================  ==========================================================================

The countryside of a town is 15 km deep, of a city (100,000 people and more) 30 km; of a governorate, it is counted
from the town of the same name and reaches to 0.6 of the governorate's radius, since the town is seldom its middle.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from shapely import get_coordinates, get_parts, make_valid, transform
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geo import names, outlines
from geo.errors import NotFoundError
from geo.gazetteer import SETTLEMENTS, Gazetteer, Place
from geo.kept import kept
from geo.names.latin import rows

METRES_PER_DEGREE = 111_320.0  # of latitude; of longitude times the cosine of the latitude
_CARDINAL, _BETWEEN = 60.0, 35.0  # half the angle of a sector, degrees
_BESIDE, _NEAR, _EDGE = 15_000.0, 5_000.0, 3_000.0
_TOWN_LAND, _CITY_LAND, _CITY_PEOPLE = 15_000.0, 30_000.0, 100_000
_GOVERNORATE_SHARE = 0.6
_CORRIDOR = 2_000.0
_PROVINCE = 60_000.0
_STRIP, _BANK = 10_000.0, 25_000.0
_LARGEST = 300_000.0  # no outline reaches further: a continent's sector says nothing
WHOLE = frozenset({"province", "governorate", "oblast", "region", "state", "district", "county"})


def split_id(place_id: str) -> tuple[str, str] | None:
    """(anchor id, relation) of an area's id, or None for a plain place's."""
    anchor, slash, relation = place_id.partition("/")
    return (anchor, relation) if slash else None


def outline(gazetteer: Gazetteer, place_id: str) -> Polygon | MultiPolygon | None:
    """The area's polygon in degrees (x = longitude), or None for a plain place or an anchor without a point.

    Several polygons only where the gazetteer's own outline of the anchor falls into several.
    Raises NotFoundError when the anchor is in no layer of the gazetteer.
    """
    parts = split_id(place_id)
    if parts is None:
        return None
    anchor = gazetteer.place(parts[0])
    drawn = _cut(gazetteer.outline(anchor.id), parts[1]) or _drawn(anchor, parts[1])
    if drawn is not None:
        return None if drawn.is_empty else drawn
    if not anchor.has_point:
        return None
    shape = _shape(gazetteer, anchor, parts[1])
    return None if shape is None or shape.is_empty else shape


@kept
def centre(gazetteer: Gazetteer, place_id: str) -> tuple[float, float, float] | None:
    """(lat, lon, radius in metres) of an area: its middle and how far from it the area reaches."""
    shape = outline(gazetteer, place_id)
    if shape is None:
        return None
    middle = shape.centroid
    plane = _Plane(middle.y, middle.x)
    reach = max(math.hypot(*plane.metres(lat, lon)) for lon, lat in _corners(shape))
    return round(middle.y, 5), round(middle.x, 5), float(round(reach))


@kept
def describe(gazetteer: Gazetteer, place_id: str) -> str:
    """The area in words, for people: "Aleppo: northern countryside". Raises NotFoundError."""
    parts = split_id(place_id)
    if parts is None:
        return gazetteer.place(place_id).name
    anchor, relation = gazetteer.place(parts[0]).name, parts[1]
    pair = re.fullmatch(r"(between|road)-(.+)", relation)
    if pair:
        try:
            other = gazetteer.place(pair[2]).name
        except NotFoundError:
            other = pair[2]
        return f"between {anchor} and {other}" if pair[1] == "between" else f"road {anchor} - {other}"
    if re.search(r"(?:^|-)of$", relation):
        return f"{_spoken(relation[:-3])} of {anchor}"
    if relation.startswith("border-"):
        return f"{anchor}: border with {_country_name(gazetteer, relation[7:])}"
    if relation.startswith("within-"):
        return f"within {_spoken(relation[7:])} of {anchor}"
    if relation.endswith("-off"):
        return f"{_spoken(relation[:-4])} from {anchor}"
    if relation == "near":
        return f"near {anchor}"
    return f"{anchor}: {_spoken(relation)}"


def _country_name(gazetteer: Gazetteer, code: str) -> str:
    try:
        return gazetteer.place(f"country:{code.upper()}").name
    except NotFoundError:
        return code.upper()


def _spoken(slug: str) -> str:
    return re.sub(r"(\d)km\b", r"\1 km", slug.replace("-", " "))


def seat_of(gazetteer: Gazetteer, place: Place) -> Place | None:
    """The town that a governorate or district is named after, if the gazetteer has it inside or beside it."""
    own = {_bare(name.text) for name in gazetteer.names_of(place.id)}
    return next((town for town in _towns_named(gazetteer, frozenset(own)) if _within(gazetteer, town, place)), None)


_AREA_WORDS = re.compile(r"\b(?:governorate|province|district|sub district|subdistrict|region|oblast|state|area)\b")


def _bare(name: str) -> str:
    return " ".join(_AREA_WORDS.sub(" ", names.plain(name)).split())


def _towns_named(gazetteer: Gazetteer, wanted: frozenset[str]) -> list[Place]:
    scan = gazetteer.scan_names()
    found = {i for name in sorted(wanted) for i in scan.get(name, ())}
    places = [gazetteer.places[i] for i in sorted(found) if gazetteer.places[i].kind in SETTLEMENTS]
    return sorted(places, key=lambda p: (-p.population, p.id))


def _within(gazetteer: Gazetteer, town: Place, area: Place) -> bool:
    return any(above.id == area.id for above in gazetteer.ancestors(town.id))


def _cut(own: BaseGeometry | None, relation: str) -> Polygon | MultiPolygon | None:
    """The part of a place's own outline that lies towards some bearings from its middle; None for other relations."""
    if own is None or not set(relation.split("-")) <= {*_compass(), "and", "parts"}:
        return None
    bearings = _bearings(relation)
    plane = _Plane(own.centroid.y, own.centroid.x)
    flat = transform(own, lambda lon, lat: plane.metres(lat, lon), interleaved=False)
    if bearings:
        flat = flat.intersection(_wedges(bearings, 2 * float(abs(get_coordinates(flat)).max())))
    drawn = make_valid(MultiPolygon([plane.polygon(part) for part in _polygons(flat)]))  # corners are rounded
    shapes = _polygons(drawn)
    return shapes[0] if len(shapes) == 1 else MultiPolygon(shapes) if shapes else None


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in get_parts(shape) if isinstance(part, Polygon) and not part.is_empty]


def _wedges(bearings: list[float], far: float) -> BaseGeometry:
    """All that lies towards some bearings, up to so many metres away."""
    return unary_union([_sector(0.0, far, b, _CARDINAL if b % 90 == 0 else _BETWEEN) for b in bearings])


def _drawn(anchor: Place, relation: str) -> Polygon | None:
    """Areas of countries and rivers, whose real outline is known; None where it is not, or the relation needs none."""
    beside = re.fullmatch(r"border-([a-z]{2})", relation)
    if beside:
        line = outlines.border(anchor.country, beside[1].upper())
        return Polygon() if line is None else _strip(line, _STRIP)
    if anchor.kind == "river":
        course = outlines.river(anchor.id)
        return None if course is None else _bank(_within_land(course, anchor.country), relation)
    land = outlines.country(anchor.country) if anchor.kind == "country" else None
    if land is None or re.search(r"(?:^|-)of$|km|outskirts|near", relation):
        return None
    return _part_of(land, _bearings(relation))


def _strip(line: BaseGeometry, metres: float) -> Polygon:
    plane = _Plane(line.centroid.y, line.centroid.x)
    joined = unary_union([part.buffer(metres, quad_segs=4) for part in plane.flat(line)])
    return plane.polygon(max(getattr(joined, "geoms", [joined]), key=lambda part: part.area))


def _within_land(course: LineString, code: str) -> LineString:
    """The longest stretch of a river in the country that the gazetteer files it under, else all of it."""
    land = outlines.country(code)
    parts = [] if land is None else getattr(own := course.intersection(land.buffer(0.02)), "geoms", [own])
    lines = [part for part in parts if isinstance(part, LineString) and not part.is_empty]
    return max(lines, key=lambda line: line.length, default=course)


def _bank(course: LineString, relation: str) -> Polygon | None:
    """The land along a river, on the side that is said."""
    bearings = _bearings(relation)
    if not bearings:
        return _strip(course, _NEAR)
    plane = _Plane(course.centroid.y, course.centroid.x)
    line = plane.flat(course)[0]
    sides = [line.buffer(metres, quad_segs=4, single_sided=True) for metres in (_BANK, -_BANK)]
    x, y = _polar(1.0, bearings[0])
    return _one(plane, [max(sides, key=lambda side: side.centroid.x * x + side.centroid.y * y)])


def _part_of(land: BaseGeometry, bearings: list[float]) -> Polygon | None:
    """The part of a country that lies towards some bearings as seen from its middle; all of it without a bearing."""
    main = max(getattr(land, "geoms", [land]), key=lambda part: part.area)
    plane = _Plane(main.centroid.y, main.centroid.x)
    flat = plane.flat(main)[0]
    if not bearings:
        return plane.polygon(flat.simplify(2000.0))
    far = 2 * max(math.hypot(x, y) for x, y in flat.exterior.coords)
    part = flat.intersection(_wedges(bearings, far))
    pieces = [piece for piece in getattr(part, "geoms", [part]) if isinstance(piece, Polygon) and not piece.is_empty]
    return plane.polygon(max(pieces, key=lambda piece: piece.area).simplify(2000.0)) if pieces else None


class _Plane:
    """Metres east and north of a point. Good to 1 % within 200 km, which is finer than any phrase means."""

    def __init__(self, lat: float, lon: float) -> None:
        self.lat, self.lon = lat, lon
        self._east = METRES_PER_DEGREE * max(math.cos(math.radians(lat)), 0.01)

    def metres(self, lat: float, lon: float) -> tuple[float, float]:
        return (lon - self.lon) * self._east, (lat - self.lat) * METRES_PER_DEGREE

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """(lon, lat) rounded to about a metre, so that the outline is the same on every machine."""
        return round(self.lon + x / self._east, 5), round(self.lat + y / METRES_PER_DEGREE, 5)

    def flat(self, shape: BaseGeometry) -> list[Any]:
        """The shape's parts in metres from the middle."""
        moved = transform(shape, lambda lon, lat: self.metres(lat, lon), interleaved=False)
        return list(getattr(moved, "geoms", [moved]))

    def polygon(self, shape: Polygon) -> Polygon:
        holes = [[self.degrees(x, y) for x, y in ring.coords] for ring in shape.interiors]
        return Polygon([self.degrees(x, y) for x, y in shape.exterior.coords], holes)


def _shape(gazetteer: Gazetteer, anchor: Place, relation: str) -> Polygon | None:
    pair = re.fullmatch(r"(?:between|road)-(.+)", relation)
    if pair:
        return _corridor(anchor, gazetteer.place(pair[1]))
    middle, inner, outer = _reach(gazetteer, anchor, relation)
    if middle.lat is None or middle.lon is None:
        return None
    plane = _Plane(middle.lat, middle.lon)
    far = re.match(r"(?:within-)?(\d+)km", relation)
    bearings = _bearings(relation)
    if far and bearings:
        metres = min(float(far[1]) * 1000, _LARGEST)
        spots = [Point(_polar(metres, b)).buffer(max(2000.0, 0.15 * metres), quad_segs=12) for b in bearings]
        return _one(plane, spots)
    if bearings:
        return _one(plane, [_sector(inner, outer, b, _CARDINAL if b % 90 == 0 else _BETWEEN) for b in bearings])
    disc = Point(0, 0).buffer(outer, quad_segs=16)
    return plane.polygon(disc.difference(Point(0, 0).buffer(inner, quad_segs=16)) if inner > 0 else disc)


def _reach(gazetteer: Gazetteer, anchor: Place, relation: str) -> tuple[Place, float, float]:
    """The place that an area is counted from, and the metres from it at which the area begins and ends."""
    radius = max(anchor.radius_m, 500.0)
    far = re.match(r"(within-)?(\d+)km", relation)
    seat = seat_of(gazetteer, anchor) if anchor.kind in ("governorate", "district") and _bearings(relation) else None
    if far:
        metres = float(far[2]) * 1000
        inner, outer = (0.0, radius + metres) if far[1] else (0.85 * metres, 1.15 * metres)
    elif relation.endswith("countryside"):
        if anchor.kind in ("governorate", "district"):
            seat = seat_of(gazetteer, anchor)
            inner, outer = (seat.radius_m if seat else 0.0), radius * _GOVERNORATE_SHARE
        else:
            depth = _CITY_LAND if anchor.population >= _CITY_PEOPLE else _TOWN_LAND
            inner, outer = radius, radius + depth
    elif re.search(r"(?:^|-)of$", relation):
        inner, outer = radius, radius + _BESIDE
    elif relation.endswith("outskirts"):
        inner, outer = 0.7 * radius, radius + _EDGE
    elif relation in WHOLE:
        inner, outer = 0.0, max(radius, _PROVINCE)
    elif relation == "centre":
        inner, outer = 0.0, 0.4 * radius
    elif relation == "parts" or _bearings(relation):
        inner, outer = 0.0, radius
    else:  # near, and facilities at a town whose own spot is not known
        inner, outer = 0.0, radius + _NEAR
    return seat or anchor, min(inner, _LARGEST / 2), min(outer, _LARGEST)


@lru_cache(maxsize=1)
def _compass() -> dict[str, float]:
    out: dict[str, float] = {}
    for row in rows("directions.csv"):
        if row["bearing"]:
            out[row["slug"]] = out[row["slug"].replace("ern", "")] = float(row["bearing"])
    return out


def _bearings(relation: str) -> list[float]:
    return sorted({_compass()[part] for part in relation.split("-") if part in _compass()})


def _polar(metres: float, bearing: float) -> tuple[float, float]:
    angle = math.radians(bearing)
    return metres * math.sin(angle), metres * math.cos(angle)


def _sector(inner: float, outer: float, bearing: float, half: float) -> Polygon:
    steps = [bearing - half + half * i / 12 for i in range(25)]
    near = [_polar(inner, angle) for angle in reversed(steps)] if inner > 0 else [(0.0, 0.0)]
    return Polygon([_polar(outer, angle) for angle in steps] + near)


def _one(plane: _Plane, shapes: list[Polygon]) -> Polygon:
    """One polygon of several; where they do not touch, the hull of them."""
    joined = unary_union([shape.buffer(1.0) for shape in shapes]) if len(shapes) > 1 else shapes[0]
    return plane.polygon(joined if isinstance(joined, Polygon) else joined.convex_hull)


def _corridor(one: Place, other: Place) -> Polygon | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    plane = _Plane((one.lat + other.lat) / 2, (one.lon + other.lon) / 2)
    line = LineString([plane.metres(one.lat, one.lon), plane.metres(other.lat, other.lon)])
    if line.length == 0 or line.length > 2 * _LARGEST:
        return None
    return plane.polygon(line.buffer(max(_CORRIDOR, 0.1 * line.length), quad_segs=8, cap_style="flat"))


def _corners(shape: BaseGeometry) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in get_coordinates(shape)]
