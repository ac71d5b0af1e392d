"""Edits of actor_names.csv: add and remove what articles call an actor."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

from geo.edits.session import ACTOR_NAMES, ACTORS, Session, clean, editing
from geo.errors import InputError, NotFoundError


def add_actor_name(
    folder: Path,
    actor: str,
    text: str,
    *,
    country: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    role: bool = False,
    note: str = "",
    why: str = "",
) -> None:
    """Add a name to an actor, where and while it means that actor. A role word needs a country.

    Raises InputError where another actor has the same name at the same time and place.
    """
    text = clean(text, "the name")
    with editing(folder, why=why) as session:
        _check_actor(session, actor)
        cells = {
            "actor": actor, "text": text, "country": (country or "").upper(),
            "valid_from": valid_from.isoformat() if valid_from else "",
            "valid_to": valid_to.isoformat() if valid_to else "",
            "role": "1" if role else "", "note": clean(note, "the note"),
        }  # fmt: skip
        same = session.table(ACTOR_NAMES).find(actor=actor, text=text, country=cells["country"])
        if any(row["valid_from"] == cells["valid_from"] and row["valid_to"] == cells["valid_to"] for row in same):
            raise InputError(f"{actor} has the name {text!r} already")
        session.add(ACTOR_NAMES, cells)
        session.say(f"actor alias {actor} {text}")


def remove_actor_name(folder: Path, actor: str, text: str, *, country: str | None = None, why: str = "") -> None:
    """Remove a name of an actor: of all countries, or of one. Raises NotFoundError where there is none."""
    text = clean(text, "the name")
    with editing(folder, why=why) as session:
        _check_actor(session, actor)
        rows = session.table(ACTOR_NAMES).find(actor=actor)
        found = [row for row in rows if row["text"] == text and country in (None, row["country"])]
        if not found:
            raise NotFoundError(f"{actor} has no name {text!r}{_near(text, [row['text'] for row in rows])}")
        for row in found:
            session.remove(ACTOR_NAMES, row)
        session.say(f"actor unalias {actor} {text}")


def _check_actor(session: Session, actor: str) -> None:
    known = [row["id"] for row in session.table(ACTORS).rows]
    if actor not in known:
        raise NotFoundError(f"no actor {actor!r} in {ACTORS}{_near(actor, known)}")


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""
