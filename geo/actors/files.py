"""The files of the actor registry: rows of actors.csv, actor_names.csv and actor_conflicts.csv, checked.

Every mistake is an InputError that names file and line. Reads, never writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from geo.actors.conflicts import Conflict
from geo.actors.model import Actor, ActorName
from geo.actors.words import plain
from geo.errors import InputError
from geo.tables import day_order, iso_day, kept_by_text, read_table

ACTOR_COLUMNS = ("id", "name", "bloc", "colour", "parent", "countries", "valid_from", "valid_to", "note")
NAME_COLUMNS = ("actor", "text", "country", "valid_from", "valid_to", "role", "note")
CONFLICT_COLUMNS = ("country", "valid_from", "valid_to", "side", "against", "also", "retakes", "note")
_DAYS = ("valid_from", "valid_to")


def read_actors(path: Path) -> list[Actor]:
    """The sides of a file, their ids, names and parents checked."""
    actors = [_actor(row, path, line) for path, line, row in _rows(path, ACTOR_COLUMNS)]
    check_actors(actors, path)
    return actors


def read_names(path: Path) -> list[ActorName]:
    """The names of a file."""
    return list(_names(path))


@kept_by_text
def _names(path: Path, text: str) -> tuple[ActorName, ...]:
    return tuple(_name(row, path, line) for path, line, row in _rows(path, NAME_COLUMNS, text))


def read_conflicts(path: Path, ids: frozenset[str]) -> list[Conflict]:
    """Who fights whom; no file means that nothing is known."""
    if not path.exists():
        return []
    return [_conflict(row, path, line, ids) for path, line, row in _rows(path, CONFLICT_COLUMNS)]


def _rows(path: Path, columns: tuple[str, ...], text: str | None = None) -> Iterator[tuple[Path, int, dict[str, str]]]:
    rows = list(read_table(path, columns, text=text))
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


def check_actors(actors: list[Actor], path: Path) -> None:
    """Ids and names stand once, parents exist and make no circle. Raises InputError (the first row is line 2)."""
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


def _conflict(row: dict[str, str], path: Path, line: int, ids: frozenset[str]) -> Conflict:
    against = tuple(other for other in row["against"].split("|") if other)
    also = tuple(other for other in row["also"].split("|") if other)
    if not against and not also:
        raise InputError("no enemy is named in against or also; name them with | between them", path, line)
    for actor in (row["side"], *against, *also):
        if actor not in ids:
            raise InputError(f"actor {actor!r} is not in actors.csv; add it there or correct the id", path, line)
    if row["side"] in (*against, *also):
        raise InputError(f"{row['side']!r} cannot fight itself; take it out of its enemies", path, line)
    if row["retakes"] not in ("", "0", "1"):
        raise InputError(f"retakes {row['retakes']!r}: write 1 or leave it empty", path, line)
    first, last = _bounds(row, path, line)
    country = _country(row["country"], path, line)
    return Conflict(country, row["side"], against, also, first, last, row["retakes"] == "1", row["note"])
