"""Facilities: airports, bases, dams, crossings ... by their own names, or by the town they belong to.

A name without its kind word ("Kuweires" of "Kuweires air base") and a kind word come in; the places of that kind
which bear the name, or which belong to an anchor, go out. Which of them is meant is for `article` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo import names, spatial
from geo.gazetteer import AREAS, SETTLEMENTS, Gazetteer, Place
from geo.kept import kept
from geo.resolve.model import Resolution, distance_km, point
from geo.resolve.phrases import kind_off
from geo.spatial import PlaceWord

# Kinds of which a town has one or none, and of which the tables hold nearly all: "the airport" can be worked out.
COUNTED = frozenset({"airport", "dam", "crossing", "refinery", "industrial_area", "port", "prison", "power_station"})
# Words for what a town has one of, if any: their bearer is meant, and nothing else of the kind.
ONE_EACH = frozenset({"citadel", "castle", "fortress", "old city", "old town", "ancient city"})
NEAR_KM = 15.0  # a facility so near a town is the town's


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    kinds = {kind for word in spatial.place_words().values() if word.group == "facility" for kind in word.kinds}
    return frozenset(kinds - SETTLEMENTS - AREAS)


def may_be_described(place: Place) -> bool:
    """Whether a name without capitals may mean it: a facility or a region ("the infantry school"), and no town."""
    return place.kind == "region" or (place.kind in _kinds() and place.kind != "neighbourhood")


@kept
def facilities(gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Every facility of the workspace and of the reference layer's own table, by id."""
    world = gazetteer.towns.regions.places if gazetteer.towns is not None else {}
    known = [*sorted(gazetteer.places.items()), *sorted(world.items())]
    return tuple(p for _, p in known if p.kind in _kinds())


@kept
def _names(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Names of facilities without the words for their kind -> place ids."""
    plain: dict[str, tuple[str, ...]] = {}
    for place in facilities(gazetteer):
        for name in gazetteer.names_of(place.id):
            named = None if names.is_arabic(name.text) else kind_off(name.text)
            form = names.strip_articles(names.plain(named.name if named else name.text))
            plain[form] = (*plain.get(form, ()), place.id)
    return plain


@kept
def _keys(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """The same by the keys of the names."""
    keyed: dict[str, tuple[str, ...]] = {}
    for form, ids in _names(gazetteer).items():
        key = names.key(form)
        if key:
            keyed[key] = (*keyed.get(key, ()), *ids)
    return keyed


def named(gazetteer: Gazetteer, name: str, word: PlaceWord, country: str | None) -> list[Place]:
    """The facilities of a word's kinds that bear a name, spelt the same or at least romanised the same."""
    wanted = names.strip_articles(names.plain(name))
    ids = _names(gazetteer).get(wanted, ())
    if not ids and len(wanted) > 3:
        ids = _keys(gazetteer).get(names.key(name), ())
    places = [gazetteer.place(i) for i in sorted(set(ids))]
    return [p for p in places if p.kind in word.kinds and country in (None, p.country)]


def of_kind_at(gazetteer: Gazetteer, anchor: Place | Resolution, word: PlaceWord) -> list[Place]:
    """The facilities of a word's kinds that belong to a place: filed under it, or close by."""
    return [p for p in facilities(gazetteer) if p.kind in word.kinds and _belongs(p, anchor)]


def most_like(gazetteer: Gazetteer, places: list[Place], word: PlaceWord) -> list[Place]:
    """Those of the kind that the word means first; of these, those that bear the word in a name, if any do.

    None of a kind that a town has many of, or of which the tables hold only some: "the hospital" may be any.
    """
    main = [p for p in places if p.kind == word.main]
    bearing = [p for p in main if any(_bears(n.text, word) for n in gazetteer.names_of(p.id))]
    if word.word in ONE_EACH:
        return bearing
    return (bearing or main) if word.main in COUNTED else []


def _bears(name: str, word: PlaceWord) -> bool:
    return re.search(rf"\b{re.escape(word.word)}\b", names.plain(name)) is not None


def _belongs(facility: Place, anchor: Place | Resolution) -> bool:
    anchor_id = anchor.id if isinstance(anchor, Place) else anchor.place_id
    if facility.parent == anchor_id:
        return True
    here, there = point(facility), point(anchor)
    if here is None or there is None or anchor.kind in AREAS:
        return False
    return distance_km(here, there) <= NEAR_KM
