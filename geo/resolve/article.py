"""All place mentions of one article: the certain ones first, then the others by their help."""

from __future__ import annotations

from collections.abc import Sequence

from geo import areas, names, spatial
from geo.claims import Method
from geo.gazetteer import AREAS, SETTLEMENTS, Candidate, Gazetteer, Place
from geo.resolve import facilities
from geo.resolve.anchors import DOMINANT, anchors, core
from geo.resolve.borders import border, code_of, river_with_banks
from geo.resolve.choose import choose
from geo.resolve.cues import Surroundings, is_spelt_same
from geo.resolve.model import PlaceMention, Resolution, at_place, nowhere
from geo.resolve.phrases import bare_kind, clean, hung_on, is_name, kind_off, word_for, word_in
from geo.spatial import PlaceWord, SpatialPhrase

_HAS_PARTS = SETTLEMENTS | AREAS | {"neighbourhood"}
_BIG_CITY = 1_000_000  # "eastern X" of so large a city means its quarters; of a smaller seat, its governorate
_SEAT_WORDS = ("Governorate", "province", "region", "oblast", "state", "district")


_Nearby = tuple[tuple[tuple[Place, ...], ...], tuple[Place, ...], tuple[Place, ...], frozenset[str]]
"""What a mention may mean and what lies around: parents, companions, certain places, ids of governorates."""


def resolve_all(
    gazetteer: Gazetteer,
    mentions: Sequence[PlaceMention],
    country: str | None,
    others: Sequence[PlaceMention] = (),
) -> list[Resolution]:
    """One Resolution for each mention of an article, in their order.

    country: what the article is about, as ISO code or name, or None. others: what else it names, which helps to
    tell the mentions' namesakes apart. The same mentions and the same gazetteer give the same result.
    """
    code = code_of(gazetteer, country)
    article = _Article(gazetteer, [*mentions, *others], code)
    done: dict[PlaceMention, Resolution] = {}
    for mention in mentions:
        if mention not in done:
            done[mention] = article.resolve(mention)
    return [done[mention] for mention in mentions]


