"""`controlmap actors unalias`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("unalias")
@click.argument("actor_id", metavar="ID")
@click.argument("text")
@click.option("--country", metavar="CC", help="Only the name of this country. Default: of all.")
@why
@options.workspace
def unalias_command(actor_id: str, text: str, country: str | None, why: str, folder: Path | None) -> None:
    """Remove a name of an actor.

    \b
    Example:
      controlmap actors unalias sdf "the Kurdish-led alliance"
    """
    edits.remove_actor_name(own_folder(folder), actor_id, text, country=country, why=why)
    click.echo(f"{actor_id}: {text} removed")
