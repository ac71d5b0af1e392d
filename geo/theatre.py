"""Theatre: which country's war a sentence is about.

Comes from the sentences' mentions; goes to whoever reads a role word ("the army"). The sentence's own
places count most, then its paragraph, then the article. Countries that comment and intervene
everywhere count for less.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from geo.actors import ActorRegistry
from geo.gazetteer import Gazetteer
from geo.kept import kept
from geo.lexicon import lexicon
from geo.mentions import Mention, Sort
from geo.names import fold

MEDDLERS = frozenset({"US", "RU", "TR", "GB", "FR", "IR", "UN", "DE", "CN", "SA", "AE", "QA"})
"""States that comment and intervene everywhere: named, they say less about where the article is."""
MEDDLING = 0.45
"""What naming a meddler is worth beside another country; below one half, so that one other name outweighs it."""
PLACE = 5.0
"""What a place of the frame is worth: more than the sentence around it, less than an article that is all elsewhere."""
PEACE = 0.4
"""What naming a country is worth where the registry knows of no fight there then: wars are what is told."""
NAMESAKE = 0.3
"""What a country is worth for which only a name or two of places speak, where a side at home in another is named."""
FEW_NAMES = 2
HOME = 3
"""A side that fights in more countries than this says nothing about where."""
FIRST_NAMES = 20
"""Unknown names looked up among the world's towns: the first ones set the scene, and a look-up costs 0.3 ms."""
TOWNS = 8
"""The larger namesake counts for its country alone where it has so many times the people of the next one abroad."""
_KINDS = ("facility", "region", "settlement", "quarter", "area")
_CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_GUESTS = frozenset({"international", "foreign"})


@cache
def demonyms() -> dict[str, str]:
    """Demonyms and names of peoples -> ISO codes."""
    with files("geo.data").joinpath("demonyms.csv").open(encoding="utf-8") as handle:
        return {row["word"]: row["country"] for row in csv.DictReader(handle)}


@lru_cache(maxsize=32_768)
def _people(words: str) -> str | None:
    """The country of one or two capitalised words, in either number: "Syrian", "Syrian Army", "Iraqis"."""
    for part in (words, *words.split()):
        country = demonyms().get(part) or demonyms().get(part.removesuffix("s"))
        if country:
            return country
    return None


@kept
def _lands(gazetteer: Gazetteer, name: str) -> tuple[frozenset[str], dict[str, int]]:
    """The countries that have places of exactly this name in the workspace; others, with the people of the largest."""
    own = [gazetteer.place(i) for i in gazetteer.scan_names().get(fold(name), ())]
    found = frozenset(place.country for place in own if place.country)
    largest: dict[str, int] = {}
    for candidate in gazetteer.lookup(name):
        place = candidate.place
        if candidate.score > EXACT_ABROAD and place.kind != "country" and place.country and place.country not in found:
            largest[place.country] = max(largest.get(place.country, 0), place.population)
    return found, largest


