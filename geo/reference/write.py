"""Writes a reference layer: rows in, gazetteer/layers/<name>.sqlite out, whole or not at all.

The same rows give the same file with the same SQLite. Names are gathered unsorted and sorted once at the end, which
is what makes millions of rows bearable.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from pathlib import Path

from geo import names
from geo.errors import InputError, NotFoundError
from geo.gazetteer.stored import COLUMNS, FOLDER, FORM
from geo.gazetteer.towns import ARABIC_COUNTRIES
from geo.names.latin import kind_forms
from geo.reference.rows import ReferenceRow

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
# Prefixes of the ids that the program's own layers use.
_TAKEN = frozenset({"geonames", "country", "world"})
_BATCH = 20_000
_CELLS = attrgetter(*COLUMNS)
_LEAST_LETTERS = 3  # shorter alternate names are codes and abbreviations
_KEY_COUNTRIES = ARABIC_COUNTRIES | {"TR", "IR"}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made."""

    path: Path
    places: int
    names: int


def write_layer(
    folder: Path,
    name: str,
    rows: Iterable[ReferenceRow],
    sources: str,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Make or replace the layer `name` of a gazetteer folder. sources: what it was made of, kept in the file.

    A row whose id came before is left out. Raises InputError for a name that cannot be one, or without any row.
    """
    if not _NAME.fullmatch(name) or name in _TAKEN:
        taken = ", ".join(sorted(_TAKEN))
        raise InputError(f"layer {name!r}: use small letters, digits and hyphens, and none of {taken}")
    target = folder / FOLDER / f"{name}.sqlite"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=target.parent) as made_in:
        made = Path(made_in) / "layer.sqlite"
        places, spellings = _fill(made, rows, sources, progress)
        if not places:
            raise InputError("no usable place was found, so no layer was made", sources)
        made.replace(target)
    return Imported(target, places, spellings)


def remove_layer(folder: Path, name: str) -> Path:
    """Delete a layer's file. Raises NotFoundError."""
    path = folder / FOLDER / f"{name}.sqlite"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.sqlite"))) or "none"
        raise NotFoundError(f"no layer {name!r}; the layers are: {known}")
    path.unlink()
    return path


def _fill(
    path: Path, rows: Iterable[ReferenceRow], sources: str, progress: Callable[[int], None] | None
) -> tuple[int, int]:
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
        "PRAGMA temp_store = FILE;"
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
        "CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, radius_m REAL,"
        " country TEXT, population INTEGER, pcode TEXT, geonames TEXT, wikidata TEXT, admin1 TEXT, parent_pcode TEXT);"
        "CREATE TEMP TABLE names (form TEXT, place INTEGER, how INTEGER);"
        "CREATE TEMP TABLE keys (bucket TEXT, place INTEGER, text TEXT);"
    )
    slots = ", ".join("?" * (len(COLUMNS) + 1))
    done = 0
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        numbered = list(enumerate(batch, done + 1))
        database.executemany(
            f"INSERT INTO place VALUES ({slots})",  # noqa: S608 - only the number of slots is put in
            [(n, *_CELLS(row)) for n, row in numbered],
        )
        database.executemany("INSERT INTO names VALUES (?, ?, ?)", (f for n, row in numbered for f in _forms(n, row)))
        database.executemany("INSERT INTO keys VALUES (?, ?, ?)", (k for n, row in numbered for k in _keys(n, row)))
        done += len(batch)
        if progress is not None:
            progress(done)
    database.executescript(
        "CREATE INDEX place_id ON place (id);"  # first, so that rows of one id are found by a walk along it
        "DELETE FROM place WHERE n IN (SELECT b.n FROM place a JOIN place b ON a.id = b.id AND b.n > a.n);"
        "CREATE TABLE name (form TEXT, place INTEGER, how INTEGER, PRIMARY KEY (form, place)) WITHOUT ROWID;"
        "INSERT INTO name SELECT form, place, min(how) FROM names WHERE place IN (SELECT n FROM place)"
        " GROUP BY form, place ORDER BY form, place;"
        "CREATE TABLE key (bucket TEXT, place INTEGER, text TEXT, PRIMARY KEY (bucket, place, text)) WITHOUT ROWID;"
        "INSERT INTO key SELECT DISTINCT bucket, place, text FROM keys WHERE place IN (SELECT n FROM place)"
        " ORDER BY bucket, place, text;"
        "DROP TABLE names; DROP TABLE keys;"
    )
    counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("place", "name")]  # noqa: S608
    meta = {"form": FORM, "sources": sources, "places": str(counts[0]), "names": str(counts[1])}
    database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    database.commit()
    database.close()
    return counts[0], counts[1]


def _forms(number: int, row: ReferenceRow) -> Iterator[tuple[str, int, int]]:
    kinds = kind_forms()
    for at, text in enumerate((row.name, *row.names)):
        form = names.plain(text)
        if not form or (at and (len(form) < _LEAST_LETTERS or form in kinds)):
            continue
        yield form, number, 0
        if " " not in form:  # an article is a word of its own
            continue
        bare = names.strip_articles(form)
        if bare != form and len(bare) > _LEAST_LETTERS and bare not in kinds:
            yield bare, number, 1


def _keys(number: int, row: ReferenceRow) -> Iterator[tuple[str, int, str]]:
    if row.country in _KEY_COUNTRIES:
        for text in (row.name, *row.names):
            for bucket in _buckets(text):
                yield bucket, number, text


@lru_cache(maxsize=50_000)
def _buckets(text: str) -> tuple[str, ...]:
    """The buckets of a spelling's keys. Thousands of villages share a name, so the last ones are kept."""
    found = names.arabic_keys(text) if names.is_arabic(text) else names.latin_keys(text) if _is_latin(text) else ()
    return tuple(dict.fromkeys(key.bucket for key in found))


def _is_latin(text: str) -> bool:
    return max(map(ord, text)) < 0x0250 or 0x1E00 <= max(map(ord, text)) < 0x2100
