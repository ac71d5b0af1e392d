"""`controlmap gazetteer log`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geo import edits
from geo.cli import options, output
from geo.workspace import Workspace

COLUMNS = ("number", "when", "who", "what", "why", "state")


@click.command("log")
@click.argument("numbers", metavar="[NUMBER...]", nargs=-1, type=click.IntRange(1))
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most so many, the newest.")
@click.option("--rows", "with_rows", is_flag=True, help="Show the rows that went (-) and came (+).")
@options.as_json
@options.workspace
def log_command(
    numbers: tuple[int, ...], limit: int, with_rows: bool, as_json: bool | None, folder: Path | None
) -> None:
    """List the changes made on the command line, newest first: who, when, what, why. NUMBER shows one with its rows.

    The log is gazetteer/changes.log; nothing in it is ever altered, an undo is a line of its own.

    \b
    Examples:
      controlmap gazetteer log
      controlmap gazetteer log 12
      controlmap gazetteer log --limit 100 --json
    """
    made = edits.changes(Workspace.find(folder).gazetteer)
    gone = {change.undoes for change in made}
    chosen = [change for change in made if change.number in numbers] if numbers else made[-limit:]
    missing = [number for number in numbers if number not in [change.number for change in made]]
    if missing:
        raise click.UsageError(f"The log has no change {missing[0]}.")
    records: list[dict[str, Any]] = [
        {
            "number": change.number, "when": change.when, "who": change.who, "what": change.what, "why": change.why,
            "state": "undo" if change.undoes else "undone" if change.number in gone else "stands",
            "rows": change.lines(),
        }
        for change in reversed(chosen)
    ]  # fmt: skip
    if (numbers or with_rows) and not output.wants_lines(as_json):
        for record in records:
            click.echo(output.safe("{number}  {when}  {who}  {what}  ({state})".format(**record)))
            for line in ([record["why"]] if record["why"] else []) + record["rows"]:
                click.echo(f"   {output.safe(line)}")
        return
    output.rows(records, COLUMNS, as_json, "Nothing was changed on the command line yet.")
