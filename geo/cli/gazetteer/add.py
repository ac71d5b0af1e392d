"""`controlmap gazetteer add`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("add")
@click.argument("name")
@click.option("--at", "position", metavar="LAT LON",
              help='Position in degrees, as in "36.2 37.1". Not known: leave out.')  # fmt: skip
@click.option("--lat", type=float, help="Latitude in degrees; instead of --at.")
@click.option("--lon", type=float, help="Longitude in degrees; instead of --at.")
@click.option("--kind", default="settlement", show_default=True, help="Kind of place.")
@click.option("--parent", metavar="ID", help="The place that it lies in.")
@click.option("--country", metavar="CC", help="Two letters of ISO 3166. Default: that of the parent.")
@click.option("--radius", "radius_m", type=float, metavar="METRES", help="How far from the point the true spot may be.")
@click.option("--population", type=click.IntRange(0))
@click.option("--alias", "aliases", multiple=True, metavar="TEXT", help="A further spelling; may be repeated.")
@click.option("--source", default="own check", show_default=True, help="Where the position comes from.")
@click.option("--note", default="", help="What an editor should know.")
@click.option("--id", "place_id", metavar="ID", help="Default: made of the name.")
@why
@options.workspace
def add_command(
    name: str,
    position: str | None,
    lat: float | None,
    lon: float | None,
    kind: str,
    parent: str | None,
    country: str | None,
    radius_m: float | None,
    population: int | None,
    aliases: tuple[str, ...],
    source: str,
    note: str,
    place_id: str | None,
    why: str,
    folder: Path | None,
) -> None:
    """Add a place. Prints its id; doubts about the new row go to stderr.

    \b
    Example:
      controlmap gazetteer add "Tal Example" --at "36.2 37.1" --parent aleppo-governorate --alias "Tell Example"
    """
    if (lat is None) != (lon is None) or (position is not None and lat is not None):
        raise click.UsageError('Give the position as --at "36.2 37.1", or as --lat and --lon.')
    if lat is not None:
        position = f"{lat:.7f} {lon:.7f}"
    point = None if position is None else edits.parse_point(position)
    target = own_folder(folder)
    place_id = edits.add_place(
        target, name, kind=kind, point=point, radius_m=radius_m, parent=parent, country=country,
        population=population, source=source, note=note, place_id=place_id, why=why,
    )  # fmt: skip
    for alias in aliases:
        edits.add_name(target, place_id, alias, why=why)
    click.echo(place_id)
    for finding in edits.check(target):
        if finding.text.startswith(f"{place_id}: "):
            click.echo(f"{finding.file}:{finding.line}: {finding.text}", err=True)
