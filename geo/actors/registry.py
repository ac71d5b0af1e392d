"""The actor registry: actors.csv and actor_names.csv in, `ActorRegistry` out. Reads, never writes.

Which name wins: one that names the article's country over one that holds anywhere, a dated one over
an undated one. Two actors that would tie are an error of the files. How phrases are taken apart
("fighters of the YPG") is in `phrases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from geo import pending
from geo.actors.index import Context, Names
from geo.actors.model import Actor, ActorMatch, ActorName
from geo.actors.phrases import read_phrase
from geo.actors.words import Words, load_words, plain
from geo.errors import InputError, NotFoundError
from geo.tables import day_order, iso_day, read_table

ACTOR_COLUMNS = ("id", "name", "bloc", "colour", "parent", "countries", "valid_from", "valid_to", "note")
NAME_COLUMNS = ("actor", "text", "country", "valid_from", "valid_to", "role", "note")
# A year of news asks for few distinct phrases a day; this many answers stay in memory (about 30 MB).
CACHED_ANSWERS = 65536
_DAYS = ("valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class ActorRegistry:
    """Actors by id, their names, and what words mean at a date in a country. Read-only once loaded."""

    actors: Mapping[str, Actor]
    names: tuple[ActorName, ...]
    _index: Names = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> ActorRegistry:
        """The registry of a gazetteer folder. Raises MissingFileError, or InputError with file and line."""
        path = folder / "actors.csv"
        with pending.held(folder, alone=False):
            actors = [_actor(row, path, line) for path, line, row in _rows(path, ACTOR_COLUMNS)]
            _check_actors(actors, path)
            names = [_name(row, path, line) for path, line, row in _rows(folder / "actor_names.csv", NAME_COLUMNS)]
        return cls._build(actors, names, folder / "actor_names.csv", load_words())

    @classmethod
    def from_rows(cls, actors: Iterable[Actor], names: Iterable[ActorName]) -> ActorRegistry:
        """A registry of given rows, checked as files are (line 2 is the first row)."""
        actors, names = list(actors), list(names)
        _check_actors(actors, Path("actors"))
        return cls._build(actors, names, Path("actor_names"), load_words())

    @classmethod
    def _build(cls, actors: list[Actor], names: list[ActorName], path: Path, words: Words) -> ActorRegistry:
        table = {actor.id: actor for actor in actors}
        for line, name in enumerate(names, 2):
            if name.actor not in table:
                raise InputError(
                    f"actor {name.actor!r} is not in actors.csv; add it there or correct the id", path, line
                )
        index = Names(table, names, words)
        for line, name, other in index.clashes():
            raise InputError(
                f"{name.text!r} means {name.actor!r} and {other!r} at the same time in "
                f"{name.country or 'every country'}; give one of them another country or validity",
                path,
                line,
            )
        return cls(MappingProxyType(table), tuple(names), index)

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
        name = self._index.find("government", Context(on, country.upper()))
        return None if name is None else self.actors[name.actor]

    def family(self, actor_id: str) -> tuple[str, ...]:
        """The actor's id and those of the actors it is part of, nearest first."""
        out = [actor_id]
        while (parent := self.actor(out[-1]).parent) is not None:
            out.append(parent)
        return tuple(out)

    def state_surfaces(self) -> Mapping[str, tuple[str, ...]]:
        """Folded names of countries and capitals that stand for their state, with the state's countries."""
        return self._index.states

    def scan_names(self) -> Mapping[str, tuple[ActorName, ...]]:
        """Folded surface -> the names it may be: those of the files, and demonym + noun made for every government.

        Surfaces of two or three letters in capitals ("IS", "AA") are ordinary words when folded: accept
        one only where the text has capitals (`match` insists on it).
        """
        return self._index.surfaces

    @property
    def nouns(self) -> frozenset[str]:
        """Plain nouns that may follow an actor's name and belong to it: fighters, troops, militia."""
        words = self._index.words.by_kind
        return words["noun"] | words["state_noun"]


