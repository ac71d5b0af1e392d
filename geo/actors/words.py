"""The vocabulary of actor phrases: military nouns, qualifiers, links, demonyms.

Reads geo/data/actor_words.csv (word, kind) and geo/data/demonyms.csv (word, country, kind); gives a
`Words` whose sets hold plain text (see `plain`). Knowledge stays in the two files; the rules that use
it are in `phrases`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import InputError, MissingFileError
from geo.names import fold

DATA = Path(__file__).parent.parent / "data"

KINDS = (
    "determiner", "owner", "qualifier", "state_noun", "state_alone", "noun", "foe", "action", "barred",
    "link_is", "link_of", "link_for", "link_with", "link_at", "backing", "leading", "opposing",
)  # fmt: skip


def plain(text: str) -> str:
    """Folded text with single spaces, without quotation marks and the dots of abbreviations ("U.S." is "us")."""
    text = re.sub(r"(?<=\b\w)\.", "", fold(text))
    return " ".join(re.sub(r"[\"“”„«»*]", " ", text).split())


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The closed word classes, by kind, and the country (ISO alpha-2) that a demonym or people's name stands for.

    forms: demonyms as they may stand in folded text ("u.s." as well as "us").
    """

    by_kind: Mapping[str, frozenset[str]]
    demonyms: Mapping[str, str]
    peoples: Mapping[str, str]
    forms: Mapping[str, str]

    def is_a(self, word: str, *kinds: str) -> bool:
        return any(word in self.by_kind[kind] for kind in kinds)

    def is_noun(self, word: str) -> bool:
        """A noun that may follow an actor's name: fighters, troops, militia, brigade."""
        return self.is_a(word, "noun", "state_noun")


@cache
def load_words(folder: Path = DATA) -> Words:
    """The vocabulary of a folder. Raises InputError on an unknown kind or country, with file and line."""
    by_kind: dict[str, set[str]] = {kind: set() for kind in KINDS}
    path = folder / "actor_words.csv"
    for line, row in _rows(path, ("word", "kind")):
        if row["kind"] not in by_kind:
            raise InputError(f"unknown kind {row['kind']!r}; use one of {', '.join(KINDS)}", path, line)
        by_kind[row["kind"]].add(plain(row["word"]))
    tables: dict[str, dict[str, str]] = {"demonym": {}, "people": {}}
    forms: dict[str, str] = {}
    path = folder / "demonyms.csv"
    for line, row in _rows(path, ("word", "country", "kind")):
        table = tables.get(row["kind"])
        if table is None:
            raise InputError(f"unknown kind {row['kind']!r}; use demonym or people", path, line)
        if not re.fullmatch(r"[A-Z]{2}", row["country"]):
            raise InputError(f"country {row['country']!r} is not an ISO alpha-2 code such as SY", path, line)
        if table.setdefault(plain(row["word"]), row["country"]) != row["country"]:
            other = table[plain(row["word"])]
            raise InputError(f"{row['word']!r} already stands for {other}; keep one of the two lines", path, line)
        if row["kind"] == "demonym":
            forms[fold(row["word"])] = row["country"]
    kinds = {kind: frozenset(words) for kind, words in by_kind.items()}
    return Words(kinds, tables["demonym"], tables["people"], forms)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise MissingFileError(f"{path}: not there; it belongs to the package, reinstall controlmap")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for column in columns:
            if column not in (reader.fieldnames or ()):
                raise InputError(f"column {column!r} is missing; the first line must be {','.join(columns)}", path, 1)
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
