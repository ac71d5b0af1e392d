"""The index of actor names: which name holds for given words, on a day, in a country.

Keys are plain text in one canonical form (`Names.key`): hyphens are blanks, one spelling of "defence" and of
"jaysh", the Arabic article as "al", and "Ankara-backed", "Turkish-supported", "pro-Turkish" all "tr~backed".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from geo.actors.model import Actor, ActorName
from geo.actors.words import Words, plain
from geo.names import fold

# "IS", "US", "AA", "CAR", "TIP" are ordinary words in small letters; from four letters on hardly any is,
# and those few ("FACT") carry the note "capitals".
CAPITALS_UP_TO = 3
# Notes of names that are a place before they are a side: a country, its capital.
SMALL = "small"
"""The note of a proper name that papers also write without a capital: peshmerga."""
PLACES = frozenset({"country", "capital"})
_SPELLING = (
    (re.compile(r"\bdefense\b"), "defence"),
    (re.compile(r"isation(s?)\b"), r"ization\1"),
    (re.compile(r"\bmobilis"), "mobiliz"),
    (re.compile(r"\bmujah[aei]+d[aei]+n\b"), "mujahideen"),
    (re.compile(r"\bshi'?(ite|a|i|ites)?\b"), "shia"),
    (re.compile(r"\b(ja[iy]sh|jeish)\b"), "jaysh"),
    (re.compile(r"\b(jebhat|jebhet|jabhet)\b"), "jabhat"),
    (re.compile(r"\b(el|ash|as|an|ar|at|ad|az|a)-"), "al-"),
    (re.compile(r"\b(hay'?[aei]?t|hey'?et|hayut)\b"), "hayat"),
    (re.compile(r"\bturkiye\b"), "turkey"),
)


@dataclass(frozen=True, slots=True)
class Context:
    """The day and country of the article, and the words of the phrase that stand in capitals (plain)."""

    on: date | None
    country: str | None
    capitals: frozenset[str] = frozenset()

    def within(self, country: str) -> Context:
        return Context(self.on, country, self.capitals)


class Names:
    """Actor names by key, and what the registry knows of countries: their words and their governments."""

    def __init__(self, actors: Mapping[str, Actor], names: list[ActorName], words: Words) -> None:
        self.actors, self.words = actors, words
        states = {name.actor for name in names if name.role and plain(name.text) == "government"}
        self.countries: dict[str, str] = dict(words.demonyms) | dict(words.peoples)
        self.country_names: dict[str, str] = {}
        for name in names:
            home = actors[name.actor].countries
            if name.note in PLACES and home and name.actor in states:
                self.countries.setdefault(plain(name.text), home[0])
                if name.note == "country":
                    self.country_names.setdefault(fold(name.text), home[0])
        self._longest_country = max((len(word.split()) for word in self.countries), default=1)
        self._by_key: dict[str, list[tuple[int, ActorName]]] = {}
        for line, name in enumerate(names, 2):
            self._by_key.setdefault(self.key(plain(name.text)), []).append((line, name))
        self.role_words = frozenset(
            text
            for name in names
            if (name.role and name.note not in PLACES or name.note == SMALL) and " " not in (text := plain(name.text))
        ) | frozenset(word for word in words.by_kind["state_alone"] if " " not in word and word != "state")
        self.adjectives = self._homes(names)
        self.surfaces = self._surfaces(names)
        self.states = {
            surface: actors[found[0].actor].countries
            for surface, found in self.surfaces.items()
            if all(name.note in PLACES for name in found)
        }

    def key(self, text: str) -> str:
        """The canonical form of plain text. See the module's docstring."""
        if "pro-" in text:
            text = re.sub(r"\bpro-(?P<whom>\w+)", self._pro, text)
        text = re.sub(r"(?P<by>\w+(?: \w+)?)[- ](?P<end>\w+)\b", self._backed, text)
        for pattern, standard in _SPELLING:
            text = pattern.sub(standard, text)
        return " ".join(text.replace("-", " ").replace("'", "").split())

    def _pro(self, found: re.Match[str]) -> str:
        country = self.countries.get(found["whom"])
        return found[0] if country is None else f"{country.lower()}~backed"

    def _backed(self, found: re.Match[str]) -> str:
        if not self.words.is_a(found["end"], "backing"):
            return found[0]
        head, by = "", found["by"]
        if by not in self.countries:
            head, _, by = by.rpartition(" ")
        country = self.countries.get(by)
        return found[0] if country is None else f"{head} {country.lower()}~backed".strip()

    def clashes(self) -> Iterator[tuple[int, ActorName, str]]:
        """Names that would tie: line, name, the other actor."""
        for rows in self._by_key.values():
            for place, (line, name) in enumerate(rows):
                for _, other in rows[:place]:
                    if name.actor != other.actor and name.country == other.country and _tie(name, other):
                        yield line, name, other.actor

    def find(self, text: str, context: Context, *, proper: bool = False, adjective: bool = False) -> ActorName | None:
        """The name that these words are, wholly: a name or role word, or with `adjective` an adjective ("Druze").

        With `proper` role words do not count.
        """
        key = self.key(text)
        fits = [
            name
            for _, name in self._by_key.get(key, ())
            if name.holds_on(context.on)
            and not (proper and name.role)
            and (name.note == "adjective") is adjective
            and (not needs_capitals(name) or set(key.split()) <= context.capitals)
        ]
        here = [name for name in fits if name.country in (None, context.country)]
        if not here:
            here = [name for name in fits if not name.role and self._known_in(name, context.country)]
        if not here:
            return None
        best = max(map(_rank, here))
        here = [name for name in here if _rank(name) == best]
        return here[0] if len({name.actor for name in here}) == 1 else None

    def _known_in(self, name: ActorName, country: str | None) -> bool:
        """A name of its own of another theatre counts where the country is unknown, or the actor fights there too."""
        return country is None or country in self.actors[name.actor].countries

    def country_of(self, tokens: list[str]) -> tuple[str, int] | None:
        """The country that the first words name (demonym, people, country or capital), and how many words that took."""
        for length in range(min(self._longest_country, len(tokens)), 0, -1):
            country = self.countries.get(" ".join(tokens[:length]))
            if country is not None:
                return country, length
        return None

    def government(self, country: str, on: date | None) -> ActorName | None:
        """The name "government" that holds in the country on the day."""
        return self.find("government", Context(on, country))

    def _homes(self, names: Iterable[ActorName]) -> dict[str, str]:
        homes: dict[str, set[str]] = {}
        for name in names:
            if name.note == "adjective" and " " not in name.text:
                homes.setdefault(_surface(name.text), set()).update(self.actors[name.actor].countries)
        return {text: next(iter(found)) for text, found in homes.items() if len(found) == 1 and text not in _NOBODYS}

    def rivalled(self, context: Context) -> bool:
        """Whether two governments rule parts of the country: "the army" of one's seat is not the other's."""
        rivals = (
            a for a in self.actors.values() if a.bloc == "rival-government" and context.country in a.countries[:1]
        )
        on = context.on
        return any(
            on is None or (a.valid_from is None or a.valid_from <= on) and (a.valid_to is None or on <= a.valid_to)
            for a in rivals
        )

    def _surfaces(self, names: Iterable[ActorName]) -> dict[str, tuple[ActorName, ...]]:
        """All names as they may stand in folded text, the made ones (demonym + noun, adjective + noun) included."""
        out: dict[str, dict[ActorName, None]] = {}
        governments: dict[str, list[ActorName]] = {}
        by_kind = self.words.by_kind
        nouns = sorted(
            noun for noun in by_kind["state_noun"] if not self.words.is_noun(noun.split()[0]) or " " not in noun
        )
        crowds = sorted({*by_kind["noun"], *nouns})
        for name in names:
            text = _surface(name.text)
            for form in [f"{text} {noun}" for noun in crowds] if name.note == "adjective" else [text]:
                out.setdefault(form, {})[name] = None
            if name.role and name.country and plain(name.text) == "government":
                governments.setdefault(name.country, []).append(name)
        for word, country in [*self.words.forms.items(), *self.country_names.items()]:
            joints = ("",) if word in self.words.forms else ("", "'s")
            for form in [f"{word}{joint} {noun}" for joint in joints for noun in nouns]:
                out.setdefault(form, {}).update(dict.fromkeys(governments.get(country, ())))
        for word, country in self.words.peoples.items():
            if country in governments:
                out.setdefault(word, {}).update(dict.fromkeys(governments[country]))
        return {text: tuple(found) for text, found in out.items() if found}


_NOBODYS = frozenset({"muslim", "karen", "chin"})
"""Adjectives that are a faith, a first name or a part of the face elsewhere: they say no country."""


def _surface(text: str) -> str:
    return " ".join(fold(text).split())


def needs_capitals(name: ActorName) -> bool:
    """Whether the name is an ordinary word when written small."""
    letters = [char for char in name.text if char.isalpha()]
    short = len(letters) <= CAPITALS_UP_TO and all(char.isupper() for char in letters)
    return short or name.note == "capitals"


def _rank(name: ActorName) -> tuple[bool, bool]:
    return name.country is not None, name.is_dated


def _tie(a: ActorName, b: ActorName) -> bool:
    if a.is_dated != b.is_dated or (a.note == "adjective") != (b.note == "adjective"):
        return False
    starts = a.valid_from is None or b.valid_to is None or a.valid_from <= b.valid_to
    return starts and (b.valid_from is None or a.valid_to is None or b.valid_from <= a.valid_to)
