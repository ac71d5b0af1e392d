"""The replay of an edit: which claims would move, appear on the map or go from it.

The articles that hold a word like one of the names that an edit touches are read twice, with the gazetteer before
and after it, and the claims compared. All others are read alike by both: a name that is not in an article, nor a word
like it, decides nothing there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from geo import names, pending
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim
from geo.gazetteer import AREAS, SETTLEMENTS, Gazetteer, Place
from geo.names.latin import kind_forms
from geo.points import distance_m

NEAR_M = 20_000.0
"""Farther from a town, "the airport" of it is not looked for (geo.resolve looks within 15 km)."""
_WORD = re.compile(r"[^\W_]+(?:['’ʿʾ`-][^\W_]+)*")


class Effect(StrEnum):
    """What an edit does to a claim."""

    MOVES = "moves"
    APPEARS = "appears"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Changed:
    """One claim that an edit changes. before, after: the place on the map as "name (id)", None where it is on none."""

    effect: Effect
    article: str
    published: date | None
    place_text: str
    before: str | None
    after: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Replay:
    """articles: of the corpus; touched: those that hold a name of the edit; read: of these, those read again."""

    articles: int
    touched: int
    read: int
    changed: tuple[Changed, ...]

    def count(self, effect: Effect) -> int:
        return sum(one.effect is effect for one in self.changed)


def replay(
    folder: Path,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    articles: Sequence[Article],
    most: int | None = None,
) -> Replay:
    """Read the articles with the folder's tables as they were and as they are to be (texts by file name).

    most: read at most so many of the articles that are touched, the newest ones. Raises ControlmapError.
    """
    gazetteers = []
    for texts in (before, after):
        with pending.assumed(folder, texts):
            gazetteers.append(Gazetteer.load(folder))
    old, new = gazetteers
    words, judged = _words(old, new), _judged(old, new)
    found = [one for one in articles if one.is_english and (one.id in judged or words.meet(one))]
    found.sort(key=lambda article: (article.published or date.min, article.id), reverse=True)
    chosen = sorted(found if most is None else found[:most], key=lambda article: article.id)
    changed: list[Changed] = []
    if chosen:
        from geo.reading import read

        actors = ActorRegistry.load(folder)
        texts_of = {article.id: article.text for article in chosen}
        changed = compare(read(chosen, old, actors).claims, read(chosen, new, actors).claims, texts_of)
    return Replay(len(articles), len(found), len(chosen), tuple(changed))


def compare(old: Iterable[Claim], new: Iterable[Claim], texts: Mapping[str, str]) -> list[Changed]:
    """Claims before and after, as changes of the map, in the order of the articles."""
    out: list[Changed] = []
    left, right = list(old), list(new)
    for key in (_same_words, _same_sentence):
        groups: dict[tuple[object, ...], tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
        for side, claims in enumerate((left, right)):
            for claim in claims:
                groups[key(claim)][side].append(claim)
        left, right = [], []
        for was, now in groups.values():
            for one, other in zip(was, now, strict=False):
                out += _changed(one, other, texts)
            left += was[len(now) :]
            right += now[len(was) :]
    for claim in left:
        out += _changed(claim, None, texts)
    for claim in right:
        out += _changed(None, claim, texts)
    return sorted(out, key=lambda one: (one.article, one.effect, one.sentence, one.place_text, str(one.after)))


def _same_words(claim: Claim) -> tuple[object, ...]:
    return (claim.article, claim.sentence_start, claim.kind, claim.place_text.casefold())


def _same_sentence(claim: Claim) -> tuple[object, ...]:
    return (claim.article, claim.sentence_start, claim.kind)


def _changed(old: Claim | None, new: Claim | None, texts: Mapping[str, str]) -> Iterator[Changed]:
    before, after = _spot(old), _spot(new)
    known = new or old
    if known is None or before == after:
        return
    effect = Effect.MOVES if before and after else Effect.APPEARS if after else Effect.GOES
    sentence = " ".join(texts.get(known.article, "")[known.sentence_start : known.sentence_end].split())
    yield Changed(
        effect, known.article, known.published, known.place_text, _shown(old), _shown(new), sentence,
    )  # fmt: skip


def _spot(claim: Claim | None) -> tuple[str | None, float | None, float | None] | None:
    return None if claim is None or not claim.is_placed else (claim.place_id, claim.lat, claim.lon)


def _shown(claim: Claim | None) -> str | None:
    if claim is None or not claim.is_placed:
        return None
    return f"{claim.place_name} ({claim.place_id}) at {claim.lat:.4f} {claim.lon:.4f}"


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of names, as keys of their romanisation and as plain letters."""

    keys: frozenset[str]
    plain: frozenset[str]

    def meet(self, article: Article) -> bool:
        """Whether the article holds a word like one of these, or two that are one of them when joined."""
        last = ""
        for match in _WORD.finditer(f"{article.title}\n{article.text}"):
            word = match.group()
            if self._like(word) or (last and not self.keys.isdisjoint(_keys(last + word))):
                return True
            last = word
        return False

    def _like(self, word: str) -> bool:
        if not self.keys.isdisjoint(_keys(word)) or names.plain(word) in self.plain:
            return True
        parts = re.split(r"[-'’ʿʾ`]", word)
        return len(parts) > 1 and any(self._like(part) for part in parts if part)


