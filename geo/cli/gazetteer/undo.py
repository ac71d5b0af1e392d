"""`controlmap gazetteer undo`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.shared import own_folder, why


@click.command("undo")
@why
@options.workspace
def undo_command(why: str, folder: Path | None) -> None:
    """Take back the last change that was made on the command line; again, the one before it.

    \b
    Example:
      controlmap gazetteer undo
    """
    change = edits.undo(own_folder(folder), why=why)
    click.echo(f"undone: {change.what} ({change.when}, {change.who})")
