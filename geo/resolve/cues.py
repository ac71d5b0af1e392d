"""What speaks for one candidate and against another: kind words, parents, companions, distance, country.

Each cue adds to a candidate's likeness of spelling or takes from it; a parent that disagrees is a veto. The
figures are ranks rather than measurements: a cue higher in the table outweighs those below it together or nearly
so, which is the order in which they proved right on 318 coded places (docs/resolving.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from geo.gazetteer import AREAS, SETTLEMENTS, Candidate, Gazetteer, Match, Place
from geo.resolve.model import distance_km, point
from geo.spatial import PlaceWord

PARENT, PARENT_NEAR = 0.35, 0.22  # filed under what is named, or under its district; or only near it
BESIDE, CLOSE = 0.25, 0.25  # CLOSE falls off to half at NEARBY_KM
KIND_FITS, KIND_DIFFERS = 0.15, -0.3
COUNTRY_FITS, COUNTRY_DIFFERS = 0.15, -0.3
CLOSE_KM, NEARBY_KM, BESIDE_KM, PARENT_KM = 30.0, 60.0, 20.0, 40.0
SAME_COST = 0.02  # romanisations that differ in a final h, a doubled letter, ou for u: one spelling for all that
_BARE_KINDS = {"neighbourhood": -0.12, "governorate": -0.15, "district": -0.2, "subdistrict": -0.2, "region": -0.1}
_PEOPLE_SHARE = 0.01  # for each tenfold of inhabitants: breaks ties, decides nothing else


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the sum of its cues.

    located: whether a cue other than spelling and country ties it down. told: whether that is a parent or a companion
    in the text, and no mere nearness.
    """

    candidate: Candidate
    total: float
    located: bool
    reasons: tuple[str, ...]
    told: bool = False

    @property
    def place(self) -> Place:
        return self.candidate.place


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a mention: its kind word, the places around it, and the article's certain places.

    country: what the text around it is about; also: where most of the article's certain places lie, if elsewhere.
    lands: ids of the governorates that the article names, or names a certain place of.
    """

    word: PlaceWord | None
    parents: tuple[tuple[Place, ...], ...]
    beside: tuple[Place, ...]
    anchors: tuple[Place, ...]
    country: str | None
    also: str | None = None
    lands: frozenset[str] = frozenset()

    def at_home(self, country: str) -> bool:
        """Whether the article is about this country, or most of its certain places lie there."""
        return self.country is None or country in (self.country, self.also)


def weigh(gazetteer: Gazetteer, candidate: Candidate, around: Surroundings) -> Weighed | None:
    """The candidate with its cues, or None where one rules it out."""
    place = candidate.place
    total, reasons, located = candidate.score, [candidate.because], False
    agreed = [lies_in(gazetteer, place, parents) for parents in around.parents]
    if False in agreed:
        return None
    if True in agreed:
        parents = around.parents[agreed.index(True)]
        total, located = total + (PARENT if _is_within(gazetteer, place, parents) else PARENT_NEAR), True
        reasons.append(f"lies in {parents[0].name}, which is named")
    near = _neighbours(place, _like(place, around.beside))
    if near and near[0][1] <= BESIDE_KM:
        total, located = total + BESIDE * (1 - near[0][1] / (2 * BESIDE_KM)), True
        reasons.append(f"{near[0][1]:.0f} km from {near[0][0].name}, named with it")
    told = located
    close = _neighbours(place, around.anchors)
    if close and close[0][1] <= NEARBY_KM:
        typical = sum(km for _, km in close[:2]) / len(close[:2])
        total += CLOSE * max(0.0, 1 - typical / (2 * NEARBY_KM))
        located = located or close[0][1] <= CLOSE_KM
        reasons.append(f"{close[0][1]:.0f} km from {close[0][0].name}")
    total += _kind(place, around, reasons)
    if around.country is not None and place.country:
        fits = around.at_home(place.country)
        total += COUNTRY_FITS if fits else COUNTRY_DIFFERS
        reasons.append(f"in {place.country}" + ("" if fits else f", while the article is about {around.country}"))
    total += _PEOPLE_SHARE * math.log10(place.population + 1)
    return Weighed(candidate, total, located, tuple(reasons), told)


def _kind(place: Place, around: Surroundings, reasons: list[str]) -> float:
    if around.word is not None and around.word.kinds:
        if place.kind in around.word.kinds:
            reasons.append(f"a {place.kind}, as the word {around.word.word} says")
            return KIND_FITS
        if place.layer == "reference" and around.word.kinds & SETTLEMENTS:
            return KIND_FITS
        return KIND_DIFFERS
    if place.kind == "neighbourhood" and any(place.parent == p.id for p in (*around.anchors, *around.beside)):
        return 0.0
    return _BARE_KINDS.get(place.kind, 0.0)


def _like(place: Place, others: Sequence[Place]) -> Sequence[Place]:
    """The companions that tell where a place lies: a quarter is named with quarters of its town, or the town."""
    if place.kind != "neighbourhood" or place.parent is None:
        return others
    return [other for other in others if place.parent in (other.id, other.parent)]


_NEAREST = itemgetter(0, 1)


def _neighbours(place: Place, others: Iterable[Place]) -> list[tuple[Place, float]]:
    """The other places with their distance in kilometres, nearest first."""
    here = point(place)
    if here is None:
        return []
    found = [
        (distance_km(here, there), other.id, other)
        for other in others
        if other.id != place.id and (there := point(other)) is not None
    ]
    found.sort(key=_NEAREST)
    return [(other, km) for km, _, other in found]


def lies_in(gazetteer: Gazetteer, place: Place, parents: Sequence[Place]) -> bool | None:
    """Whether a place lies in what its named parent may mean: yes, no, or nothing known either way."""
    verdicts = [_lies_in(gazetteer, place, parent) for parent in parents if parent.id != place.id]
    if True in verdicts:
        return True
    return False if verdicts and all(v is False for v in verdicts) else None


def _is_within(gazetteer: Gazetteer, place: Place, parents: Sequence[Place]) -> bool:
    """Whether a place is filed under one of its named parents, or under the district of one that is a town."""
    above = {a.id for a in gazetteer.ancestors(place.id)}
    around = {p.parent for p in parents if p.kind not in AREAS}
    return bool(above & ({p.id for p in parents} | around))


def _lies_in(gazetteer: Gazetteer, place: Place, parent: Place) -> bool | None:
    if parent.kind == "country":
        return place.country == parent.country if place.country else None
    above = gazetteer.ancestors(place.id)
    if any(a.id == parent.id for a in above):
        return True
    mine = governorate(above)
    if parent.kind in AREAS:
        if parent.kind == "governorate" and mine is not None:
            return False if mine.id != parent.id else None
    else:
        theirs = governorate(gazetteer.ancestors(parent.id))
        if mine is not None and theirs is not None and mine.id == theirs.id:
            return True
    return _by_distance(place, parent, mine is not None)


def _by_distance(place: Place, parent: Place, known: bool) -> bool | None:
    here, there = point(place), point(parent)
    if here is None or there is None:
        return None
    apart = distance_km(here, there)
    if apart <= max(PARENT_KM, parent.radius_m / 1000):
        return True
    if place.admin1 and parent.admin1 and (place.country, place.admin1) == (parent.country, parent.admin1):
        return True
    if place.country and parent.country and place.country != parent.country:
        return False
    too_far = apart > 3 * max(PARENT_KM, parent.radius_m / 1000)
    return False if too_far or (known and parent.kind not in AREAS) else None


def governorate(above: Sequence[Place]) -> Place | None:
    """The governorate (first-level area) among a place's ancestors."""
    return next((place for place in above if place.kind == "governorate"), None)


def is_spelt_same(candidate: Candidate) -> bool:
    """Whether the spellings differ in nothing, or in nothing that two writers of one name would agree on."""
    return candidate.match in (Match.EXACT, Match.FOLDED) or (
        candidate.match is Match.ROMANISED and candidate.cost <= SAME_COST
    )
