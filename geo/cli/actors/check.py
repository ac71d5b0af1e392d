"""`controlmap actors check`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options, output
from geo.workspace import Workspace


@click.command("check")
@options.as_json
@options.workspace
@click.pass_context
def check_command(ctx: click.Context, as_json: bool | None, folder: Path | None) -> None:
    """List everything that is wrong with actors.csv and actor_names.csv, by line. Exit status 1 for errors.

    \b
    Example:
      controlmap actors check
    """
    found = [f for f in edits.check(Workspace.find(folder).gazetteer) if f.file.startswith("actor")]
    records = [
        {"file": f.file, "line": f.line, "level": "error" if f.error else "doubt", "text": f.text} for f in found
    ]
    output.rows(records, ("file", "line", "level", "text"), as_json, "Nothing is wrong.")
    if any(finding.error for finding in found):
        ctx.exit(1)
