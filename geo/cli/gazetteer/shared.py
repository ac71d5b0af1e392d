"""What the gazetteer commands share: finding the place that an id means, and options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.cli.door import did_you_mean
from geo.errors import NotFoundError
from geo.gazetteer import Gazetteer, Place
from geo.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
COLUMNS = ("id", "name", "kind", "lat", "lon", "radius_m", "parent", "country")


def own_folder(folder: Path | None) -> Path:
    """The gazetteer folder of a workspace that may be changed."""
    workspace = Workspace.find(folder)
    workspace.check_editable()
    return workspace.gazetteer


def place_of(gazetteer: Gazetteer, place_id: str) -> Place:
    """The place, or NotFoundError that offers the nearest ids and the ids of places of that name."""
    try:
        return gazetteer.place(place_id)
    except NotFoundError:
        named = [found.place.id for found in gazetteer.lookup(place_id)[:3]]
        hint = f" Did you mean {' or '.join(named)}?" if named else did_you_mean(place_id, list(gazetteer.places))
        raise NotFoundError(f"no place '{place_id}' in the gazetteer.{hint}") from None


def record(place: Place) -> dict[str, Any]:
    """A place as a flat record."""
    return {
        "id": place.id, "name": place.name, "kind": place.kind, "lat": place.lat, "lon": place.lon,
        "radius_m": place.radius_m, "parent": place.parent, "country": place.country,
        "population": place.population or None, "source": place.source, "note": place.note, "layer": place.layer,
    }  # fmt: skip


def why(function: F) -> F:
    """--why TEXT."""
    return click.option("--why", default="", metavar="TEXT", help="Reason, kept in gazetteer/changes.log.")(function)
