"""Doubts about a gazetteer folder that can be read: what an editor should look at, by file and line.

A point far from its parent, its country or its outline, a place that lies in nothing, two places in one spot, a name
that is an ordinary word, one that two places share with nothing to tell them apart, a row twice or out of order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo import names, pending
from geo.areas import METRES_PER_DEGREE
from geo.edits.places import KINDS
from geo.edits.session import NAMES, PLACES, STOPLIST
from geo.errors import ControlmapError
from geo.gazetteer import Countries
from geo.gazetteer.files import DEFAULT_RADIUS_M, NAME_COLUMNS, PLACE_COLUMNS, read_stoplist
from geo.gazetteer.outlines import OUTLINES, Outline, sifted
from geo.names.latin import rows as data_rows
from geo.points import distance_m
from geo.tables import Row, read_table, text_of

TWINS_M = 200.0
"""Two places nearer than this need a note that tells them apart (gazetteer/README.md)."""
SLACK = 2.0
"""A place may lie so many times its parent's half extent away: outlines are not circles."""
LEAST_REACH_M = 30_000.0
"""Below this distance from the parent nothing is doubted: a town's fields and a base outside it are in reach."""
COUNTRY_REACH = 4.0
"""A place may lie so many times the radius of a disc of its country's area away: Chile is long, 3.9 times."""
_LATIN_WORD = frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. error: a build would stop at it; otherwise it is a doubt. line counts from 1."""

    file: str
    line: int
    error: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One name of a place, wherever it stands."""

    text: str
    place: Row
    row: Row

    @property
    def where(self) -> str:
        return f"{self.row.path.name}:{self.row.line}"


def doubts(folder: Path) -> Iterator[Finding]:
    """The doubts, in no order. None where the tables cannot be read at all: that is an error of `check`."""
    try:
        places = list(read_table(folder / PLACES, PLACE_COLUMNS[:5], PLACE_COLUMNS[5:]))
        rows = []
        if pending.stands(folder / NAMES):
            rows = list(read_table(folder / NAMES, NAME_COLUMNS[:2], NAME_COLUMNS[2:]))
        stops = read_stoplist(folder / STOPLIST) if pending.stands(folder / STOPLIST) else []
    except ControlmapError:
        return
    yield from _out_of_order(PLACES, [(row["id"],) for row in places], places)
    yield from _out_of_order(NAMES, [(row["place"], row["text"]) for row in rows], rows)
    by_id = {row["id"]: row for row in places}
    points = {row["id"]: point for row in places if (point := _point(row)) is not None}
    yield from _of_places(places, by_id, points)
    yield from _twins(places, points)
    yield from _of_rows(rows, by_id)
    yield from _of_outlines(folder / OUTLINES, by_id, points)
    spellings = [_Spelling(row["name"], row, row) for row in places]
    spellings += [
        _Spelling(row["text"], by_id[row["place"]], row)
        for row in rows
        if row["place"] in by_id and row["kind"] != "generic"
    ]
    yield from _ordinary(spellings, {names.plain(stop.text) for stop in stops})
    yield from _shared(spellings)


def _out_of_order(file: str, keys: list[tuple[str, ...]], rows: Sequence[Row] | Sequence[Outline]) -> Iterator[Finding]:
    for at in range(1, len(keys)):
        if keys[at] < keys[at - 1]:
            text = f"{keys[at][-1]} stands after {keys[at - 1][-1]}: rows are sorted"
            yield Finding(file, rows[at].line, False, text)


def _of_places(
    rows: list[Row], by_id: Mapping[str, Row], points: Mapping[str, tuple[float, float]]
) -> Iterator[Finding]:
    kinds = Counter(row["kind"] for row in rows)
    for row in rows:
        for text in _of_place(row, by_id, points, kinds):
            yield Finding(PLACES, row.line, False, f"{row['id']}: {text}")


