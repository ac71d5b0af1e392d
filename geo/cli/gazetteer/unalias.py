"""`controlmap gazetteer unalias`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("unalias")
@click.argument("place_id", metavar="ID")
@click.argument("text")
@why
@options.workspace
def unalias_command(place_id: str, text: str, why: str, folder: Path | None) -> None:
    """Remove a spelling of a place's name.

    \b
    Example:
      controlmap gazetteer unalias nubl Nubbul
    """
    edits.remove_name(own_folder(folder), place_id, text, why=why)
    click.echo(f"{place_id}: {text} removed")
