"""`controlmap gazetteer unresolved`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import last, options, output

COLUMNS = ("text", "count", "reasons", "articles", "suggestions")


@click.command("unresolved")
@click.option("--limit", type=click.IntRange(1), help="At most so many names.")
@options.as_json
@options.output
@options.workspace
def unresolved_command(limit: int | None, as_json: bool | None, target: Path | None, folder: Path | None) -> None:
    """List the names that the last build could not place, most frequent first, with likely places.

    \b
    Example:
      controlmap gazetteer unresolved --limit 20
    """
    found = last.report(last.output(folder, target))["unresolved_places"][:limit]
    output.rows(found, COLUMNS, as_json, "Every name was placed.")
