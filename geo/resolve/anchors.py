"""Anchors: the places that an article names beyond doubt, and the country where most of them lie.

Names come in as the article has them; out come places that help to tell the other names apart. A name is never
its own anchor: each is kept with its key, so that another spelling of it does not confirm itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo import names
from geo.gazetteer import AREAS, SETTLEMENTS, Candidate, Gazetteer, Place
from geo.kept import kept
from geo.resolve.cues import governorate, is_spelt_same
from geo.resolve.model import PlaceMention
from geo.resolve.phrases import clean, is_name, kind_off

DOMINANT = 10  # a town of so many times the inhabitants of its namesakes is what a bare name means
_CITY_PEOPLE = 100_000  # abroad, only a city is certain by its name alone
_MANY = 400  # more anchors than this add nothing but time
_VOTES = 3  # so many certain places in another country make it a home of the article too


@dataclass(frozen=True, slots=True)
class Anchors:
    """known: place id -> (place, key of the name it was met by). also: a second country the article is at home in.

    lands: governorate id -> keys of the names by which the article speaks of it or of a certain place in it.
    """

    known: dict[str, tuple[Place, str]]
    also: str | None
    lands: dict[str, set[str]]

    def beside(self, key: str, own: set[str]) -> tuple[Place, ...]:
        """The anchors that may speak for a name of this key which may mean one of these places."""
        return tuple(p for p, k in self.known.values() if k != key and p.id not in own)

    def governorates(self, key: str) -> frozenset[str]:
        """The governorates that other names than this key's speak of."""
        return frozenset(land for land, keys in self.lands.items() if len(keys) > 1 or key not in keys)


def core(text: str) -> str:
    """The name in a mention without the word that says what kind of settlement it is."""
    return _core(text)


@lru_cache(maxsize=50_000)
def _core(text: str) -> str:
    text = clean(text)
    named = kind_off(text)
    return named.name if named is not None and named.word.group == "settlement" else text


def anchors(gazetteer: Gazetteer, mentions: Sequence[PlaceMention], country: str | None) -> Anchors:
    """The certain places among an article's mentions, their parents and their companions."""
    said = dict.fromkeys(core(t) for m in mentions for t in (m.text, *m.parents, *m.beside))
    wanted = [name for name in said if is_name(name)][:_MANY]
    also = _second_home(gazetteer, wanted, country)
    known: dict[str, tuple[Place, str]] = {}
    lands: dict[str, set[str]] = defaultdict(set)
    for name in wanted:
        place = certain(gazetteer, name, country)
        if place is None and also is not None:
            place = certain(gazetteer, name, also)
        if place is None:
            continue
        land = place if place.kind == "governorate" else governorate(gazetteer.ancestors(place.id))
        if land is not None:
            lands[land.id].add(names.key(name))
        if place.has_point and place.kind not in AREAS:
            known.setdefault(place.id, (place, names.key(name)))
    return Anchors(known, also, dict(lands))


def _second_home(gazetteer: Gazetteer, wanted: Iterable[str], country: str | None) -> str | None:
    """The country with most of the places that are certain whatever the country, where it is not the given one."""
    if country is None:
        return None
    found = {p.id: p for p in (certain(gazetteer, name, None) for name in wanted) if p is not None}
    votes = Counter(place.country for place in found.values() if place.country)
    if not votes:
        return None
    best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return best if best != country and count >= _VOTES and count > 2 * votes[country] else None


@kept
def certain(gazetteer: Gazetteer, name: str, country: str | None) -> Place | None:
    """The place that a name means beyond doubt: spelt the same, and alone or by far the largest in its country.

    Without a country: a place of the workspace with nothing else of that name, or a city without a rival anywhere.
    """
    found = [c for c in gazetteer.lookup(name) if is_spelt_same(c) and country in (None, c.place.country)]
    if not found or gazetteer.needs_evidence(names.fold(name)):
        return None
    own = [c for c in found if c.place.layer == "workspace"]
    chosen = [c for c in own or found if c.place.kind in SETTLEMENTS or c.place.kind == "airport"] or own
    if not chosen:
        return None
    first, rest = chosen[0].place, [c.place for c in chosen[1:]]
    if any(first.population < DOMINANT * max(p.population, 500) for p in rest):
        return None
    if country is not None:
        return first
    return first if _certain_anywhere(first, found) else None


def _certain_anywhere(place: Place, found: Sequence[Candidate]) -> bool:
    others = [c.place for c in found if c.place.id != place.id]
    if place.layer == "workspace":
        return all(p.country == place.country for p in others)
    return place.population >= max([_CITY_PEOPLE, *(DOMINANT * p.population for p in others)])
