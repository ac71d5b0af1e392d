"""`controlmap gazetteer add`"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_kind, complete_place
from geo.errors import InputError
from geo.gazetteer.files import CERTAINTIES, PLACE_COLUMNS
from geo.points import point_of

_ASIDE = frozenset({"aliases", "layer", "because", "score", "near"})
"""Keys of the records of `lookup`, `list` and `search` that are no columns of places.csv."""


@click.command("add")
@click.argument("name", metavar="NAME|-")
@click.option("--at", "position", metavar="LAT LON",
              help='Position in degrees, as in "36.2 37.1". Not known: leave out.')  # fmt: skip
@click.option("--lat", type=float, help="Latitude in degrees; instead of --at.")
@click.option("--lon", type=float, help="Longitude in degrees; instead of --at.")
@click.option("--kind", default="settlement", show_default=True, shell_complete=complete_kind, help="Kind of place.")
@click.option("--parent", metavar="ID", shell_complete=complete_place, help="The place that it lies in.")
@click.option("--country", metavar="CC", help="Two letters of ISO 3166. Default: that of the parent.")
@click.option("--radius", "radius_m", type=float, metavar="METRES", help="How far from the point the true spot may be.")
@click.option("--certainty", default="", metavar="WORD", type=click.Choice(["", *CERTAINTIES]),
              help="Of the position: certain (looked up), less-certain (fits), uncertain (not checked).")  # fmt: skip
@click.option("--population", type=click.IntRange(0))
@click.option("--alias", "aliases", multiple=True, metavar="TEXT", help="A further spelling; may be repeated.")
@click.option("--source", default="own check", show_default=True, help="Where the position comes from.")
@click.option("--note", default="", help="What an editor should know.")
@click.option("--id", "place_id", metavar="ID", help="Default: made of the name.")
@edit_options
def add_command(
    name: str, position: str | None, lat: float | None, lon: float | None, aliases: tuple[str, ...], edit: Edit,
    **given: Any,
) -> None:  # fmt: skip
    """Add a place. Doubts about the new row go to stderr.

    With - for NAME, add every place of standard input, one JSON object a line, with the columns of places.csv and
    `aliases`, as `controlmap gazetteer lookup --json` prints them: all of them, or none.

    \b
    Examples:
      controlmap gazetteer add "Tal Example" --at "36.2 37.1" --parent aleppo-governorate --alias "Tell Example"
      controlmap gazetteer add "Lost Farm" --parent aleppo-governorate --note "no position known" --dry-run
    """
    with edit.session() as session:
        if name == "-":
            made = [_added(session, new, spellings) for new, spellings in _rows()]
        else:
            new = edits.NewPlace(name, point=_point(position, lat, lon), **given)
            made = [_added(session, new, aliases)]
    edit.tell(session, [f"{place_id} added" for place_id in made], ids=made)
    if not edit.dry_run:
        for finding in edits.check(edit.folder):
            if finding.text.startswith(tuple(f"{place_id}: " for place_id in made)):
                click.echo(f"{finding.file}:{finding.line}: {finding.text}", err=True)


def _added(session: edits.Session, new: edits.NewPlace, aliases: tuple[str, ...]) -> str:
    place_id = edits.add_place(session, new)
    for alias in aliases:
        edits.add_name(session, place_id, alias)
    return place_id


def _point(position: str | None, lat: float | None, lon: float | None) -> edits.Point | None:
    if (lat is None) != (lon is None) or (position is not None and lat is not None):
        raise click.UsageError('Give the position as --at "36.2 37.1", or as --lat and --lon.')
    if lat is not None and lon is not None:
        return point_of(lat, lon)
    return None if position is None else edits.parse_point(position)


def _rows() -> Iterator[tuple[edits.NewPlace, tuple[str, ...]]]:
    """The places of standard input."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("no object")
            yield _new(row), tuple(str(text) for text in row.get("aliases") or ())
        except InputError as error:
            raise InputError(str(error), "-", number) from error
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"is no place as a JSON object: {error}", "-", number) from error


def _new(row: dict[str, Any]) -> edits.NewPlace:
    unknown = [key for key in row if key not in PLACE_COLUMNS and key not in _ASIDE]
    if unknown:
        raise InputError(f"{unknown[0]!r} is no column of places.csv; the columns are {', '.join(PLACE_COLUMNS)}")
    known = {key: value for key, value in row.items() if value not in (None, "") and key not in _ASIDE}
    at = None if "lat" not in known or "lon" not in known else point_of(float(known["lat"]), float(known["lon"]))
    return edits.NewPlace(
        str(row["name"]), kind=str(known.get("kind", "settlement")), point=at,
        radius_m=float(known["radius_m"]) if "radius_m" in known else None, parent=known.get("parent"),
        country=known.get("country"), population=int(known["population"]) if "population" in known else None,
        source=str(known.get("source", "own check")), note=str(known.get("note", "")), place_id=known.get("id"),
        more={key: str(known[key]) for key in PLACE_COLUMNS if key in known and key not in _FIELDS},
    )  # fmt: skip


_FIELDS = frozenset(
    ("id", "name", "kind", "lat", "lon", "radius_m", "parent", "country", "population", "source", "note")
)