def _of_place(
    row: Row, by_id: Mapping[str, Row], points: Mapping[str, tuple[float, float]], kinds: Mapping[str, int]
) -> Iterator[str]:
    if row["kind"] not in KINDS and kinds[row["kind"]] < 3:
        yield f"kind {row['kind']} is not one of gazetteer/README.md"
    if not row["source"]:
        yield "no source"
    here, parent = points.get(row["id"]), by_id.get(row["parent"])
    if here == (0.0, 0.0):
        yield "0 0 is open sea; leave the position empty where it is not known"
    elif here is not None:
        yield from _of_country(row["country"], here)
    if parent is None:
        if row["kind"] not in ("country", "region", "river", "road", "mountain"):
            yield "lies in no other place; `gazetteer move ID --into PARENT` says where"
        return
    if row["country"] and parent["country"] and row["country"] != parent["country"]:
        yield f"is in {row['country']} and its parent {parent['id']} in {parent['country']}"
    above = points.get(parent["id"])
    if here is not None and above is not None:
        away, reach = distance_m(here, above), max(LEAST_REACH_M, SLACK * _number(parent["radius_m"]))
        if away > reach and not _filed_under(row, parent):
            swapped = distance_m((here[1], here[0]), above) < reach if abs(here[1]) <= 90 else False
            hint = "; are latitude and longitude swapped?" if swapped else ""
            yield f"{away / 1000:.0f} km from its parent {parent['id']}{hint}"


def _filed_under(row: Row, parent: Row) -> bool:
    """Whether the row's own P-code, or that of its source, is one of the parent's: a long district reaches that far."""
    codes = (row["pcode"], row["source"].split(" ")[-1])
    return bool(parent["pcode"]) and any(code.startswith(parent["pcode"]) for code in codes)


@cache
def _countries() -> Countries:
    return Countries()


def _of_country(code: str, here: tuple[float, float]) -> Iterator[str]:
    country = _countries().place(code.upper()) if code else None
    if country is None or country.lat is None or country.lon is None:
        return
    away = distance_m(here, (country.lat, country.lon))
    if away > COUNTRY_REACH * country.radius_m + LEAST_REACH_M:
        yield f"{away / 1000:.0f} km from the middle of {country.name}, and so not in it"


def _twins(rows: list[Row], points: Mapping[str, tuple[float, float]]) -> Iterator[Finding]:
    """Pairs nearer than TWINS_M: of one kind and without a note, or of one name.

    Points are gathered in cells of a hundredth of a degree of latitude, wider ones of longitude towards the poles.
    """
    cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row["id"] not in points:
            continue
        lat, lon = points[row["id"]]
        cell = (math.floor(lat * 100), math.floor(lon * 100))
        reach = min(3600, math.ceil(TWINS_M / (1113 * max(0.01, math.cos(math.radians(lat))))))
        for near in {(cell[0] + up, cell[1] + right) for up in (-1, 0, 1) for right in range(-reach, reach + 1)}:
            for other in cells.get(near, ()):
                away = distance_m((lat, lon), points[other["id"]])
                if away < TWINS_M and _one_place(row, other):
                    text = f"{row['id']}: {away:.0f} m from {other['id']} (line {other.line}); `gazetteer merge` makes "
                    yield Finding(PLACES, row.line, False, text + "one of them, a note tells them apart")
        cells[cell].append(row)


def _one_place(row: Row, other: Row) -> bool:
    if row["note"] or other["note"]:
        return False
    return row["kind"] == other["kind"] or names.key(row["name"]) == names.key(other["name"]) != ""


