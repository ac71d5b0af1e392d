"""One row of a reference layer, made and checked from the cells of whatever source it comes from."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from geo.names.latin import rows as data_rows

_MAX_NAME, _MAX_NAMES = 200, 200  # longer is no name; more is no list of spellings
# population -> how far the true spot may be from the given one, in metres
_RADIUS = ((1_000_000, 12_000.0), (200_000, 7_000.0), (50_000, 4_000.0), (5_000, 3_000.0), (0, 2_000.0))
_SPLIT = re.compile(r"[|;]")
# A slash in a place's id parts an area from its anchor, so the ids of nodes and of web addresses lose theirs.
_UNSAFE = re.compile(r"[^\w.:-]+")


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One place of a source. names: further spellings, any script. lat, lon in degrees WGS 84, radius in metres."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    lat: float
    lon: float
    radius_m: float
    country: str
    population: int = 0
    pcode: str = ""
    geonames: str = ""
    wikidata: str = ""
    admin1: str = ""
    parent_pcode: str = ""


@dataclass
class Skipped:
    """How many rows of a source were left out, by reason, and the first row of each."""

    counts: dict[str, int]
    first: dict[str, str]

    @classmethod
    def none(cls) -> Skipped:
        return cls({}, {})

    def add(self, reason: str, where: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + 1
        self.first.setdefault(reason, where)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, float]]:
    return {
        row["code"].casefold(): (row["kind"], float(row["radius_m"] or 0)) for row in data_rows("reference_kinds.csv")
    }


def kind_of(code: str, population: int) -> tuple[str, float]:
    """(kind, radius in metres) of a source's own code for what a place is; "place" where the code is not known."""
    for part in (code, *_SPLIT.split(code)):
        known = _kinds().get(part.strip().casefold())
        if known is not None:
            kind, radius = known
            if kind == "village" and population >= 5_000:
                kind = "town"
            return kind, radius or _radius(population)
    return "place", _radius(population)


def _radius(population: int) -> float:
    return next(metres for people, metres in _RADIUS if population >= people)


def make(
    cells: Mapping[str, str], names: Iterable[str], country: str, skip: Callable[[str], None]
) -> ReferenceRow | None:
    """A row from a source's cells by field; None, and `skip` told why, where it has no name, id or position."""
    name = cells.get("name", "").strip()
    if not name or len(name) > _MAX_NAME:
        skip("no name" if not name else f"a name of more than {_MAX_NAME} letters")
        return None
    lat, lon = _degrees(cells.get("lat", ""), 90.0), _degrees(cells.get("lon", ""), 180.0)
    if lat is None or lon is None or (lat == 0.0 and lon == 0.0):
        skip("no position, or one that is not in degrees")
        return None
    own = cells.get("id", "").strip() or cells.get("pcode", "").strip()
    if not own:
        skip("no id")
        return None
    population = _whole(cells.get("population", ""))
    kind, radius = kind_of(cells.get("kind", ""), population)
    given = _degrees(cells.get("radius_m", ""), 1_000_000.0)
    own = _UNSAFE.sub("-", own)
    spellings = {text.strip() for text in names} - {"", name}
    where = cells.get("country", "").strip()[:2].upper()
    return ReferenceRow(
        id=own, name=name, names=tuple(sorted(s for s in spellings if len(s) <= _MAX_NAME)[:_MAX_NAMES]), kind=kind,
        lat=lat, lon=lon, radius_m=given or radius, country=where if where.isalpha() and len(where) == 2 else country,
        population=population, pcode=cells.get("pcode", "").strip(), geonames=cells.get("geonames", "").strip(),
        wikidata=cells.get("wikidata", "").strip(), admin1=cells.get("admin1", "").strip(),
        parent_pcode=cells.get("parent_pcode", "").strip(),
    )  # fmt: skip


def split_names(text: str) -> list[str]:
    """The spellings of one cell: parted by | or ;, and by commas where there is neither."""
    if not text:
        return []
    return _SPLIT.split(text) if _SPLIT.search(text) else text.split(",")


def _degrees(text: str, most: float) -> float | None:
    try:
        value = float(str(text).strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


def _whole(text: str) -> int:
    try:
        value = float(str(text).strip().replace(",", "") or 0)
    except ValueError:
        return 0
    return int(value) if math.isfinite(value) and 0 <= value < 2e9 else 0
