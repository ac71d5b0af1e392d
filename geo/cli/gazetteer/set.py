"""`controlmap gazetteer set`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("place_id", metavar="ID")
@click.argument("column")
@click.argument("value")
@why
@options.workspace
def set_command(place_id: str, column: str, value: str, why: str, folder: Path | None) -> None:
    """Set one column of a place; an empty VALUE ("") clears it.

    COLUMN is a column of places.csv, or point for latitude and longitude together.

    \b
    Examples:
      controlmap gazetteer set nubl radius_m 1500
      controlmap gazetteer set nubl point "36.3747 36.9957"
    """
    before = edits.set_field(own_folder(folder), place_id, column, value, why=why)
    click.echo(f"{place_id} {column}: {before or '(empty)'} -> {value or '(empty)'}")