def _judged(old: Gazetteer, new: Gazetteer) -> set[str]:
    """The articles whose judgements differ."""
    return {row.article for row in set(old.judgements.rows) ^ set(new.judgements.rows)}


@lru_cache(maxsize=200_000)
def _keys(word: str) -> frozenset[str]:
    return frozenset(key.bucket for key in names.latin_keys(word))


def _words(old: Gazetteer, new: Gazetteer) -> _Words:
    """The words of all names that decide where the two gazetteers differ."""
    found: set[str] = set()
    for gazetteer, other in ((old, new), (new, old)):
        touched = [place for place in gazetteer.places.values() if _differs(place, gazetteer, other)]
        for place in touched:
            for near in (place, *_around(place, gazetteer)):
                found.update(name.text for name in gazetteer.names_of(near.id))
    keys: set[str] = set()
    plain: set[str] = set()
    for text in found:
        words = names.plain(text).split()
        telling = [word for word in words if word not in kind_forms() and len(word) > 1 and word not in _ARTICLES]
        plain.update(telling or words)
        for word in (*(telling or words), "".join(words), text):
            keys |= _keys(word)
    return _Words(frozenset(keys), frozenset(plain))


_ARTICLES = frozenset("al el ul il ad ar as ash at az an ed er es esh et ez en the of".split())


def _differs(place: Place, one: Gazetteer, other: Gazetteer) -> bool:
    """Whether anything that a reading asks for is not the same. Sources and notes are for people."""
    there = other.places.get(place.id)
    if there is None or _asked(place) != _asked(there) or one.outline(place.id) != other.outline(place.id):
        return True
    return {(n.text, n.kind) for n in one.names_of(place.id)} != {(n.text, n.kind) for n in other.names_of(place.id)}


def _asked(place: Place) -> tuple[object, ...]:
    return (
        place.name, place.kind, place.lat, place.lon, place.radius_m, place.parent, place.country, place.population,
        place.pcode, place.geonames,
    )  # fmt: skip


def _around(place: Place, gazetteer: Gazetteer) -> Iterator[Place]:
    """What stands or falls with a place: what lies in an area; the towns whose airport a facility may be."""
    if place.kind in AREAS:
        waiting = [place.id]
        while waiting:
            for child in gazetteer.children(waiting.pop()):
                waiting.append(child.id)
                yield child
    elif place.kind not in SETTLEMENTS:
        if place.parent is not None:
            yield gazetteer.places[place.parent]
        if place.lat is not None and place.lon is not None:
            here = (place.lat, place.lon)
            for town in gazetteer.places.values():
                if town.lat is not None and town.lon is not None and distance_m(here, (town.lat, town.lon)) <= NEAR_M:
                    yield town
