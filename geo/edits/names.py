"""Edits of names.csv: add and remove a spelling, join two places, make two of one. Steps of a `Session`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from geo.edits.judging import follow
from geo.edits.outlines import hand_on_outline
from geo.edits.places import NewPlace, add_place, near, row_of
from geo.edits.session import NAMES, PLACES, Session, clean
from geo.errors import InputError, NotFoundError
from geo.gazetteer.files import NAME_KINDS

_SCRIPTS = {"ARABIC": ("Arab", "ar"), "LATIN": ("Latn", "en"), "CYRILLIC": ("Cyrl", ""), "HEBREW": ("Hebr", "he")}
_FILLED = ("lat", "lon", "radius_m", "certainty", "parent", "country", "population", "pcode", "geonames", "wikidata")
"""Columns that a place takes from the one joined to it, where its own are empty."""


def add_name(
    session: Session,
    place_id: str,
    text: str,
    *,
    language: str | None = None,
    kind: str = "variant",
    valid_from: str = "",
    valid_to: str = "",
    source: str = "own",
) -> None:
    """Add a spelling to a place. language: BCP 47; by default told by the script (Arabic ar, Latin en)."""
    text = clean(text, "the spelling")
    if not text:
        raise InputError("the spelling is empty")
    if kind not in NAME_KINDS:
        raise InputError(f"{kind!r} is no kind of name; one of {', '.join(sorted(NAME_KINDS))}")
    script, spoken = script_of(text)
    language = language or spoken
    if not language:
        raise InputError(f"say with --language which language {text!r} is, as in uk")
    row_of(session.places(), place_id)
    if session.table(NAMES).find(place=place_id, text=text, language=language):
        raise InputError(f"{place_id} has the spelling {text!r} already")
    cells = {
        "place": place_id, "text": text, "language": language, "script": script, "kind": kind,
        "valid_from": valid_from, "valid_to": valid_to, "source": clean(source, "the source"),
    }  # fmt: skip
    session.add(NAMES, cells)
    session.say(f"alias {place_id} {text}")


def remove_name(session: Session, place_id: str, text: str) -> None:
    """Remove a spelling of a place. Raises NotFoundError where the place has no such row."""
    text = clean(text, "the spelling")
    place = row_of(session.places(), place_id)
    found = session.table(NAMES).find(place=place_id, text=text)
    if not found and place["name"] == text:
        raise InputError(f"{text!r} is the name of {place_id}; change it with `gazetteer set {place_id} name`")
    if not found:
        known = [row["text"] for row in session.table(NAMES).find(place=place_id)]
        raise NotFoundError(f"{place_id} has no spelling {text!r}{near(text, known)}")
    for row in found:
        session.remove(NAMES, row)
    session.say(f"unalias {place_id} {text}")


def merge_places(session: Session, keep: str, other: str) -> None:
    """Make one place of two: `keep` gets the other's name and spellings, what lies in it, and what it lacks itself.

    Raises InputError where both have an outline.
    """
    rows = session.places()
    kept, gone = row_of(rows, keep), row_of(rows, other)
    if keep == other:
        raise InputError(f"{keep} cannot be joined to itself")
    above, seen = kept["parent"], {keep}
    while above in rows and above not in seen:
        if above == other:
            raise InputError(f"{keep} lies in {other}; `gazetteer move {keep} --into OTHER` first")
        seen.add(above)
        above = rows[above]["parent"]
    cells = dict(kept.cells)
    own = ("lat", "lon", "radius_m", "certainty") if cells.get("lat") or cells.get("lon") else ()
    for column in _FILLED:
        if not cells.get(column) and column not in own and gone[column] != keep:
            cells[column] = gone[column]
    if cells != dict(kept.cells):
        session.replace(PLACES, kept, cells)
    for row in rows.values():
        if row["parent"] == other:
            session.replace(PLACES, row, {**row.cells, "parent": keep})
    _take_names(session, other, keep, [row["text"] for row in session.table(NAMES).find(place=other)])
    known = {kept["name"], *(row["text"] for row in session.table(NAMES).find(place=keep))}
    if gone["name"] not in known:
        script, language = script_of(gone["name"])
        session.add(NAMES, {"place": keep, "text": gone["name"], "language": language or "und", "script": script,
                            "kind": "variant", "source": gone["source"]})  # fmt: skip
    hand_on_outline(session, other, keep)
    follow(session, other, keep)
    session.remove(PLACES, session.places()[other])
    session.say(f"merge {other} into {keep}")


def split_place(session: Session, place_id: str, new: NewPlace, take: Sequence[str]) -> str:
    """Make a second place beside one, and give it these spellings of the first. Returns the new id."""
    row_of(session.places(), place_id)  # an outline stays with the place that had it
    known = [row["text"] for row in session.table(NAMES).find(place=place_id)]
    for text in take:
        if text not in known:
            raise NotFoundError(f"{place_id} has no spelling {text!r}{near(text, known)}")
    made = add_place(session, new)
    _take_names(session, place_id, made, take)
    session.say(f"split it from {place_id}")
    return made


def _take_names(session: Session, giver: str, taker: str, texts: Sequence[str]) -> None:
    """Rows of these spellings change hands; one that the taker has already goes."""
    for row in [row for row in session.table(NAMES).find(place=giver) if row["text"] in texts]:
        same = session.table(NAMES).find(place=taker, text=row["text"], language=row["language"])
        session.remove(NAMES, row)
        if not same:
            second = session.table(NAMES).find(place=taker, language=row["language"], kind="preferred")
            kind = "variant" if row["kind"] == "preferred" and second else row["kind"]
            session.add(NAMES, {**row.cells, "place": taker, "kind": kind})


def script_of(text: str) -> tuple[str, str]:
    """ISO 15924 code of the first letter's script, and the language that stands for it here."""
    for char in text:
        if char.isalpha():
            return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0], ("", ""))
    return "", ""
