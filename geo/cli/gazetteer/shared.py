"""What the gazetteer commands share: finding the place that an id means, ids from standard input, records."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from geo.cli.door import did_you_mean
from geo.edits.places import KINDS
from geo.errors import ControlmapError, InputError, NotFoundError
from geo.gazetteer import Gazetteer, Place
from geo.tables import Row, read_table
from geo.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
MOST_LINES = 100_000
"""Lines taken from standard input: an edit of more is an import."""
COLUMNS = ("id", "name", "kind", "position", "country")


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
        "radius_m": place.radius_m, "certainty": place.certainty or None, "parent": place.parent,
        "country": place.country, "population": place.population or None, "source": place.source, "note": place.note,
        "layer": place.layer,
    }  # fmt: skip


def listed(given: Sequence[str], key: str) -> list[str]:
    """The arguments, with `-` replaced by the lines of standard input: plain, or JSON objects with `key`."""
    out: list[str] = []
    for one in given:
        out += list(_lines(key)) if one == "-" else [one]
    if not out:
        raise InputError("standard input has no line", "-")
    return out


def _lines(key: str) -> Iterator[str]:
    for number, line in enumerate(sys.stdin, 1):
        if number > MOST_LINES:
            raise InputError(f"more than {MOST_LINES} lines; use `controlmap gazetteer import`", "-", number)
        text = line.strip()
        if text.startswith("{"):
            try:
                text = json.loads(text)[key]
            except (ValueError, KeyError) as error:
                raise InputError(f"is no JSON object with {key!r}", "-", number) from error
        if text:
            yield str(text)


def row(known: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a table, from a record: the position in one, as `--at` takes it."""
    position = "unknown" if known["lat"] is None else f"{known['lat']:.5g} {known['lon']:.5g}"
    return {**known, "position": position}


def why(function: F) -> F:
    """--why TEXT."""
    return click.option("--why", default="", metavar="TEXT", help="Reason, kept in gazetteer/changes.log.")(function)


def complete_place(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of places.csv that begin so, for the shell. Says nothing where there is no workspace."""
    return [CompletionItem(row["id"], help=row["name"]) for row in _rows(ctx) if row["id"].startswith(incomplete)]


def complete_kind(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Kinds of place that begin so, those of places.csv among them."""
    known = sorted({*KINDS, *(row["kind"] for row in _rows(ctx))})
    return [CompletionItem(kind) for kind in known if kind.startswith(incomplete)]


def _rows(ctx: click.Context) -> list[Row]:
    try:
        path = Workspace.find(ctx.params.get("folder")).gazetteer / "places.csv"
        return list(read_table(path, ("id", "name", "kind")))
    except ControlmapError:  # in the middle of a line that is being typed, an error has nowhere to go
        return []
