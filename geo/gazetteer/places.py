"""What the gazetteer is made of: places, the names they go by, and candidates for a mention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """One place. lat/lon in degrees WGS 84, None where the place is known by name only.

    radius_m: how far from the point the true spot may be (for an area: its half extent).
    certainty: of the position, in the words of Linked Places (`Certainty`); empty where nothing is said of it.
    country: two letters (ISO 3166-1). admin1: the region's code in the source, where there is no parent.
    """

    id: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    radius_m: float
    parent: str | None
    country: str
    population: int = 0
    source: str = ""
    note: str = ""
    layer: str = "workspace"
    pcode: str = ""
    geonames: str = ""
    wikidata: str = ""
    admin1: str = ""
    certainty: str = ""

    @property
    def has_point(self) -> bool:
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place's name. kind: preferred, variant, historic, generic."""

    place: str
    text: str
    language: str
    kind: str = "variant"
    valid_from: str | None = None
    valid_to: str | None = None
    source: str = ""
    script: str = ""


class Certainty(StrEnum):
    """How sure a position is: looked up in a source, set by hand and found to fit, or not checked against anything."""

    CERTAIN = "certain"
    LESS = "less-certain"
    UNCERTAIN = "uncertain"


class Match(StrEnum):
    """How a spelling met a name, from sure to doubtful."""

    EXACT = "exact"
    FOLDED = "folded"
    ROMANISED = "romanised"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean, how well it fits (0..1) and why.

    cost and cap: of a romanised or fuzzy match, the distance of the spellings and the distance allowed for
    a name of so many consonants. name: the spelling in the gazetteer that was met.
    """

    place: Place
    score: float
    because: str
    match: Match = Match.EXACT
    name: str = ""
    cost: float = 0.0
    cap: float = 0.0
    consonants: int = 0


SETTLEMENTS = frozenset({"city", "town", "village", "settlement", "hamlet", "camp", "place"})
AREAS = frozenset({"governorate", "district", "subdistrict", "sub_district", "country", "region", "province", "area"})
GROUNDS = AREAS | {"neighbourhood", "camp", "island", "industrial_area", "oil_field", "gas_field"}
"""Kinds that are ground with an edge: they are drawn with the outline that the gazetteer gives them."""
KIND_RANK = {
    "city": 0, "town": 1, "settlement": 2, "place": 2, "village": 3, "governorate": 3, "district": 4, "region": 4,
    "subdistrict": 5, "sub_district": 5, "camp": 5, "hamlet": 6, "neighbourhood": 7,
}  # fmt: skip


def prominence(place: Place) -> tuple[int, int, str]:
    """Sort key for places that fit equally: workspace before reference, towns before quarters, then population."""
    layer = 0 if place.layer == "workspace" else 100
    return (layer + KIND_RANK.get(place.kind, 6), -place.population, place.id)
