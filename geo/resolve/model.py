"""What goes into resolving and what comes out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from geo.claims import Method
from geo.gazetteer import Candidate, Match, Place


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as an article names it.

    text: as written ("Tal Rifaat", "the northern countryside of Hama", "army base in Dara").
    kind_words: words for its kind that stand beside it ("town", "air base").
    parents: names of places it is said to lie in ("in Idlib"). beside: names it is listed with.
    part: not the place is meant but something unnamed in it ("dozens of villages in Idlib", "parts of Hama").
    """

    text: str
    kind_words: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    part: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a mention is. lat/lon in degrees WGS 84 and radius_m in metres, None where it could not be placed.

    place_id: of the gazetteer, or "<anchor id>/<relation>" for an area (see `areas`). score: 0..1.
    candidates: what else it may have been, best first; of an unresolved name, what is spelt like it.
    """

    place_id: str | None
    name: str | None
    kind: str | None
    lat: float | None
    lon: float | None
    radius_m: float | None
    method: Method
    score: float
    because: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.method not in (Method.AMBIGUOUS, Method.UNRESOLVED)


METHODS = {
    Match.EXACT: Method.EXACT,
    Match.FOLDED: Method.FOLDED,
    Match.ROMANISED: Method.ROMANISED,
    Match.FUZZY: Method.FUZZY,
}


def at_place(
    place: Place, method: Method, score: float, because: str, others: tuple[Candidate, ...] = ()
) -> Resolution:
    """The mention is this place of the gazetteer."""
    return Resolution(
        place.id, place.name, place.kind, place.lat, place.lon, place.radius_m if place.has_point else None, method,
        round(min(max(score, 0.0), 1.0), 3), because, others,
    )  # fmt: skip


def nowhere(method: Method, because: str, candidates: tuple[Candidate, ...] = ()) -> Resolution:
    """The mention could not be placed: AMBIGUOUS or UNRESOLVED."""
    return Resolution(None, None, None, None, None, None, method, 0.0, because, candidates)


@lru_cache(maxsize=32_768)
def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points in kilometres (haversine, mean radius 6,371 km)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def point(place: Place | Resolution) -> tuple[float, float] | None:
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)
