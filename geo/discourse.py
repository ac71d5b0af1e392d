"""Discourse: what an article has said so far, so that "the town", "they" and "the army" mean something.

Comes from the sentences' mentions in order; answers three questions: which place a definite phrase
points back to, which side a pronoun does, and which country a sentence is about.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from geo.actors import ActorRegistry
from geo.gazetteer import Gazetteer
from geo.lexicon import lexicon
from geo.mentions import Mention, Sort
from geo.names import fold


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with article offsets, the kind word beside it and the number of its sentence."""

    start: int
    end: int
    text: str
    sort: Sort
    kind: str
    sentence: int
    container: bool


_AFTER = re.compile(r"['’]?s? ?(?:\([^)]*\) ?)?([a-z]+(?: [a-z]+)?)")
_BEFORE = re.compile(r"([a-z]+) (?:of|called|named) $|\b([a-z]+) $")
_CONTAINERS = frozenset("countryside province governorate region state oblast county border axis front desert".split())
_BESIDE = re.compile(
    r"(?:\b(?:north|south|east|west|northeast|northwest|southeast|southwest|outskirts|outside|near|from|of the city)"
    r" (?:of )?|km from |miles from )$"
)
_WITHIN = re.compile(r"[A-Z][\w'’-]+,? (?:in (?:the )?|, )$")


@cache
def _demonyms() -> dict[str, str]:
    with files("geo.data").joinpath("demonyms.csv").open(encoding="utf-8") as handle:
        return {row["word"]: row["country"] for row in csv.DictReader(handle)}


