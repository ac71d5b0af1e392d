"""`controlmap gazetteer layers`: reference layers behind the workspace's own places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from geo.cli import options, output
from geo.cli.gazetteer.shared import own_folder
from geo.errors import InputError
from geo.gazetteer.stored import stored_layers
from geo.reference import ReferenceRow, Skipped, read_rows, remove_layer, write_layer
from geo.reference.sources import FORMS
from geo.workspace import Workspace


@click.group("layers")
def layers_command() -> None:
    """Import, list and remove reference layers: tables of places that stand, read-only, behind your own.

    A layer is one file in gazetteer/layers/, made from a GeoNames dump, an OCHA / HDX table, an OpenStreetMap
    extract, Linked Places or any table with a header. Your own places always win over it.
    """


@layers_command.command("add")
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", type=click.Choice(FORMS), help="Form of the files, where it is not seen from them.")
@click.option(
    "--map", "mapping", multiple=True, metavar="FIELD=COLUMN",
    help="Column that holds a field (id, name, names, lat, lon, kind, country, population, pcode ...). Repeatable.",
)  # fmt: skip
@click.option("--alternates", type=click.Path(path_type=Path), help="GeoNames' table of alternate names.")
@click.option("--country", default="", metavar="CC", help="Two-letter country of rows that give none.")
@options.as_json
@options.workspace
def add(
    name: str,
    files: tuple[Path, ...],
    form: str | None,
    mapping: tuple[str, ...],
    alternates: Path | None,
    country: str,
    as_json: bool | None,
    folder: Path | None,
) -> None:
    """Make the layer NAME of one or more files; a layer of that name is replaced.

    \b
    Examples:
      controlmap gazetteer layers add gn SY.txt IQ.txt --alternates alternateNamesV2.txt
      controlmap gazetteer layers add ocha syr_admin4.xlsx --country SY
      controlmap gazetteer layers add villages list.csv --map name=Village --map lat=Y --map lon=X --map id=Code
    """
    target = own_folder(folder)
    columns = dict(_pair(entry) for entry in mapping)
    if country and not (len(country) == 2 and country.isalpha()):
        raise InputError(f"--country {country!r}: give the two letters of ISO 3166, as SY")
    skipped = Skipped.none()

    def found() -> Iterator[ReferenceRow]:
        return chain.from_iterable(
            read_rows(path, skipped, form=form, columns=columns, alternates=alternates, country=country.upper())
            for path in files
        )

    with output.stages() as say:
        made = write_layer(
            target, name, found(), ", ".join(path.name for path in files),
            (lambda done: say("Importing places", done, done)) if say else None,
        )  # fmt: skip
    output.record({"layer": name, "places": made.places, "names": made.names, "file": str(made.path)}, as_json)
    for reason, count in sorted(skipped.counts.items()):
        click.echo(f"{count} rows left out: {reason} (first: {skipped.first[reason]})", err=True)


def _pair(entry: str) -> tuple[str, str]:
    field, sign, column = entry.partition("=")
    if not sign or not field.strip() or not column.strip():
        raise InputError(f"--map {entry!r}: write it as FIELD=COLUMN, as name=Village")
    return field.strip(), column.strip()


@layers_command.command("list")
@options.as_json
@options.workspace
def list_layers(as_json: bool | None, folder: Path | None) -> None:
    """List the layers of a workspace.

    \b
    Example:
      controlmap gazetteer layers list
    """
    layers = stored_layers(Workspace.find(folder).gazetteer, {})
    records = []
    for layer in layers:
        meta = layer.meta()
        records.append(
            {
                "layer": layer.name,
                "places": int(meta["places"]),
                "names": int(meta["names"]),
                "sources": meta["sources"],
            }
        )
    output.rows(records, ("layer", "places", "names", "sources"), as_json, "No layers but the world towns.")


@layers_command.command("remove")
@click.argument("name")
@options.workspace
def remove(name: str, folder: Path | None) -> None:
    """Remove the layer NAME. The files it was made of are not touched.

    \b
    Example:
      controlmap gazetteer layers remove ocha
    """
    click.echo(f"Removed {remove_layer(own_folder(folder), name)}")
