"""`controlmap gazetteer search`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import options, output
from geo.cli.gazetteer.shared import record
from geo.gazetteer import Gazetteer
from geo.workspace import Workspace


@click.command("search")
@click.argument("text")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="At most so many places.")
@options.as_json
@options.workspace
def search_command(text: str, limit: int, as_json: bool | None, folder: Path | None) -> None:
    """Look a name up, in any spelling or script, as the reader of articles would: best first, with the reason.

    \b
    Examples:
      controlmap gazetteer search Nubbol
      controlmap gazetteer search نبل
    """
    gazetteer = Gazetteer.load(Workspace.find(folder).gazetteer)
    found = [
        record(candidate.place) | {"score": round(candidate.score, 3), "because": candidate.because}
        for candidate in gazetteer.lookup(text)[:limit]
    ]
    columns = ("id", "name", "kind", "parent", "country", "score", "because")
    output.rows(found, columns, as_json, f"No place goes by '{text}' or a name like it.")