class Discourse:
    """The state of one article. Sentences are given as (start, end, mentions with sentence offsets)."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[tuple[int, int, Sequence[Mention]]],
        gazetteer: Gazetteer,
        actors: ActorRegistry,
    ) -> None:
        self._text, self._actors, self._gazetteer = text, actors, gazetteer
        self.said: list[Said] = []
        for number, (start, end, mentions) in enumerate(sentences):
            for m in mentions:
                self.said.append(self._said(number, start, end, m))
        self._states = actors.state_surfaces()
        self._bounds = [(start, end) for start, end, _ in sentences]
        self._starts = [start for start, _ in self._bounds]
        self._paragraph = _paragraphs(text, self._bounds)
        self._evidence = [self._countries(text[s:e], ms) for s, e, ms in sentences]
        self._total: Counter[str] = Counter()
        self._voted: dict[int, str | None] = {}
        for counted in self._evidence:
            self._total.update(counted)

    def _said(self, number: int, start: int, end: int, m: Mention) -> Said:
        a, b = start + m.start, start + m.end
        after = _AFTER.match(self._text, b, min(end, b + 40))
        before = _BEFORE.search(self._text, max(start, a - 30), a)
        lex = lexicon()
        kind = ""
        for words in (
            after.group(1).split() if after else [],
            [before.group(1) or before.group(2) or ""] if before else [],
        ):
            kind = kind or next(
                (w for w in words if lex.is_class(w, "settlement", "quarter", "facility", "region", "area")), ""
            )
        left = self._text[max(start, a - 24) : a]
        container = kind in _CONTAINERS or bool(_BESIDE.search(left)) or bool(_WITHIN.search(left))
        return Said(a, b, m.text, m.sort, kind, number, container)

    def _countries(self, sentence: str, mentions: Sequence[Mention]) -> Counter[str]:
        out: Counter[str] = Counter()
        demonyms = _demonyms()
        for word in re.findall(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", sentence):
            for part in (word, word.split()[0], word.split()[-1]):
                country = demonyms.get(part) or demonyms.get(part.removesuffix("s"))
                if country:
                    out[country] += 1
                    break
        names = self._gazetteer.scan_names()
        for m in mentions:
            if m.sort is Sort.PLACE:
                ids = names.get(fold(m.text), ())
                countries = {self._gazetteer.place(i).country for i in ids}
                if len(countries) == 1:
                    out[countries.pop()] += 2
            elif m.sort is Sort.STATE:
                for country in self._states.get(fold(m.text), ())[:1]:
                    out[country] += 1
            elif m.sort is Sort.ACTOR:
                found = self._actors.match(m.text, None, None)
                if (
                    found is not None
                    and not found.is_role
                    and len(found.actor.countries) == 1
                    and found.actor.bloc not in _GUESTS
                ):
                    for country in found.actor.countries[:1]:
                        out[country] += 1
        return out

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds an article offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def country(self, offset: int) -> str | None:
        """ISO code of the country whose war the sentence is about; None where nothing says so."""
        number = self.sentence_of(offset)
        if number not in self._voted:
            self._voted[number] = self._country_of(number)
        return self._voted[number]

    def _country_of(self, number: int) -> str | None:
        votes: Counter[str] = Counter()
        for country, n in self._total.items():
            votes[country] += n / max(1, sum(self._total.values())) * 4  # type: ignore[assignment]
        for i, counted in enumerate(self._evidence):
            if i == number:
                weight = 2.0
            elif self._paragraph[i] == self._paragraph[number]:
                weight = 0.7
            else:
                continue
            for country, n in counted.items():
                votes[country] += weight * min(n, 3)  # type: ignore[assignment]
        for meddler in _MEDDLERS:
            votes[meddler] *= 0.45  # type: ignore[assignment]
        best = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return best[0][0] if best and best[0][1] > 0 else None

    def place_before(self, offset: int, kinds: tuple[str, ...], plural: bool) -> list[Said]:
        """The places a definite phrase at the offset points back to; empty where none answers.

        Looks at this sentence and the two before, skips names that only locate another, and prefers
        one with the same kind word beside it.
        """
        number = self.sentence_of(offset)
        kind = kinds[0].rstrip("s") if kinds else ""
        facility = lexicon().is_class(kind, "facility")
        for widest in (True, False):
            near = [
                s
                for s in self.said
                if s.end <= offset
                and number - s.sentence <= (2 if kind != "it" else 1)
                and s.sort in (Sort.PLACE, Sort.NAME)
                and not self._is_country(s.text)
                and (s.sort is Sort.PLACE or s.kind)
                and (not s.container or not widest)
            ]
            if lexicon().is_class(kind, "settlement", "quarter"):
                near = [s for s in near if s.kind not in _CONTAINERS and "ountryside" not in s.text]
            if facility:
                near = [s for s in near if s.kind.rstrip("s") == kind or kind in s.text.lower()]
            if near:
                break
        if not near:
            return []
        same = [s for s in near if s.kind.rstrip("s") == kind and kind]
        last = (same or near)[-1]
        if kind in ("city", "town", "village") and not same:
            fitting = [s for s in near if s.kind in ("", kind)]
            last = (fitting or near)[-1]
        if not plural:
            return [last]
        group = [last]
        for s in reversed(near):
            if s.end <= group[0].start and len(self._text[s.end : group[0].start]) < 14 and s.sentence == last.sentence:
                group.insert(0, s)
        return group

    def promote(self, text: str) -> None:
        """A name that stood in a place slot is a place wherever else the article says it."""
        self.said = [replace(s, sort=Sort.PLACE) if s.sort is Sort.NAME and s.text == text else s for s in self.said]

    def _is_country(self, text: str) -> bool:
        ids = self._gazetteer.scan_names().get(fold(text), ())
        if any(self._gazetteer.place(i).kind == "country" for i in ids):
            return True
        return text in _demonyms()

    def side_before(self, offset: int, *, group: bool, avoid: str = "") -> Said | None:
        """The side a pronoun points back to: the first named in the sentence before it, else the last named.

        group: "the group", which means the last body named and not the first.
        """
        number = self.sentence_of(offset)
        sides = [
            s
            for s in self.said
            if s.sort is Sort.ACTOR and s.end <= offset and number - s.sentence <= 3 and s.text != avoid
        ]
        here = [s for s in sides if s.sentence == number]
        if group:
            return sides[-1] if sides else None
        if here:
            return here[0]
        if sides:
            last = sides[-1].sentence
            return next(s for s in sides if s.sentence == last)
        return None

    def sides(self) -> list[Said]:
        """Every actor mention of the article in order."""
        return [s for s in self.said if s.sort is Sort.ACTOR]


_MEDDLERS = ("US", "RU", "TR", "GB", "FR", "IR", "UN", "DE", "CN", "SA", "AE", "QA")
"""States that comment and intervene everywhere: named, they say less about where the article is."""
_GUESTS = frozenset({"international"})


def _paragraphs(text: str, bounds: Sequence[tuple[int, int]]) -> list[int]:
    out, number, at = [], 0, 0
    for start, end in bounds:
        if "\n" in text[at:start]:
            number += 1
        out.append(number)
        at = end
    return out
