"""`controlmap open`"""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from geo.cli import last, options


@click.command("open")
@click.argument("day", metavar="[DATE]", required=False, type=options.Day())
@click.option("--report", is_flag=True, help="The report instead of the map.")
@click.option("--print", "only_print", is_flag=True, help="Print the path and open nothing.")
@options.output
@options.workspace
def open_map(day: object, report: bool, only_print: bool, target: Path | None, folder: Path | None) -> None:
    """Open the map of the last build in the browser: all dates, or the page of one DATE.

    \b
    Examples:
      controlmap open
      controlmap open 2024-11-30 --print
    """
    name = "report.html" if report else "index.html" if day is None else f"maps/{day}.html"
    path = last.file(last.output(folder, target), name).resolve()
    click.echo(str(path))
    if not only_print:
        webbrowser.open(path.as_uri())
