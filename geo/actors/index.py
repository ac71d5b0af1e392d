"""The index of actor names: which name holds for given words, on a day, in a country.

Keys are plain text in one canonical form (`key`): hyphens are spaces, British spelling, the Arabic article as
"al", and "Ankara-backed", "Turkish-supported", "pro-Turkish" all "tr~backed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from geo.actors.model import Actor, ActorName
from geo.actors.words import Words, fold, plain

# "IS", "US", "AA", "CAR", "TIP" are ordinary words in small letters; from four letters on hardly any is.
CAPITALS_UP_TO = 3
_SPELLING = (
    (re.compile(r"\bdefense\b"), "defence"),
    (re.compile(r"isation(s?)\b"), r"ization\1"),
    (re.compile(r"\bmobilis"), "mobiliz"),
    (re.compile(r"\bliberis"), "liberiz"),
    (re.compile(r"\bmujah[aei]+d[aei]+n\b"), "mujahideen"),
    (re.compile(r"\bshi'?(ite|a|i|ites)?\b"), "shia"),
    (re.compile(r"\b(ja[iy]sh|jeish)\b"), "jaysh"),
    (re.compile(r"\b(jabhat|jebhat|jabhet)\b"), "jabhat"),
    (re.compile(r"\b(el|ash|as|an|ar|at|ad|az|a)-"), "al-"),
    (re.compile(r"\bal-"), "al "),
    (re.compile(r"\b(hay'?[aei]?t|hey'?et)\b"), "hayat"),
    (re.compile(r"\bturkiye\b"), "turkey"),
)


@dataclass(frozen=True, slots=True)
class Context:
    """The day and country of the article, and the words of the phrase that stand in capitals (folded)."""

    on: date | None
    country: str | None
    capitals: frozenset[str]

    def within(self, country: str) -> Context:
        return Context(self.on, country, self.capitals)


class Names:
    """Actor names by key, and what the registry knows of countries: their words and their governments."""

    def __init__(self, actors: Mapping[str, Actor], names: list[ActorName], words: Words) -> None:
        self.actors, self.words = actors, words
        self.countries: dict[str, str] = dict(words.demonyms) | dict(words.peoples)
        self._by_key: dict[str, list[tuple[int, ActorName]]] = {}
        for name in names:
            home = actors[name.actor].countries
            if name.note in ("country", "capital") and home:
                self.countries.setdefault(plain(name.text), home[0])
        self._longest_country = max((len(word.split()) for word in self.countries), default=1)
        for line, name in enumerate(names, 2):
            self._by_key.setdefault(self.key(plain(name.text)), []).append((line, name))
        self.surfaces = self._surfaces(names)

    def key(self, text: str) -> str:
        """The canonical form of plain text. See the module's docstring."""
        text = re.sub(r"\bpro-(\w+(?: \w+)?)", self._backed_by, text)
        text = re.sub(r"\b([\w.]+(?: [\w.]+)?)[- ](\w+)\b", self._backed, text)
        for pattern, standard in _SPELLING:
            text = pattern.sub(standard, text)
        return " ".join(text.replace("-", " ").replace("'", "").split())

    def _backed_by(self, found: re.Match[str]) -> str:
        country = self.countries.get(found[1])
        if country is None:
            first, _, rest = found[1].partition(" ")
            country = self.countries.get(first)
            return found[0] if country is None else f"{country.lower()}~backed {rest}".strip()
        return f"{country.lower()}~backed"

    def _backed(self, found: re.Match[str]) -> str:
        if not self.words.is_a(found[2], "backing"):
            return found[0]
        country = self.countries.get(found[1])
        if country is None:
            head, _, last = found[1].rpartition(" ")
            country = self.countries.get(last)
            return found[0] if country is None else f"{head} {country.lower()}~backed".strip()
        return f"{country.lower()}~backed"

    def clashes(self) -> Iterator[tuple[int, ActorName, str]]:
        """Names that would tie: line, name, the other actor."""
        for rows in self._by_key.values():
            for place, (line, name) in enumerate(rows):
                for _, other in rows[:place]:
                    if name.actor != other.actor and name.country == other.country and _tie(name, other):
                        yield line, name, other.actor

    def find(self, text: str, context: Context, *, proper: bool = False, note: str | None = None) -> ActorName | None:
        """The name that these words are, wholly; with `proper` role words and mere adjectives do not count."""
        key = self.key(text)
        fits = []
        for _, name in self._by_key.get(key, ()):
            if not name.holds_on(context.on) or (proper and name.role):
                continue
            if (name.note == "adjective") != (note == "adjective"):
                continue
            if name.country is not None and name.country != context.country and (name.role or context.country is not None):
                continue
            if _needs_capitals(name) and not set(key.split()) <= context.capitals:
                continue
            fits.append(name)
        if not fits:
            return None
        best = max(map(_rank, fits))
        fits = [name for name in fits if _rank(name) == best]
        return fits[0] if len({name.actor for name in fits}) == 1 else None

    def country_of(self, tokens: list[str]) -> tuple[str, int] | None:
        """The country that the first words name (demonym, people, country or capital), and how many words that took."""
        for length in range(min(self._longest_country, len(tokens)), 0, -1):
            country = self.countries.get(" ".join(tokens[:length]))
            if country is not None:
                return country, length
        return None

    def government(self, country: str, on: date | None) -> ActorName | None:
        return self.find("government", Context(on, country, frozenset()))

    def _surfaces(self, names: list[ActorName]) -> dict[str, tuple[ActorName, ...]]:
        """All names as they may stand in folded text, the made ones (demonym + noun, adjective + noun) included."""
        out: dict[str, dict[ActorName, None]] = {}
        states: dict[str, list[ActorName]] = {}
        nouns = sorted(self.words.by_kind["state_noun"])
        for name in names:
            if name.note == "adjective":
                for noun in sorted(self.words.by_kind["noun"]) + nouns:
                    out.setdefault(f"{surface(name.text)} {noun}", {})[name] = None
                continue
            out.setdefault(surface(name.text), {})[name] = None
            if name.role and name.country and self.key(plain(name.text)) == "government":
                states.setdefault(name.country, []).append(name)
        for word, country in self.countries.items():
            forms = [f"{word} {noun}" for noun in nouns] + [f"{word}'s {noun}" for noun in nouns]
            if word in self.words.peoples:
                forms.append(word)
            for form in forms:
                for name in states.get(country, ()):
                    out.setdefault(form, {})[name] = None
        return {text: tuple(found) for text, found in out.items()}


def surface(text: str) -> str:
    return " ".join(fold(text).split())


def _rank(name: ActorName) -> tuple[bool, bool]:
    return name.country is not None, name.is_dated


def _needs_capitals(name: ActorName) -> bool:
    letters = [c for c in name.text if c.isalpha()]
    return len(letters) <= CAPITALS_UP_TO and all(c.isupper() for c in letters)


def _tie(a: ActorName, b: ActorName) -> bool:
    if a.is_dated != b.is_dated:
        return False
    starts = a.valid_from is None or b.valid_to is None or a.valid_from <= b.valid_to
    return starts and (b.valid_from is None or a.valid_to is None or b.valid_from <= a.valid_to)
