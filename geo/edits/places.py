"""Edits of places.csv: add a place, set a column, move it, remove it. Each is a step of a `Session`."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.edits.session import JUDGEMENTS, NAMES, PLACES, Session, clean
from geo.edits.table import Record
from geo.errors import InputError, NotFoundError
from geo.gazetteer.files import PLACE_COLUMNS
from geo.gazetteer.outlines import OUTLINES
from geo.points import Point, cells_of, metres, parse_point

KINDS = (
    "country", "governorate", "district", "subdistrict", "region", "settlement", "neighbourhood", "airport", "base",
    "industrial_area", "crossing", "dam", "hill", "mountain", "road", "river", "island", "camp", "oil_field",
    "gas_field", "power_station", "prison", "hospital", "university", "market", "factory", "bridge", "landmark",
)  # fmt: skip
"""The kinds that gazetteer/README.md lists; those that a file uses already are allowed as well."""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be added. country: by default that of the parent. place_id: by default made of the name.

    certainty: of the point, one of `Certainty` or empty.
    more: further columns of places.csv (pcode, geonames, wikidata ...).
    """

    name: str
    kind: str = "settlement"
    point: Point | None = None
    radius_m: float | None = None
    parent: str | None = None
    certainty: str = ""
    country: str | None = None
    population: int | None = None
    source: str = "own check"
    note: str = ""
    place_id: str | None = None
    more: Mapping[str, str] | None = None


def add_place(session: Session, new: NewPlace) -> str:
    """Add a place and return its id. Raises InputError where it is there already or a value does not fit."""
    name = clean(new.name, "the name")
    if not name:
        raise InputError("the name of a place is empty")
    rows = session.places()
    above = None if not new.parent else row_of(rows, new.parent, "parent")
    check_kind(new.kind, rows.values())
    place_id = new.place_id or _free_id(name, new.parent, rows)
    if place_id in rows:
        raise InputError(f"{place_id} is there already ({rows[place_id]['name']}); `gazetteer set` changes it")
    cells = {
        "id": place_id, "name": name, "kind": new.kind, **cells_of(new.point),
        "radius_m": "" if new.radius_m is None else metres(new.radius_m),
        "certainty": new.certainty, "parent": new.parent or "",
        "country": (new.country or (above["country"] if above else "")).upper(),
        "population": "" if new.population is None else str(new.population),
        "source": clean(new.source, "the source"), "note": clean(new.note, "the note"),
    }  # fmt: skip
    for column, value in (new.more or {}).items():
        cells[_column(column)] = clean(value, column)
    session.add(PLACES, cells)
    session.say(f"add {place_id}")
    return place_id


def slug(name: str) -> str:
    """An id made of a name in Latin letters: small letters, digits and hyphens. Empty where none are left."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’‘ʿʾ`]", "", plain)).strip("-")


def _free_id(name: str, parent: str | None, rows: Mapping[str, Record]) -> str:
    wanted = slug(name)
    if not wanted:
        raise InputError(f"no id can be made of {name!r}; give one with --id, in small Latin letters")
    if wanted not in rows:
        return wanted
    known = rows[wanted]
    if not parent or known["parent"] == parent:
        raise InputError(
            f"{wanted} is there already ({known['name']}, in {known['parent'] or 'no parent'}); "
            f"a further spelling is added with `gazetteer alias {wanted}`, another place of that name with --id"
        )
    return f"{wanted}-{parent}"


def set_field(session: Session, place_id: str, column: str, value: str) -> str:
    """Set one column of a place; an empty value clears it. column "point" sets lat and lon. Returns the old value."""
    if column != "point":
        _column(column)
    value = clean(value, column)
    rows = session.places()
    old = row_of(rows, place_id)
    new = dict(old.cells)
    if column == "point":
        new |= cells_of(parse_point(value) if value else None)
        before = f"{old['lat']} {old['lon']}".strip()
    else:
        before, new[column] = old[column], value
    if column == "kind":
        check_kind(value, rows.values())
    if column == "parent" and value:
        row_of(rows, value, "parent")
    if column == "name" and not value:
        raise InputError("a place needs a name")
    session.replace(PLACES, old, new)
    session.say(f"set {column} of {place_id}")
    return before


def move_place(session: Session, place_id: str, *, point: Point | None = None, parent: str | None = None) -> Record:
    """Give a place another position, another parent ("" for none), or both. Returns the row before."""
    rows = session.places()
    old = row_of(rows, place_id)
    new = dict(old.cells)
    if point is not None:
        new |= cells_of(point)
    if parent is not None:
        new["parent"] = row_of(rows, parent, "parent")["id"] if parent else ""
    session.replace(PLACES, old, new)
    session.say(f"move {place_id}")
    return old


def remove_place(session: Session, place_id: str) -> None:
    """Remove a place, its spellings and its outline. Raises InputError where other places lie in it."""
    rows = session.places()
    place = row_of(rows, place_id)
    inside = [row["id"] for row in rows.values() if row["parent"] == place_id]
    if inside:
        shown = ", ".join(inside[:5]) + (f" and {len(inside) - 5} more" if len(inside) > 5 else "")
        raise InputError(f"{place_id} is the parent of {shown}; `gazetteer move ID --into OTHER` gives another parent")
    judged = session.table(JUDGEMENTS).find(place=place_id, withdrawn="")
    if judged:
        raise InputError(
            f"{len(judged)} mentions are judged to be {place_id} (first: {judged[0]['text']!r} in "
            f"{judged[0]['article']}); `gazetteer judge --withdraw {judged[0]['id']}` takes a judgement back"
        )
    for row in session.table(NAMES).find(place=place_id):
        session.remove(NAMES, row)
    for row in session.table(OUTLINES).find(id=place_id):
        session.remove(OUTLINES, row)
    session.remove(PLACES, place)
    session.say(f"remove {place_id}")


def row_of(rows: Mapping[str, Record], place_id: str, what: str = "place") -> Record:
    """The row of an id. Raises NotFoundError that offers the nearest ids."""
    if place_id in rows:
        return rows[place_id]
    named = [row["id"] for row in rows.values() if row["name"].casefold() == place_id.casefold()]
    raise NotFoundError(
        f"no {what} {place_id!r} in {PLACES}{near(place_id, named or rows, cutoff=0.0 if named else 0.6)}"
    )


def near(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """ "; did you mean ...?" with the nearest of the known words, or nothing."""
    found = difflib.get_close_matches(word, sorted(set(known)), n=3, cutoff=cutoff)
    return f"; did you mean {' or '.join(found)}?" if found else ""


def check_kind(kind: str, rows: Iterable[Record]) -> None:
    """Raises InputError where no row and no list has the kind."""
    known = {*KINDS, *(row["kind"] for row in rows)}
    if kind not in known:
        raise InputError(f"{kind!r} is no kind of place{near(kind, known) or '; one of ' + ', '.join(KINDS)}")


def _column(column: str) -> str:
    if column not in PLACE_COLUMNS[1:]:
        hint = near(column, (*PLACE_COLUMNS, "point")) or f"; the columns are {', '.join(PLACE_COLUMNS[1:])}, or point"
        reason = "; an id never changes, merge the place into a new one" if column == "id" else hint
        raise InputError(f"{column} cannot be set{reason}")
    return column