def _of_rows(rows: list[Row], by_id: Mapping[str, Row]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = (row["place"], row["text"], row["language"])
        if key in seen:
            yield Finding(NAMES, row.line, False, f"{row['place']}: {row['text']} stands in line {seen[key]} already")
        seen.setdefault(key, row.line)
        if not row["language"] and row["place"] in by_id and by_id[row["place"]]["name"] != row["text"]:
            yield Finding(NAMES, row.line, False, f"{row['place']}: {row['text']} has no language")


def _of_outlines(path: Path, by_id: Mapping[str, Row], points: Mapping[str, tuple[float, float]]) -> Iterator[Finding]:
    """Outlines that lie farther from the point of their place than its radius. Faulty ones are errors of `check`."""
    if not pending.stands(path):
        return
    try:
        found = [one for one in sifted(path, text_of(path)) if isinstance(one, Outline) and one.place in points]
    except ControlmapError:
        return
    yield from _out_of_order(OUTLINES, [(one.place,) for one in found], found)
    for one in found:
        away, radius = _away_m(one, points[one.place]), _number(by_id[one.place]["radius_m"]) or DEFAULT_RADIUS_M
        if away > radius:
            lat, lon = points[one.place]
            swapped = abs(lon) <= 90 and _away_m(one, (lon, lat)) <= radius
            text = f"{one.place}: its point lies {away / 1000:.1f} km outside its outline; its radius is {radius:.0f} m"
            hint = "; are latitude and longitude of the outline swapped?" if swapped else ""
            yield Finding(OUTLINES, one.line, False, text + hint)


def _away_m(outline: Outline, here: tuple[float, float]) -> float:
    """Metres from a point (lat, lon) to the nearest of an outline; 0 inside."""
    from shapely import transform
    from shapely.geometry import Point

    east = math.cos(math.radians(here[0]))  # so that the nearest in the plane is the nearest on the ground
    flat = transform(outline.shape, lambda lon, lat: ((lon - here[1]) * east, lat - here[0]), interleaved=False)
    return float(flat.distance(Point(0, 0))) * METRES_PER_DEGREE


def _ordinary(spellings: Iterable[_Spelling], stopped: set[str]) -> Iterator[Finding]:
    """Names of one word that are a word of English, and that the stoplist does not know."""
    for one in spellings:
        plain = names.plain(one.text)
        if plain and set(plain) <= _LATIN_WORD and plain not in stopped and plain in ordinary_words():
            text = f"{one.place['id']}: {one.text} is an ordinary word; a row of {STOPLIST} with the rule evidence "
            yield Finding(one.row.path.name, one.row.line, False, text + "lets it be a place only beside a sign of one")


@cache
def ordinary_words() -> frozenset[str]:
    """Words of English that are no names: adjectives, adverbs and verbs of the model's dictionary (WordNet), and the
    words of our own lists. Its nouns are left out: they hold the capitals of the world."""
    from spacy.lookups import Lookups

    from geo.model import model_folder

    index = Lookups().from_disk(model_folder() / "lemmatizer" / "lookups").get_table("lemma_index")
    words = {word for part in ("adj", "adv", "verb") for word in index.get(part, ())}
    words |= {row["word"].casefold() for name in ("mention_words.csv", "place_words.csv") for row in data_rows(name)}
    return frozenset(words)


def _shared(spellings: Iterable[_Spelling]) -> Iterator[Finding]:
    """Names of two places that no kind, parent or note tells apart."""
    groups: dict[str, list[_Spelling]] = defaultdict(list)
    for one in spellings:
        plain = names.strip_articles(names.plain(one.text))
        if plain:
            groups[plain].append(one)
    told: set[tuple[str, str]] = set()
    for group in groups.values():
        for at, one in enumerate(group):
            for other in group[:at]:
                pair = (other.place["id"], one.place["id"])
                if pair[0] != pair[1] and pair not in told and _alike(one.place, other.place):
                    told.add(pair)
                    text = (
                        f"{one.place['id']}: {one.text} is also a name of {other.place['id']} ({other.where}), of the "
                        "same kind in the same place; a note, a parent or a spelling of its own tells them apart"
                    )
                    yield Finding(one.row.path.name, one.row.line, False, text)


def _alike(one: Row, other: Row) -> bool:
    return one["kind"] == other["kind"] and one["parent"] == other["parent"] and not (one["note"] or other["note"])


def _point(row: Row) -> tuple[float, float] | None:
    try:
        return float(row["lat"].replace(",", ".")), float(row["lon"].replace(",", "."))
    except ValueError:
        return None


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0