@lru_cache(maxsize=CACHED_ANSWERS)
def _match(index: Names, text: str, on: date | None, country: str | None) -> ActorMatch | None:
    capitals = frozenset(plain(word) for word in re.findall(r"\w+", text.replace(".", "")) if word.isupper())
    found = read_phrase(index, plain(text), Context(on, country, capitals))
    if found is None:
        return None
    return ActorMatch(index.actors[found.actor], "; ".join(found.because), found.name)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Path, int, dict[str, str]]]:
    rows = list(read_table(path, columns))
    order = day_order(row[column] for row in rows for column in _DAYS)
    for row in rows:
        if len(row.cells) < len(columns):
            raise row.error(f"this line needs {len(columns)} columns; quote values that hold a comma")
        cells = {column: row[column] for column in columns}
        for column in _DAYS:
            if cells[column]:
                try:
                    cells[column] = iso_day(cells[column], order)
                except ValueError as problem:
                    raise row.error(f"{column} {problem}") from None
        yield path, row.line, cells


def _day(text: str, path: Path, line: int) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a date; write it as 2024-12-08 or leave it empty", path, line) from None


def _bounds(row: dict[str, str], path: Path, line: int) -> tuple[date | None, date | None]:
    first, last = _day(row["valid_from"], path, line), _day(row["valid_to"], path, line)
    if first and last and last < first:
        raise InputError(f"valid_to {last} is before valid_from {first}; swap or correct them", path, line)
    return first, last


def _country(text: str, path: Path, line: int) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise InputError(f"{text!r} is not a country; write ISO alpha-2 codes such as SY", path, line)
    return text


def _actor(row: dict[str, str], path: Path, line: int) -> Actor:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        raise InputError(f"id {row['id']!r}: use small letters, digits and hyphens", path, line)
    if not row["name"] or not row["bloc"]:
        raise InputError(f"actor {row['id']!r} needs a name and a bloc", path, line)
    if not re.fullmatch(r"#[0-9a-f]{6}", row["colour"]):
        raise InputError(f"colour {row['colour']!r}: write it as #0072b2", path, line)
    countries = tuple(_country(code, path, line) for code in row["countries"].split("|") if code)
    first, last = _bounds(row, path, line)
    return Actor(
        row["id"], row["name"], row["bloc"], row["colour"], row["parent"] or None, countries, first, last, row["note"]
    )


def _name(row: dict[str, str], path: Path, line: int) -> ActorName:
    if not plain(row["text"]):
        raise InputError("the text is empty; write the name or delete the line", path, line)
    if row["role"] not in ("", "0", "1"):
        raise InputError(f"role {row['role']!r}: write 1 for a role word, else leave it empty", path, line)
    role = row["role"] == "1"
    country = _country(row["country"], path, line) if row["country"] else None
    if role and country is None and row["note"] not in ("country", "capital"):
        raise InputError(f"role word {row['text']!r} needs a country; what it means depends on where", path, line)
    first, last = _bounds(row, path, line)
    return ActorName(row["actor"], row["text"], country, first, last, role, row["note"])


def _check_actors(actors: list[Actor], path: Path) -> None:
    by_id: dict[str, Actor] = {}
    by_name: dict[str, str] = {}
    for line, actor in enumerate(actors, 2):
        if actor.id in by_id:
            raise InputError(f"id {actor.id!r} is there twice; rename or delete one", path, line)
        if by_name.setdefault(plain(actor.name), actor.id) != actor.id:
            raise InputError(
                f"name {actor.name!r} is also that of {by_name[plain(actor.name)]!r}; rename one", path, line
            )
        by_id[actor.id] = actor
    for line, actor in enumerate(actors, 2):
        seen, parent = {actor.id}, actor.parent
        while parent is not None:
            if parent not in by_id:
                raise InputError(
                    f"parent {parent!r} of {actor.id!r} is not in the file; add it or leave it empty", path, line
                )
            if parent in seen:
                raise InputError(f"{actor.id!r} is its own parent by way of {parent!r}; break the circle", path, line)
            seen.add(parent)
            parent = by_id[parent].parent
