"""Edits of areas.geojson: give a place an outline, take it away, hand it on. Steps of a `Session`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.edits.features import cells_of
from geo.edits.places import row_of
from geo.edits.session import Session, clean
from geo.edits.table import Record
from geo.errors import InputError, NotFoundError
from geo.gazetteer.outlines import OUTLINES, TYPES, parsed, place_of, shape_of, source_of


def given_outline(text: str, path: Path | str, place_id: str) -> tuple[dict[str, Any], str]:
    """The geometry that a GeoJSON text gives a place, and its source: a geometry, a feature, or a collection.

    Of several features the one whose id or property `place` is the place's. Raises InputError with the file.
    """
    value = parsed(text, path)
    if isinstance(value, dict) and isinstance(value.get("features"), list):
        found = value["features"]
        if len(found) != 1:
            found = [one for one in found if place_of(one) == place_id]
        if len(found) != 1:
            raise InputError(f"has {len(found)} features with the id {place_id}; leave one feature in it", path)
        value = found[0]
    source = ""
    if isinstance(value, dict) and value.get("type") == "Feature":
        source, value = source_of(value), value.get("geometry")
    try:
        shape_of(value)
    except InputError as error:
        raise InputError(str(error), path) from None
    return {"type": value["type"], "coordinates": value["coordinates"]}, source


def set_outline(session: Session, place_id: str, geometry: dict[str, Any], source: str = "") -> bool:
    """Give a place this outline; whether it had one before. An outline that is the same already is no change."""
    row_of(session.places(), place_id)
    had = _outline(session, place_id) is not None
    if take_outlines(session, {place_id: (geometry, source)}):
        session.say(f"outline of {place_id}")
    return had


def take_outlines(session: Session, found: Mapping[str, tuple[Mapping[str, Any], str]]) -> list[str]:
    """Give many places their outlines (geometry, source); return those whose outline is not what it was."""
    known = {row["id"]: row for row in session.table(OUTLINES).rows}
    new, changed = [], []
    for place_id, (geometry, source) in found.items():
        source = clean(source, "the source")
        properties = {"source": source} if source else {}
        feature = {"type": "Feature", "id": place_id, "properties": properties, "geometry": geometry}
        if place_id not in known:
            new.append(cells_of(place_id, feature))
        elif _said(known[place_id]) == (geometry, source):
            continue
        else:
            session.replace(OUTLINES, known[place_id], cells_of(place_id, feature))
        changed.append(place_id)
    session.add_all(OUTLINES, new)
    return changed


def _said(record: Record) -> tuple[Any, str]:
    """The geometry and the source of an outline, without what is not ours."""
    feature = json.loads(record["feature"])
    shape = feature.get("geometry")
    if isinstance(shape, dict) and shape.get("type") in TYPES:
        shape = {"type": shape["type"], "coordinates": shape.get("coordinates")}
    return shape, source_of(feature)


def remove_outline(session: Session, place_id: str) -> None:
    """Take a place's outline away. Raises NotFoundError where it has none."""
    old = _outline(session, place_id)
    if old is None:
        row_of(session.places(), place_id)
        raise NotFoundError(f"{place_id} has no outline in {OUTLINES}")
    session.remove(OUTLINES, old)
    session.say(f"no outline of {place_id}")


def hand_on_outline(session: Session, giver: str, taker: str) -> None:
    """Make the outline of one place that of another. Raises InputError where both have one."""
    old = _outline(session, giver)
    if old is None:
        return
    if _outline(session, taker) is not None:
        raise InputError(
            f"{taker} and {giver} have an outline each; `gazetteer set {giver} --no-outline` takes away one of them"
        )
    session.remove(OUTLINES, old)
    session.add(OUTLINES, cells_of(taker, json.loads(old["feature"])))


def _outline(session: Session, place_id: str) -> Record | None:
    return next(iter(session.table(OUTLINES).find(id=place_id)), None)
