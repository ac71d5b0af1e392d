"""The actor registry: actors.csv, actor_names.csv and actor_conflicts.csv in, `ActorRegistry` out.

Which name wins: one that names the article's country over one that holds anywhere, a dated one over
an undated one. Two actors that would tie are an error of the files. How phrases are taken apart
("fighters of the YPG") is in `phrases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from geo import pending
from geo.actors.conflicts import Conflict, Conflicts, Enemy
from geo.actors.files import check_actors, read_actors, read_conflicts, read_names
from geo.actors.index import Context, Names, needs_capitals
from geo.actors.model import Actor, ActorMatch, ActorName
from geo.actors.phrases import read_phrase
from geo.actors.words import load_words, plain
from geo.errors import InputError, NotFoundError
from geo.kept import kept


@dataclass(frozen=True, slots=True)
class ActorRegistry:
    """Actors by id, their names, and what words mean at a date in a country. Read-only once loaded."""

    actors: Mapping[str, Actor]
    names: tuple[ActorName, ...]
    _index: Names = field(repr=False)
    _conflicts: Conflicts = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> ActorRegistry:
        """The registry of a gazetteer folder. Raises MissingFileError, or InputError with file and line."""
        with pending.held(folder, alone=False):
            actors = read_actors(folder / "actors.csv")
            names = read_names(folder / "actor_names.csv")
            conflicts = read_conflicts(folder / "actor_conflicts.csv", frozenset(actor.id for actor in actors))
        return cls._build(actors, names, conflicts, folder / "actor_names.csv")

    @classmethod
    def from_rows(
        cls, actors: Iterable[Actor], names: Iterable[ActorName], conflicts: Iterable[Conflict] = ()
    ) -> ActorRegistry:
        """A registry of given rows, checked as files are (line 2 is the first row)."""
        actors, names = list(actors), list(names)
        check_actors(actors, Path("actors"))
        return cls._build(actors, names, list(conflicts), Path("actor_names"))

    @classmethod
    def _build(
        cls, actors: list[Actor], names: list[ActorName], conflicts: list[Conflict], path: Path
    ) -> ActorRegistry:
        table = {actor.id: actor for actor in actors}
        for line, name in enumerate(names, 2):
            if name.actor not in table:
                raise InputError(
                    f"actor {name.actor!r} is not in actors.csv; add it there or correct the id", path, line
                )
        index = _indexed(tuple(actors), tuple(names))
        for line, name, other in index.clashes():
            raise InputError(
                f"{name.text!r} means {name.actor!r} and {other!r} at the same time in "
                f"{name.country or 'every country'}; give one of them another country or validity",
                path,
                line,
            )
        return cls(MappingProxyType(table), tuple(names), index, Conflicts(conflicts, table))

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id. Raises NotFoundError."""
        try:
            return self.actors[actor_id]
        except KeyError:
            raise NotFoundError(f"no actor {actor_id!r}; `controlmap actors` lists them") from None

    def countries_of(self, actor_id: str) -> tuple[str, ...]:
        """ISO alpha-2 codes of the theatres of an actor, home first. Raises NotFoundError."""
        return self.actor(actor_id).countries

    def match(self, text: str, on: date | None, country: str | None) -> ActorMatch | None:
        """The actor that a phrase means on a day, in an article about a country (ISO alpha-2); None if it names none.

        Role words ("the army", "rebels") need the country. A phrase that begins with its, their, his
        is read for a name of its own only: whose forces they are is for the reader to find out.
        """
        return _match(self._index, text, on, country.upper() if country else None)

    def government(self, country: str, on: date | None) -> Actor | None:
        """The actor that "the government" of a country means on a day."""
        return _government(self._index, on, country.upper())

    def enemies(self, actor_id: str, on: date | None, country: str | None) -> tuple[Enemy, ...]:
        """The sides that fight an actor on a day in a country, the main ones first; empty where none is known."""
        return self._conflicts.against(actor_id, on, country)

    def kin(self, a: str, b: str) -> bool:
        """Whether one of two actors is part of the other, or they are one."""
        return b in self.family(a) or a in self.family(b)

    def fights(self, a: str, b: str, on: date | None, country: str | None) -> bool | None:
        """Whether an actor fights another, or what that is part of, then and there; None: it fights nobody known."""
        enemies = {enemy.actor for enemy in self.enemies(a, on, country)}
        return not enemies.isdisjoint(self.family(b)) if enemies else None

    def allied(self, a: str, b: str, on: date | None) -> bool:
        """Whether two sides fight a common enemy in some country on a day, and not each other."""
        return self._conflicts.allied(a, b, on)

    def at_war(self, country: str, on: date | None) -> bool:
        """Whether the registry knows of sides that fight each other in a country on a day."""
        return self._conflicts.any_in(country, on)

    def family(self, actor_id: str) -> tuple[str, ...]:
        """The actor's id and those of the actors it is part of, nearest first."""
        out = [actor_id]
        while (parent := self.actor(out[-1]).parent) is not None:
            out.append(parent)
        return tuple(out)

    def state_surfaces(self) -> Mapping[str, tuple[str, ...]]:
        """Folded names of countries and capitals that stand for their state, with the state's countries."""
        return self._index.states

    def adjectives(self) -> Mapping[str, str]:
        """Folded adjectives that stand for one side at home in one country ("karenni") -> its ISO code."""
        return self._index.adjectives

    def scan_names(self) -> Mapping[str, tuple[ActorName, ...]]:
        """Folded surface -> the names it may be: those of the files, and demonym + noun made for every government.

        Surfaces of two or three letters in capitals ("IS", "AA") are ordinary words when folded: accept
        one only where the text has capitals (`match` insists on it).
        """
        return self._index.surfaces

    def initials(self) -> frozenset[str]:
        """Folded surfaces that mean a side only where they stand in capitals: "IS" and no "is", "ANA" and no "Ana"."""
        found = self._index.surfaces.items()
        return frozenset(text for text, names in found if all(needs_capitals(name) for name in names))

    @property
    def role_words(self) -> frozenset[str]:
        """Single small words that mean a side somewhere: rebels, army, junta, peshmerga."""
        return self._index.role_words

    @property
    def actions(self) -> frozenset[str]:
        """What a side does and is named for: offensive, assault, counter-attack."""
        return self._index.words.by_kind["action"]

    @property
    def nouns(self) -> frozenset[str]:
        """Plain nouns that may follow an actor's name and belong to it: fighters, troops, militia."""
        words = self._index.words.by_kind
        return words["noun"] | words["state_noun"]


@lru_cache(maxsize=2)
def _indexed(actors: tuple[Actor, ...], names: tuple[ActorName, ...]) -> Names:
    """The index of these rows: the costly part of a registry, and the same before and after most edits."""
    return Names({actor.id: actor for actor in actors}, list(names), load_words())


@kept
def _government(index: Names, on: date | None, country: str) -> Actor | None:
    name = index.find("government", Context(on, country))
    return None if name is None else index.actors[name.actor]


@kept
def _match(index: Names, text: str, on: date | None, country: str | None) -> ActorMatch | None:
    capitals = frozenset(plain(word) for word in re.findall(r"\w+", text.replace(".", "")) if word.isupper())
    found = read_phrase(index, plain(text), Context(on, country, capitals))
    if found is None:
        return None
    return ActorMatch(index.actors[found.actor], "; ".join(found.because), found.name)