class Theatre:
    """The countries one article speaks of. Sentences are given as (start, end, mentions with sentence offsets).

    paragraph: the number of the paragraph of each sentence.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[tuple[int, int, Sequence[Mention]]],
        gazetteer: Gazetteer,
        actors: ActorRegistry,
        published: date | None = None,
    ) -> None:
        self._gazetteer, self._actors, self._published = gazetteer, actors, published
        self._states = actors.state_surfaces()
        self._mentions = [mentions for _, _, mentions in sentences]
        bounds = [(start, end) for start, end, _ in sentences]
        self.paragraph = paragraphs(text, bounds)
        self._fighters: Counter[str] = Counter()
        self._peoples: Counter[str] = Counter()
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        self._said = [self._evidence(text[start:end], mentions) for start, end, mentions in sentences]
        told: defaultdict[str, int] = defaultdict(int)
        for counted in self._said:
            for country, n in counted.items():
                told[country] += n
        total = sum(told.values())
        self._shares = {country: n / total * 4 for country, n in told.items()}
        self._voted: dict[tuple[int, tuple[str, ...]], str | None] = {}
        self._around: dict[int, dict[str, float]] = {}
        self._abroad: Counter[str] | None = None
        self._looked_up: dict[int, Counter[str]] = {}
        self._lands: dict[str, list[str]] = {}
        self._wars: dict[str, bool] = {}

    def country(self, number: int, names: Sequence[str] = ()) -> str | None:
        """ISO code of the country that sentence `number` is about; names are places told there. None where unsaid."""
        key = (number, tuple(names))
        if key not in self._voted:
            self._voted[key] = self._vote(number, names)
        return self._voted[key]

    def _told_around(self, number: int) -> dict[str, float]:
        """The votes of the article, of the sentence's paragraph and of the sentence."""
        if number not in self._around:
            self._around[number] = self._counted_around(number)
        return self._around[number].copy()

    def _counted_around(self, number: int) -> dict[str, float]:
        votes = self._shares.copy()
        paragraph = self.paragraph[number]
        at = bisect_left(self.paragraph, paragraph)
        while at < len(self._said) and self.paragraph[at] == paragraph:
            weight = 2.0 if at == number else 0.7
            for country, n in self._said[at].items():
                votes[country] = votes.get(country, 0.0) + weight * min(n, 3)
            at += 1
        for meddler in votes.keys() & MEDDLERS:
            votes[meddler] *= MEDDLING
        return votes

    def _vote(self, number: int, names: Sequence[str]) -> str | None:
        votes = self._told_around(number)
        for name in names:
            self._add(votes, name, PLACE)
        for country, n in self._unlisted(number).items():
            votes[country] = votes.get(country, 0.0) + 2.0 * min(n, 2)
        for country, n in self._names_abroad().items():
            votes[country] = votes.get(country, 0.0) + min(n, 4) * 0.5
        for country in votes:
            if not self._at_war(country):
                votes[country] *= PEACE
            if self._is_namesake(country):
                votes[country] *= NAMESAKE
        best = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return best[0][0] if best and best[0][1] > 0 else None

    def _is_namesake(self, country: str) -> bool:
        """Whether only a name or two speak for a country, while sides at home in another are told of."""
        if self._peoples[country] or self._fighters[country] or len(self._named[country]) > FEW_NAMES:
            return False
        told = self._fighters + self._peoples
        return any((self._fighters[c] >= 2 or n > 2) and c not in MEDDLERS and self._at_war(c) for c, n in told.items())

    def settles(self, name: str, country: str | None) -> bool:
        """Whether every place of the name, so spelt, that comes into question lies in the country."""
        return country is not None and self._countries(name) == [country] and self._is_spelt(name)

    def _is_spelt(self, name: str) -> bool:
        """Whether some place is written so, blanks included: Shabwa is not Sha Bwa."""
        if fold(name) in self._gazetteer.scan_names():
            return True
        return any(fold(c.name or c.place.name) == fold(name) for c in self._gazetteer.lookup(name))

    def at_peace(self, name: str, country: str | None) -> bool:
        """Whether every place of the name lies in another country than the one at war that is spoken of, and nobody
        is known to fight there."""
        if country is None or not self._actors.at_war(country, self._published):
            return False
        lands = self._countries(name)
        if max((c.place.population for c in self._gazetteer.lookup(name)), default=0) < KNOWN_ABROAD:
            return False
        return bool(lands) and not any(c == country or self._actors.at_war(c, self._published) for c in lands)

    def _add(self, votes: dict[str, float], name: str, weight: float) -> None:
        """The countries that have a place of the name, or of the name without its kind word, share the weight."""
        countries = self._countries(name)
        words = name.split()
        while not countries and len(words) > 1 and lexicon().is_class(words[-1].lower(), *_KINDS):
            words.pop()
            countries = self._countries(" ".join(words))
        for country in countries:
            votes[country] = votes.get(country, 0.0) + weight / len(countries)

    def _unlisted(self, number: int) -> Counter[str]:
        """Countries of the sentence's names that only the world's towns know."""
        if number not in self._looked_up:
            out: Counter[str] = Counter()
            for mention in self._mentions[number]:
                if mention.sort is Sort.NAME:
                    countries = self._countries(mention.text)
                    if len(countries) == 1:
                        out[countries[0]] += 1
            self._looked_up[number] = out
        return self._looked_up[number]

    def _names_abroad(self) -> Counter[str]:
        """Countries of the article's first names that only the world's towns know, each name once."""
        if self._abroad is None:
            names = dict.fromkeys(m.text for ms in self._mentions for m in ms if m.sort is Sort.NAME)
            found = [self._countries(name) for name in list(names)[:FIRST_NAMES]]
            self._abroad = Counter(countries[0] for countries in found if len(countries) == 1)
        return self._abroad

    def _at_war(self, country: str) -> bool:
        if country not in self._wars:
            self._wars[country] = self._actors.at_war(country, self._published)
        return self._wars[country]

    def _countries(self, name: str) -> list[str]:
        """Countries that have a place of exactly this name, in the workspace and in the world."""
        if name not in self._lands:
            self._lands[name] = self._searched(name)
        return self._lands[name]

    def _searched(self, name: str) -> list[str]:
        found, largest = _lands(self._gazetteer, name)
        if not largest:
            return sorted(found)
        fought = {c: n for c, n in largest.items() if self._at_war(c)}
        largest = fought or largest
        people = sorted(largest.items(), key=lambda item: (-item[1], item[0]))
        if len(people) > 1 and people[0][1] >= TOWNS * max(people[1][1], 1):
            people = people[:1]
        return sorted(found | {country for country, _ in people})

    def _evidence(self, sentence: str, mentions: Sequence[Mention]) -> dict[str, int]:
        out: defaultdict[str, int] = defaultdict(int)
        peoples = self._actors.adjectives()
        for words in _CAPITALS.findall(sentence):
            country = _people(words)
            for word in () if country else words.lower().split():
                country = country or peoples.get(word)
            if country:
                out[country] += 1
                self._peoples[country] += 1
        names = self._gazetteer.scan_names()
        for m in mentions:
            if m.sort is Sort.PLACE:
                countries = {self._gazetteer.place(i).country for i in names.get(fold(m.text), ())}
                if len(countries) == 1:
                    country = countries.pop()
                    out[country] += 2
                    self._named[str(country)].add(fold(m.text))
            elif m.sort is Sort.STATE:
                for country in self._states.get(fold(m.text), ())[:1]:
                    out[country] += 1
                    self._peoples[country] += 1
            elif m.sort is Sort.ACTOR:
                found = self._actors.match(m.text, None, None)
                if found is None or found.is_role or found.actor.bloc in _GUESTS or not found.names_as(m.text):
                    continue
                if 0 < len(found.actor.countries) <= HOME:
                    out[found.actor.countries[0]] += 1
                    self._fighters[found.actor.countries[0]] += 1
        return out


KNOWN_ABROAD = 15_000
"""People from which on a town abroad may be what a war report names; a hamlet's name is borne by other hamlets."""
EXACT_ABROAD = 0.6
"""Above a world town's score for the same name but for its article; below are likenesses only."""


def paragraphs(text: str, bounds: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the paragraph of each sentence."""
    out, number, at = [], 0, 0
    for start, end in bounds:
        if "\n" in text[at:start]:
            number += 1
        out.append(number)
        at = end
    return out
