"""`controlmap init`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.workspace import Workspace


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="Title of the maps. Default: the folder's name.")
def init(folder: Path, title: str | None) -> None:
    """Make a workspace in DIR: settings, a copy of the default gazetteer, one example article.

    Overwrites nothing: DIR must be new or empty.

    \b
    Example:
      controlmap init my-war --title "My war, day by day"
    """
    made = Workspace.init(folder, title)
    click.echo(f"{made.root}: put articles into {made.corpus[0]}, then run: controlmap build {made.root}")
