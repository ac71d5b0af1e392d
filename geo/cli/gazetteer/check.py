"""`controlmap gazetteer check`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import edits
from geo.cli import options, output
from geo.workspace import Workspace


@click.command("check")
@click.option("--errors-only", is_flag=True, help="Leave out doubts.")
@options.as_json
@options.workspace
@click.pass_context
def check_command(ctx: click.Context, errors_only: bool, as_json: bool | None, folder: Path | None) -> None:
    """List everything that is wrong with the gazetteer and the actors, by file and line.

    An error is what a build would stop at; a doubt is what an editor should look at. Exit status 1 where
    there are errors.

    \b
    Example:
      controlmap gazetteer check
    """
    target = Workspace.find(folder).gazetteer
    found = [finding for finding in edits.check(target) if finding.error or not errors_only]
    records = [
        {"file": f.file, "line": f.line, "level": "error" if f.error else "doubt", "text": f.text} for f in found
    ]
    output.rows(records, ("file", "line", "level", "text"), as_json, "Nothing is wrong.")
    if any(finding.error for finding in found):
        ctx.exit(1)