class _Article:
    """The places an article names, and which of them are certain."""

    def __init__(self, gazetteer: Gazetteer, mentions: Sequence[PlaceMention], country: str | None) -> None:
        self.gazetteer, self.country = gazetteer, country
        self.anchors = anchors(gazetteer, mentions, country)
        self._meant: dict[str, tuple[Place, ...]] = {}
        self._nearby: dict[tuple[str, tuple[str, ...], tuple[str, ...]], _Nearby] = {}

    def _at_home(self, country: str) -> bool:
        return self.country is None or country in (self.country, self.anchors.also)

    def resolve(self, mention: PlaceMention) -> Resolution:
        """The mention's place, or the area around an unnamed part of it: the whole is not what is told of."""
        found = self._resolved(mention)
        if mention.part and found.place_id is not None and "/" not in found.place_id and found.kind in _HAS_PARTS:
            return self._area(found, "parts", "an unnamed part of it")
        return found

    def _resolved(self, mention: PlaceMention) -> Resolution:
        """The mention's place: by its whole name, else by the name in it, else by what it hangs on."""
        text = self._without_country(clean(mention.text))
        word = word_for(mention.kind_words)
        whole = self._whole(text, mention, word)
        if whole is not None:
            return whole
        for attempt in (self._with_kind, self._area_of, self._hung, self._described, self._only_one):
            found = attempt(text, mention, word)
            if found is not None:
                return found
        if not is_name(text):
            return nowhere(Method.UNRESOLVED, "a description that hangs on no named place")
        return self._choose(text, mention, word)

    def _without_country(self, text: str) -> str:
        """ "base at Bosso in Niger": the base at Bosso; the country only says in which land."""
        inner, _, last = text.rpartition(" in ")
        return inner if is_name(inner) and code_of(self.gazetteer, clean(last)) else text

    def _whole(self, text: str, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        """The text as it stands is a name of the gazetteer, and of the kind that is said."""
        if not is_name(text):
            return None
        if word is not None and word.group in ("facility", "area") and word_in(text) is None:
            return None
        found = self._choose(text, mention, word, same_only=True)
        if found.method is Method.ROMANISED and spatial.parse(text) is not None:
            return None  # "eastern and northern Syria" is no spelling of "North and East Syria"
        return found if found.method is not Method.UNRESOLVED else None

    def _with_kind(self, text: str, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        """ "Idlib city", "Anbar province", "Kuweires air base"; or the bare name with such a word beside it."""
        named = kind_off(text)
        if named is None:
            if word is None or not is_name(text):
                return None
            area = self._area_named(text, mention, word) if word.group == "area" and word.kinds else None
            if area is not None:
                return _as_area(area, word)
            if spatial.parse(text) is not None:
                return None
            name = text
        else:
            name, word = named.name, named.word
            area = self._area_named(name, mention, word) if word.group == "area" and word.kinds else None
            if area is not None:
                return _as_area(area, word)
            if word.word == "suburb" and spatial.parse(text) is not None:
                return None
        if spatial.parse(name) is not None and word.group != "facility":
            return None
        if word.word == "countryside":
            return self._area_of(text if named else f"countryside of {text}", mention, None)
        if word.group == "facility":
            return self._facility(name, mention, word)
        if word.group == "area" and word.word not in ("area", "valley", "plain", "island"):
            return self._province(name, mention, word)
        if word.word == "area":
            word = None
        return self._choose(name, mention, word)

    def _province(self, name: str, mention: PlaceMention, word: PlaceWord) -> Resolution | None:
        if "neighbourhood" in word.kinds:
            found = self._choose(name, mention, word)
            if found.place_id is not None and found.kind == "neighbourhood":
                return found
        anchor = self._settled(name, mention)
        if anchor is None or anchor.place_id is None:
            return None if anchor is None else anchor
        if anchor.kind in AREAS:
            return anchor
        seat = self.gazetteer.place(anchor.place_id) if "/" not in anchor.place_id else None
        if seat is not None and seat.layer == "reference" and names.key(seat.name) != names.key(name):
            return nowhere(Method.UNRESOLVED, f"no {word.word} named {name} is known, nor a town it may be named after")
        relation = word.word.replace(" ", "-").replace("sub-district", "district")
        if relation not in areas.WHOLE:
            relation = "province"
        return self._area(anchor, relation, f"the {word.word} of {anchor.name}")

    def _area_named(self, name: str, mention: PlaceMention, word: PlaceWord) -> Place | None:
        kinds = word.kinds or AREAS
        forms = [f"{name} {word.word}", name, *(f"{name} {extra}" for extra in _SEAT_WORDS)]
        whole = spatial.parse(name) is not None  # "East Azerbaijan": no part of Azerbaijan, wherever the article is
        for form in forms:
            for candidate in self.gazetteer.lookup(form):
                fits = whole or self._at_home(candidate.place.country)
                if fits and is_spelt_same(candidate) and candidate.place.kind in kinds & AREAS:
                    return candidate.place
        return None

    def _facility(self, name: str, mention: PlaceMention, word: PlaceWord) -> Resolution | None:
        """An airport, base, dam ...: by its own name, else as the only one of the kind there, else beside the town."""
        named = facilities.named(self.gazetteer, name, word, self.country)
        if len(named) == 1:
            return at_place(named[0], Method.FOLDED, 0.95, f"the {named[0].kind} named {named[0].name}")
        anchor = self._settled(name, mention)
        if anchor is None or anchor.place_id is None or not self._is_home(anchor):
            return None
        return self._facility_at(anchor, word)

    def _is_home(self, anchor: Resolution) -> bool:
        """Whether a town may give its name to something the article speaks of: not one of a far country."""
        place = self.gazetteer.place((anchor.place_id or "").partition("/")[0])
        return place.layer == "workspace" or self._at_home(place.country)

    def _facility_at(self, anchor: Resolution, word: PlaceWord) -> Resolution:
        there = facilities.of_kind_at(self.gazetteer, anchor, word)
        if len(there) == 1:
            return at_place(there[0], Method.DESCRIPTION, 0.85, f"the only {there[0].kind} known at {anchor.name}")
        return self._area(anchor, word.word.replace(" ", "-"), f"a {word.word} at {anchor.name}, its own spot unknown")

    def _area_of(self, text: str, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        """A spatial phrase: its anchor is placed, and the area is that anchor's; the first reading that holds."""
        for phrase in spatial.readings(text):
            if phrase.relation != "border":
                return self._area_read(phrase, mention, word)
            found = self._border(phrase) or self._near_border(phrase, mention)
            if found is not None:
                return found
        return None

    def _area_read(self, phrase: SpatialPhrase, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        river = river_with_banks(self.gazetteer, phrase)
        if river is not None:
            return self._area(at_place(river, Method.FOLDED, 0.9, "a river"), phrase.relation, phrase.words)
        anchor = self._anchor(phrase, mention, word)
        if anchor is None:
            return None
        if anchor.place_id is None:
            return anchor
        if "/" in anchor.place_id:
            return anchor
        relation = phrase.relation
        if phrase.other is not None:
            other = self._settled(phrase.other, mention)
            if other is None or other.place_id is None or "/" in other.place_id:
                return nowhere(Method.UNRESOLVED, f"{phrase.other} could not be placed")
            relation = f"{relation}-{other.place_id}"
        return self._area(anchor, relation, phrase.words)

    def _border(self, phrase: SpatialPhrase) -> Resolution | None:
        found = border(self.gazetteer, phrase, self.country)
        if found is None:
            return None
        anchor = at_place(found[0], Method.EXACT, 0.95, "named, or what the article is about")
        area = self._area(anchor, f"border-{found[1].lower()}", phrase.words)
        return area if area.lat is not None else None

    def _near_border(self, phrase: SpatialPhrase, mention: PlaceMention) -> Resolution | None:
        """ "the Kassab border area": near the town or quarter that is named, where no country is."""
        if phrase.other is not None or code_of(self.gazetteer, clean(phrase.anchor)):
            return None
        anchor = self._settled(phrase.anchor, mention)
        if anchor is None or anchor.place_id is None or "/" in anchor.place_id:
            return None
        return self._area(anchor, "near", phrase.words)

    def _anchor(self, phrase: SpatialPhrase, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        text = clean(phrase.anchor)
        if not is_name(text):
            if not mention.parents:
                return None
            text = mention.parents[0]
        elif " and " in text:
            text = text.split(" and ")[0]
        anchor = self._settled(text, mention)
        if anchor is None or anchor.place_id is None or anchor.kind in AREAS or "/" in anchor.place_id:
            return anchor
        if phrase.wide or (word is not None and word.word in ("village", "province", "governorate", "countryside")):
            return self._governorate_of(anchor) or anchor
        directed = phrase.relation.split("-")[0] in _COMPASS and not phrase.relation.endswith(("of", "outskirts"))
        if directed and self.gazetteer.place(anchor.place_id).population < _BIG_CITY:
            return self._governorate_of(anchor) or anchor
        return anchor

    def _governorate_of(self, anchor: Resolution) -> Resolution | None:
        if anchor.place_id is None:
            return None
        for above in self.gazetteer.ancestors(anchor.place_id):
            seat = areas.seat_of(self.gazetteer, above) if above.kind == "governorate" else None
            if seat is not None and seat.id == anchor.place_id:
                return at_place(above, anchor.method, anchor.score, anchor.because)
        return None

    def _hung(self, text: str, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        """A description in, at or near a named place."""
        found = hung_on(text)
        if found is None:
            return None
        anchor = self._settled(found.anchor, mention) or self._phrase(found.anchor, mention)
        if anchor is None or anchor.place_id is None:
            return anchor
        kind = found.word or word
        if kind is not None and kind.group == "facility" and "/" not in anchor.place_id:
            return self._facility_at(anchor, kind)
        if "/" in anchor.place_id:
            return anchor
        return self._area(anchor, "near" if found.preposition in ("near", "outside", "around", "close to") else "parts",
                          f"{found.preposition} {anchor.name}")  # fmt: skip

    def _phrase(self, text: str, mention: PlaceMention) -> Resolution | None:
        return self._area_of(text, mention, None) or self._with_kind(text, mention, None)

    def _described(self, text: str, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        """A description without a name of its own, placed by the parent that the text gives it."""
        kind = word_in(text) or word
        if is_name(text) and kind is None:
            return None
        if is_name(text) and self._choose(text, mention, word).method is not Method.UNRESOLVED:
            return None
        for parent in mention.parents:
            anchor = self._settled(parent, mention) or self._phrase(parent, mention)
            if anchor is not None and anchor.place_id is not None:
                if "/" in anchor.place_id:
                    return anchor
                if kind is not None and kind.group == "facility":
                    return self._facility_at(anchor, kind)
                return self._area(anchor, "parts", f"in {anchor.name}")
        return None

    def _only_one(self, text: str, mention: PlaceMention, word: PlaceWord | None) -> Resolution | None:
        """ "the airport", "the Industrial City": the only one of its kind at the places that the article names."""
        kind = bare_kind(text)
        if kind is None and not is_name(text):
            known = [
                c for c in self.gazetteer.lookup(text) if is_spelt_same(c) and facilities.may_be_described(c.place)
            ]
            return choose(self.gazetteer, known, self._around(text, mention, word), text) if known else None
        if kind is None or kind.group not in ("facility", "quarter") or mention.parents:
            return None
        around = [a for a in self.anchors.beside("", set()) if a.kind in SETTLEMENTS]
        found = {p.id: (p, a) for a in around for p in facilities.of_kind_at(self.gazetteer, a, kind)}
        found = {i: pair for i, pair in found.items() if pair[0].layer == "workspace"}
        meant = facilities.most_like(self.gazetteer, [p for p, _ in found.values()], kind)
        if len(meant) == 1:
            place, anchor = found[meant[0].id]
            why = f"the only {place.kind} known at the places of the article ({anchor.name})"
            return at_place(place, Method.DESCRIPTION, 0.6, why)
        if not meant:
            return None
        some = " or ".join(p.name for p in meant[:3])
        others = tuple(Candidate(p, 0.5, f"a {p.kind} at {found[p.id][1].name}") for p in meant[:5])
        return nowhere(Method.AMBIGUOUS, f"{text} may be {some}", others)

    def _settled(self, name: str, mention: PlaceMention) -> Resolution | None:
        """Another name of the mention (its anchor or parent) as a place, without the mention's own kind word."""
        name = clean(name)
        if not is_name(name):
            return None
        bare = PlaceMention(name, (), tuple(p for p in mention.parents if clean(p) != name), mention.beside)
        whole = self._whole(name, bare, None)
        if whole is not None:
            return whole
        if spatial.parse(name) is not None:
            return None
        return self._with_kind(name, bare, None) or self._choose(name, bare, None)

    def _area(self, anchor: Resolution, relation: str, why: str) -> Resolution:
        place_id = f"{anchor.place_id}/{relation}"
        middle = areas.centre(self.gazetteer, place_id)
        name = areas.describe(self.gazetteer, place_id)
        lat, lon, radius = middle if middle is not None else (None, None, None)
        because = f"{why}; {anchor.name}: {anchor.because}"
        score = round(0.8 * anchor.score, 3)
        return Resolution(place_id, name, "area", lat, lon, radius, Method.SPATIAL, score, because)

    def _choose(
        self, name: str, mention: PlaceMention, word: PlaceWord | None, *, same_only: bool = False
    ) -> Resolution:
        candidates = self.gazetteer.lookup(name)
        if same_only:
            candidates = [c for c in candidates if is_spelt_same(c)]
        elif self.country and not any(map(is_spelt_same, candidates)):
            candidates = candidates + self.gazetteer.romanised(name, self.country)[:5]
        if not candidates:
            return nowhere(Method.UNRESOLVED, f"no place is named {name}")
        return choose(self.gazetteer, candidates, self._around(name, mention, word), name)

    def _around(self, name: str, mention: PlaceMention, word: PlaceWord | None) -> Surroundings:
        told = name, mention.parents, mention.beside
        if told not in self._nearby:
            self._nearby[told] = self._around_name(*told)
        parents, beside, certain, lands = self._nearby[told]
        return Surroundings(word, parents, beside, certain, self.country, self.anchors.also, lands)

    def _around_name(self, name: str, above: Sequence[str], listed: Sequence[str]) -> _Nearby:
        """The places of a name's parents and companions, and the article's certain places and governorates."""
        key = names.key(name)
        own = {c.place.id for c in self.gazetteer.lookup(name)}
        parents = tuple(p for p in (self._may_mean(text) for text in above) if p)
        beside = tuple(p[0] for p in (self._may_mean(text) for text in listed if names.key(text) != key) if len(p) == 1)
        return parents, beside, self.anchors.beside(key, own), self.anchors.governorates(key)

    def _may_mean(self, text: str) -> tuple[Place, ...]:
        """The places that a parent's or companion's name stands for: workspace before world, this country's first."""
        if text not in self._meant:
            self._meant[text] = self._looked_up(text)
        return self._meant[text]

    def _looked_up(self, text: str) -> tuple[Place, ...]:
        named = kind_off(clean(text))
        wanted = word_for((named.word.word,)) if named else None
        area = self._area_named(named.name, PlaceMention(text), wanted) if named and wanted else None
        if area is not None:
            return (area,)
        candidates = [c for c in self.gazetteer.lookup(core(text)) if is_spelt_same(c)]
        own = [c.place for c in candidates if c.place.layer == "workspace"]
        home = [c.place for c in candidates if self._at_home(c.place.country) or c.place.kind == "country"]
        found = own or home
        if len(found) > 1 and found[0].population >= DOMINANT * max(p.population for p in found[1:]) > 0:
            found = found[:1]
        return tuple(found[:6])


_COMPASS = frozenset(spatial.directions().values())


def _as_area(area: Place, word: PlaceWord) -> Resolution:
    return at_place(area, Method.EXACT, 0.95, f"{area.name}: named with the word {word.word}")
