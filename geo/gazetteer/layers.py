"""The gazetteer as one thing: the workspace's own places, and behind them the imported layers and the world towns.

The workspace layer is people's word: a place found there by name wins over any place of a reference layer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo import names, pending
from geo.errors import NotFoundError
from geo.gazetteer.files import Stop, read_names, read_places, read_stoplist
from geo.gazetteer.index import Hit, indexed
from geo.gazetteer.outlines import OUTLINES, Outline, read_outlines
from geo.gazetteer.places import SETTLEMENTS, Candidate, Match, Name, Place, prominence
from geo.gazetteer.stored import StoredLayer, stored_layers
from geo.gazetteer.towns import WorldTowns
from geo.judgements import Judgements, read_judgements
from geo.names.latin import kind_forms, mark_forms

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_REFERENCE_SHARE = 0.8  # a world town's score against the same likeness in the workspace
_SHORT = 3  # names of so few letters are words or abbreviations first
_TOWN_PEOPLE = 5000  # from so many inhabitants on a name stands for the town first


class Gazetteer:
    """Places by id, names by place, and candidates for a spelling. Read-only; made by `load` or from parts."""

    def __init__(
        self,
        places: Mapping[str, Place],
        entries: Iterable[Name] = (),
        stops: Iterable[Stop] = (),
        towns: WorldTowns | None = None,
        stored: Sequence[StoredLayer] = (),
        judgements: Judgements | None = None,
        outlines: Mapping[str, Outline] | None = None,
    ) -> None:
        self.places: Mapping[str, Place] = dict(places)
        self.towns = towns
        self.judgements = judgements or Judgements()
        self.outlines: Mapping[str, Outline] = dict(outlines or {})
        self.stored = tuple(stored)
        self._references: tuple[StoredLayer | WorldTowns, ...] = (*self.stored, *((towns,) if towns else ()))
        self._names: dict[str, list[Name]] = defaultdict(list)
        for place in self.places.values():
            self._names[place.id].append(Name(place.id, place.name, "", "preferred", source=place.source))
        for name in entries:
            self._add(name)
        stops = tuple(stops)
        self.stoplist: frozenset[str] = frozenset(v for s in stops if s.rule == "never" for v in _surfaces(s.text))
        self._evidence = frozenset(v for s in stops if s.rule == "evidence" for v in _surfaces(s.text))
        self._children: dict[str, list[str]] = defaultdict(list)
        for place in self.places.values():
            if place.parent is not None:
                self._children[place.parent].append(place.id)
        self._index = indexed(tuple(name for group in self._names.values() for name in group))
        self._lookup = lru_cache(maxsize=50_000)(self._looked_up)

    def _add(self, name: Name) -> None:
        """Keep a name; where it repeats the preferred one it replaces that, to carry its language."""
        known = self._names[name.place]
        if name.text == known[0].text:
            known[0] = replace(name, kind="preferred")
        else:
            known.append(name)

    @classmethod
    def load(cls, folder: Path, *, reference: bool = True) -> Gazetteer:
        """Read the folder's places.csv, and names.csv, stoplist.csv, judgements.csv and areas.geojson if there are any.

        reference: whether imported layers (folder/layers) and the world towns stand behind the workspace's places.
        Raises MissingFileError, InputError.
        """
        folder = Path(folder)
        with pending.held(folder, alone=False):
            places = read_places(folder / "places.csv")
            names_path, stop_path = folder / "names.csv", folder / "stoplist.csv"
            entries = read_names(names_path, places) if pending.stands(names_path) else []
            stops = read_stoplist(stop_path) if pending.stands(stop_path) else []
            judged = folder / "judgements.csv"
            judgements = Judgements(read_judgements(judged, places) if pending.stands(judged) else ())
            drawn = folder / OUTLINES
            outlines = read_outlines(drawn, places) if pending.stands(drawn) else {}
        if not reference:
            return cls(places, entries, stops, judgements=judgements, outlines=outlines)
        parents = {place.pcode: place.id for place in places.values() if place.pcode}
        return cls(places, entries, stops, WorldTowns(), stored_layers(folder, parents), judgements, outlines)

    def prepare(self) -> None:
        """Make what the first look-up would have to make: on a machine that has none, the database of world towns."""
        if self.towns is not None:
            self.towns.prepare()

    def place(self, place_id: str) -> Place:
        """The place of this id, in any layer. Raises NotFoundError."""
        found = self.places.get(place_id)
        for layer in self._references:
            found = found or layer.place(place_id)
        if found is None:
            raise NotFoundError(f"no place {place_id!r} in the gazetteer")
        return found

    def outline(self, place_id: str) -> BaseGeometry | None:
        """The outline that areas.geojson gives a place, in degrees (x = longitude), or None."""
        found = self.outlines.get(place_id)
        return None if found is None else found.shape

    def names_of(self, place_id: str) -> tuple[Name, ...]:
        """All names of a place, the preferred one first. Raises NotFoundError."""
        if place_id in self._names:
            return tuple(self._names[place_id])
        place = self.place(place_id)
        return (Name(place.id, place.name, "", "preferred", source=place.source),)

    def name_in(self, place_id: str, language: str) -> str | None:
        """The place's name in a language (BCP 47, as "ar"), or None."""
        found = [name for name in self.names_of(place_id) if name.language.split("-")[0] == language.split("-")[0]]
        found.sort(key=lambda name: name.kind != "preferred")
        return found[0].text if found else None

    def ancestors(self, place_id: str) -> tuple[Place, ...]:
        """The places that this one lies in, nearest first. Raises NotFoundError."""
        out: list[Place] = []
        above = self.place(place_id).parent
        while above is not None:
            out.append(self.place(above))
            above = out[-1].parent
        return tuple(out)

    def children(self, place_id: str) -> tuple[Place, ...]:
        """The workspace's places directly within this one, by id."""
        return tuple(self.places[child] for child in sorted(self._children.get(place_id, ())))

    def lookup(self, text: str) -> list[Candidate]:
        """What a spelling may mean, best first, all layers: by its letters, and failing that by likeness.

        Romanised and fuzzy candidates come after all that are spelt the same. Nothing is decided here.
        """
        return list(self._lookup(text))

    def _looked_up(self, text: str) -> tuple[Candidate, ...]:
        plain = names.plain(text)
        if not plain or plain in self.stoplist:
            return ()
        hits = self._index.exact_or_folded(text)
        seen = {hit.place for hit in hits}
        hits += [hit for hit in self._index.romanised(text) if hit.place not in seen]
        if not hits:
            hits = self._index.misspelt(text)
        found = [_candidate(self.places[hit.place], hit) for hit in hits]
        twins = {code for candidate in found for code in _codes(candidate.place)}
        for layer in self._references:
            for place, hit in layer.lookup(text):
                if twins.isdisjoint(_codes(place)):
                    found.append(_candidate(place, hit, 1.0 if place.kind == "country" else _REFERENCE_SHARE))
                    twins.update(_codes(place))
        order = {match: at for at, match in enumerate(Match)}
        found.sort(key=lambda c: (order[c.match] > 1, -round(c.score, 3), prominence(c.place)))
        return tuple(found)

    def romanised(self, text: str, country: str) -> list[Candidate]:
        """Places of the reference layers, of one country, whose name is romanised otherwise; best first."""
        found = [pair for layer in self._references for pair in layer.romanised(text, country)]
        found.sort(key=lambda pair: (-pair[1].score, -pair[0].population, pair[0].id))
        return [_candidate(place, hit, _REFERENCE_SHARE) for place, hit in found]

    @cached_property
    def _scan_names(self) -> dict[str, tuple[str, ...]]:
        return {
            form: tuple(sorted(ids, key=lambda i: prominence(self.places[i])))
            for form, ids in self._index.surfaces.items()
            if form not in self.stoplist and len(form) > 1
        }

    def scan_names(self) -> Mapping[str, tuple[str, ...]]:
        """Every folded surface of the workspace's names -> place ids, the most prominent first."""
        return self._scan_names

    @cached_property
    def _partial(self) -> frozenset[str]:
        """Words that begin or end the names of two or more other settlements: alone they are mostly half a name."""
        count: dict[str, set[str]] = defaultdict(set)
        for group in self._names.values():
            if self.places[group[0].place].kind not in SETTLEMENTS | {"neighbourhood", "camp", "hill"}:
                continue
            for name in group:
                tokens = names.plain(name.text).split()
                for token in {tokens[0], tokens[-1]} if len(tokens) > 1 else ():
                    own = set(self._scan_names.get(token, ()))
                    if not own & {name.place, self.places[name.place].parent}:
                        count[token].add(name.place)
        return frozenset(token for token, places in count.items() if len(places) > 1)

    def needs_evidence(self, folded: str) -> bool:
        """Whether a folded surface is a place only beside something that shows it (kind word, list, "in X").

        True for the stoplist's `evidence` rows, for names of three letters and less, for words of names
        ("tell", "upper"), and for words that begin or end several longer names and are no town by themselves.
        """
        plain = names.plain(folded)
        if plain in self._evidence or folded in self._evidence:
            return True
        if (len(plain) <= _SHORT and plain.isascii()) or plain in kind_forms() or plain in mark_forms():
            return True
        if plain not in self._partial:
            return False
        known = (self.places[i] for i in self._scan_names.get(folded, ()))
        return not any(place.kind in ("city", "town") or place.population >= _TOWN_PEOPLE for place in known)


def _surfaces(text: str) -> set[str]:
    return {names.fold(text), names.plain(text)}


def _codes(place: Place) -> set[str]:
    """Codes by which two layers may hold one place; only where both have one is it known to be the same."""
    return {
        code
        for code in (
            place.geonames and f"geonames {place.geonames}",
            place.pcode and f"pcode {place.pcode}",
            place.kind == "country" and f"country {place.country}",
        )
        if code
    }


def _candidate(place: Place, hit: Hit, share: float = 1.0) -> Candidate:
    return Candidate(place, hit.score * share, hit.because, hit.match, hit.name, hit.cost, hit.cap, hit.consonants)
