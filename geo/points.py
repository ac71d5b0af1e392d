"""Positions and lengths as people write them, and as the tables hold them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geo.errors import InputError

_DECIMALS = 5
"""About one metre: no source here is finer."""
_EARTH_M = 6_371_000.0


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
    return point_of(lat, lon)


def point_of(lat: float, lon: float) -> Point:
    """A point on the globe, to the decimals of the tables. Raises InputError."""
    if not (math.isfinite(lat) and -90 <= lat <= 90):
        raise InputError(f"latitude {lat:g} is outside -90 to 90; latitude comes first")
    if not (math.isfinite(lon) and -180 <= lon <= 180):
        raise InputError(f"longitude {lon:g} is outside -180 to 180")
    if lat == 0 and lon == 0:
        raise InputError("0 0 is open sea; leave out a position that is not known")
    return Point(round(lat, _DECIMALS), round(lon, _DECIMALS))


def cells_of(point: Point | None) -> dict[str, str]:
    """lat and lon as places.csv holds them."""
    return {"lat": "", "lon": ""} if point is None else {"lat": degrees(point.lat), "lon": degrees(point.lon)}


def degrees(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def metres(value: float) -> str:
    """A radius as places.csv holds it. Raises InputError."""
    if not 0 < value <= 5_000_000:
        raise InputError(f"radius {value:g} is no radius in metres")
    return f"{value:.1f}".removesuffix(".0")


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres on a sphere between two points (lat, lon) in degrees; within half a percent of the ellipsoid."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(half))
