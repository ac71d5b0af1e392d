"""Bringing places from a file into the gazetteer: all of them as one change, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo.edits.names import script_of
from geo.edits.outlines import take_outlines
from geo.edits.places import KINDS, slug
from geo.edits.session import NAMES, PLACES, Session, clean
from geo.edits.table import Record
from geo.errors import InputError
from geo.interchange import Entry


class Clash(StrEnum):
    """What to do with a place whose id is there already."""

    STOP = "stop"
    SKIP = "skip"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import came to: ids of places added and changed, places left as they are, spellings added."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    skipped: tuple[str, ...]
    names: int


def kinds_of(session: Session) -> frozenset[str]:
    """The kinds that a place may have: those of the README and those that the table uses."""
    return frozenset({*KINDS, *(row["kind"] for row in session.table(PLACES).rows)})


def import_entries(
    session: Session, entries: Iterable[Entry], *, clash: Clash = Clash.STOP, parent: str = "", country: str = "",
    source: str = "",
) -> Brought:  # fmt: skip
    """Bring entries in. parent, country, source: for those that say none. Raises InputError with the file and line.

    A parent may be given as an id, of the file or of the gazetteer, or as a P-code of the gazetteer.
    """
    rows = session.places()
    usual = {"parent": parent, "country": country, "source": source}
    found = [_Coming(entry, {**{c: v for c, v in usual.items() if v}, **entry.cells}) for entry in entries]
    _name_them(found, rows)
    by_code = {row["pcode"]: row["id"] for row in rows.values() if row["pcode"]}
    ids = {*rows, *(one.cells["id"] for one in found)}
    added, updated, skipped = [], [], []
    new_rows: list[dict[str, str]] = []
    for one in found:
        place_id = one.cells["id"]
        _settle_parent(one, ids, by_code)
        if place_id not in rows:
            added.append(place_id)
            new_rows.append(one.cells)
        elif clash is Clash.STOP:
            raise one.entry.error(
                f"{place_id} is there already ({rows[place_id]['name']}); --on-clash skip leaves it as it is, update "
                "takes over what the file says"
            )
        elif clash is Clash.SKIP:
            skipped.append(place_id)
        elif {**rows[place_id].cells, **one.cells} != dict(rows[place_id].cells):
            session.replace(PLACES, rows[place_id], {**rows[place_id].cells, **one.cells})
            updated.append(place_id)
    session.add_all(PLACES, new_rows)
    left = set(skipped)
    names = _names(session, [one for one in found if one.cells["id"] not in left])
    session.add_all(NAMES, names)
    drawn = _outlines(session, [one for one in found if one.cells["id"] not in left])
    updated += sorted(set(drawn) - {*added, *updated})
    outlines = f", {len(drawn)} outlines" if drawn else ""
    session.say(f"import {len(added)} places, change {len(updated)}, {len(names)} spellings{outlines}")
    return Brought(tuple(added), tuple(updated), tuple(skipped), len(names))


@dataclass(slots=True)
class _Coming:
    """An entry on its way, its cells cleaned."""

    entry: Entry
    cells: dict[str, str]

    def __post_init__(self) -> None:
        try:
            self.cells = {column: clean(value, column) for column, value in self.cells.items()}
        except InputError as error:
            raise self.entry.error(str(error)) from None


def _name_them(found: list[_Coming], rows: Mapping[str, Record]) -> None:
    """Give an id to each that has none: of its name, told apart by its parent or a number. Ids are used once."""
    used = Counter(one.cells["id"] for one in found if "id" in one.cells)
    twice = next((one for one in found if used[one.cells.get("id", "")] > 1), None)
    if twice is not None:
        raise twice.entry.error(f"{twice.cells['id']} stands twice in the file; give one of them another id")
    taken = {*rows, *used}
    for one in found:
        if "id" in one.cells:
            continue
        wanted = slug(one.cells["name"])
        if not wanted:
            raise one.entry.error(f"no id can be made of {one.cells['name']!r}; give one in a column id")
        tries = [wanted, f"{wanted}-{one.cells['parent']}"] if one.cells.get("parent") else [wanted]
        made = next((each for each in tries if each not in taken), None)
        number = 2
        while made is None:
            made = None if f"{wanted}-{number}" in taken else f"{wanted}-{number}"
            number += 1
        taken.add(made)
        one.cells["id"] = made


def _settle_parent(one: _Coming, ids: set[str], by_code: Mapping[str, str]) -> None:
    parent = one.cells.get("parent")
    if not parent or parent in ids:
        return
    if parent not in by_code:
        raise one.entry.error(
            f"parent {parent!r} of {one.cells['id']} is neither in the file nor in the gazetteer; import it first, or "
            "map another column with --map parent=COLUMN"
        )
    one.cells["parent"] = by_code[parent]


def _outlines(session: Session, found: list[_Coming]) -> list[str]:
    """Take the outlines that come with the entries; ids of the places whose outline is new or another."""
    try:
        return take_outlines(session, {one.cells["id"]: one.entry.outline for one in found if one.entry.outline})
    except InputError as error:
        raise InputError(f"an outline of the file: {error}") from None


def _names(session: Session, found: list[_Coming]) -> list[dict[str, str]]:
    known = {(row["place"], row["text"], row["language"]) for row in session.table(NAMES).rows}
    out = []
    for one in found:
        for name in one.entry.names:
            text = clean(name["text"], "a name")
            script, spoken = script_of(text)
            row = {"kind": "variant", **name, "place": one.cells["id"], "text": text}
            row["language"] = name.get("language") or spoken or "und"
            row["script"] = name.get("script") or script
            key = (row["place"], row["text"], row["language"])
            if key not in known:
                known.add(key)
                out.append(row)
    return out
