"""`controlmap gazetteer remove`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("remove")
@click.argument("place_id", metavar="ID")
@why
@options.workspace
def remove_command(place_id: str, why: str, folder: Path | None) -> None:
    """Remove a place and its spellings. Refused while other places lie in it.

    \b
    Example:
      controlmap gazetteer remove tal-example --why "stood twice"
    """
    edits.remove_place(own_folder(folder), place_id, why=why)
    click.echo(f"{place_id} removed; `controlmap gazetteer undo` brings it back")
