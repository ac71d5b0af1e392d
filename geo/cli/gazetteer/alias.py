"""`controlmap gazetteer alias`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("alias")
@click.argument("place_id", metavar="ID")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@click.option("--language", metavar="TAG", help="BCP 47, as in ar. Default: told by the script.")
@click.option(
    "--kind", default="variant", show_default=True, type=click.Choice(["preferred", "variant", "historic", "generic"])
)
@click.option("--source", default="own", show_default=True, help="Where the spelling was seen.")
@why
@options.workspace
def alias_command(
    place_id: str, texts: tuple[str, ...], language: str | None, kind: str, source: str, why: str, folder: Path | None
) -> None:
    """Add further spellings of a place's name.

    \b
    Example:
      controlmap gazetteer alias nubl Nubbul "Nebbol"
    """
    target = own_folder(folder)
    for text in texts:
        edits.add_name(target, place_id, text, language=language, kind=kind, source=source, why=why)
        click.echo(f"{place_id}: {text}")
