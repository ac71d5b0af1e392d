"""`controlmap gazetteer list`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import options, output
from geo.cli.gazetteer.shared import COLUMNS, complete_kind, complete_place, place_of, record, row
from geo.gazetteer import Gazetteer
from geo.workspace import Workspace


@click.command("list")
@click.option("--kind", metavar="KIND", shell_complete=complete_kind, help="Only places of this kind, as in airport.")
@click.option(
    "--within", metavar="ID", shell_complete=complete_place, help="Only places that lie in this one, at any depth."
)
@click.option("--country", metavar="CC", help="Only places of this country, as in SY.")
@click.option("--no-position", is_flag=True, help="Only places whose position is not known.")
@options.as_json
@options.workspace
def list_command(
    kind: str | None,
    within: str | None,
    country: str | None,
    no_position: bool,
    as_json: bool | None,
    folder: Path | None,
) -> None:
    """List the places of the gazetteer.

    \b
    Examples:
      controlmap gazetteer list --kind airport
      controlmap gazetteer list --within aleppo-governorate --json
    """
    gazetteer = Gazetteer.load(Workspace.find(folder).gazetteer, reference=False)
    if within is not None:
        place_of(gazetteer, within)
    options.known("kind", kind, {place.kind for place in gazetteer.places.values()})
    options.known("country", country and country.upper(), {place.country for place in gazetteer.places.values()})
    found = [
        record(place)
        for place in gazetteer.places.values()
        if kind in (None, place.kind)
        and (country is None or place.country == country.upper())
        and (within is None or within in [above.id for above in gazetteer.ancestors(place.id)])
        and not (no_position and place.has_point)
    ]
    output.rows(found, COLUMNS, as_json, "No place is like that.", row=row)
