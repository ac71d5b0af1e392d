"""Stored layers: reference layers that a user imported, each one read-only database file (see `reference`).

A file of gazetteer/layers/ comes in; places by id and candidates for a spelling go out. Nothing of it is kept in
memory but a small cache of answers, so a layer of millions of rows opens at once.

Tables: place (one row a place), name (folded form -> place; how is 0 for the name itself, 1 for the name without
its articles), key (bucket of the romanisation key -> spelling and place, for countries that write Arabic names
in Latin letters each in their own way), meta (title, sources and form of the file).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo import names
from geo.errors import InputError
from geo.gazetteer.index import Hit, NameIndex
from geo.gazetteer.places import Match, Name, Place

FOLDER = "layers"
FORM = "controlmap reference layer 1"
COLUMNS = (
    "id", "name", "kind", "lat", "lon", "radius_m", "country", "population", "pcode", "geonames", "wikidata", "admin1",
    "parent_pcode",
)  # fmt: skip
_BARE_SCORE = 0.85  # as in NameIndex: the same name but for its article
_CACHE_KIB = 4096  # of database pages a layer keeps in memory


class StoredLayer:
    """One imported layer. parents: the workspace's places by P-code, so that an imported village has a parent there."""

    def __init__(self, path: Path, parents: dict[str, str] | None = None) -> None:
        self.path, self.name = path, path.stem
        self._parents = parents or {}
        self._local = threading.local()
        self._found = lru_cache(maxsize=20_000)(self._look_up)
        self._alike = lru_cache(maxsize=20_000)(self._romanised)
        if self.meta().get("form") != FORM:
            raise InputError("is no reference layer of this version; import it again", path)

    def meta(self) -> dict[str, str]:
        """What the file says of itself: form, places, names, sources. Raises InputError for a broken file."""
        try:
            return dict(self._database.execute("SELECT key, value FROM meta").fetchall())
        except sqlite3.DatabaseError as error:
            raise InputError(f"cannot be read as a reference layer ({error}); import it again", self.path) from error

    def place(self, place_id: str) -> Place | None:
        """The place of this id ("<layer>:<id of the source>"), or None."""
        if not place_id.startswith(f"{self.name}:"):
            return None
        own = place_id.removeprefix(f"{self.name}:")
        row = self._database.execute("SELECT * FROM place WHERE id = ?", (own,)).fetchone()
        return None if row is None else self._place(row)

    def lookup(self, text: str) -> tuple[tuple[Place, Hit], ...]:
        """Places of exactly this folded name, with or without its articles; the most populous first."""
        return self._found(names.plain(text))

    def _look_up(self, plain: str) -> tuple[tuple[Place, Hit], ...]:
        bare = names.strip_articles(plain)
        found = self._database.execute(
            "SELECT place.*, name.form = ?1 AND name.how = 0 AS same"
            " FROM name JOIN place ON place.n = name.place WHERE name.form = ?1 OR (name.form = ?2 AND ?1 != ?2)"
            " ORDER BY same DESC, population DESC, place.id",
            (plain, bare),
        )
        out: dict[str, tuple[Place, Hit]] = {}
        for *row, same in found:
            place = self._place(tuple(row))
            because = f"{place.kind} of the layer {self.name}" + ("" if same else ", but for the article")
            hit = Hit(place.id, place.name, Match.FOLDED, 0.97 if same else _BARE_SCORE, because)
            out.setdefault(place.id, (place, hit))
        return tuple(out.values())

    def romanised(self, text: str, country: str) -> tuple[tuple[Place, Hit], ...]:
        """Places of one country whose name is romanised otherwise; best first."""
        return self._alike(text, country)

    def _romanised(self, text: str, country: str) -> tuple[tuple[Place, Hit], ...]:
        buckets = sorted({key.bucket for key in names.latin_keys(text)})
        places: dict[str, Place] = {}
        spellings: list[Name] = []
        for bucket in buckets:
            for *row, spelling in self._database.execute(
                "SELECT place.*, key.text FROM key JOIN place ON place.n = key.place"
                " WHERE key.bucket = ? AND place.country = ?"
                " ORDER BY place.id, key.text",
                (bucket, country),
            ):
                place = self._place(tuple(row))
                places[place.id] = place
                spellings.append(Name(place.id, spelling, ""))
        hits = [hit for hit in NameIndex(spellings).romanised(text) if hit.match is Match.ROMANISED]
        hits.sort(key=lambda hit: (-hit.score, -places[hit.place].population, hit.place))
        return tuple((places[hit.place], hit) for hit in hits)

    def _place(self, row: tuple[Any, ...]) -> Place:
        _, own, name, kind, lat, lon, radius, country, population, pcode, geonames, wikidata, admin1, above = row
        return Place(
            id=f"{self.name}:{own}", name=name, kind=kind, lat=lat, lon=lon, radius_m=radius,
            parent=self._parents.get(above or ""), country=country, population=population or 0, source=self.name,
            layer="reference", pcode=pcode or "", geonames=geonames or "", wikidata=wikidata or "", admin1=admin1 or "",
        )  # fmt: skip

    @property
    def _database(self) -> sqlite3.Connection:
        """This thread's and process's own connection: a database handle must not cross a fork."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.pid != os.getpid():
            connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._local.connection, self._local.pid = connection, os.getpid()
        return connection

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path, "parents": self._parents}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["path"], state["parents"])  # type: ignore[misc]


def stored_layers(folder: Path, parents: dict[str, str]) -> tuple[StoredLayer, ...]:
    """The layers of a gazetteer folder, by name. Raises InputError for a file that is none."""
    return tuple(StoredLayer(path, parents) for path in sorted((folder / FOLDER).glob("*.sqlite")))
