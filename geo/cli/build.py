"""`controlmap build`"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options, output
from geo.workspace import Workspace

if TYPE_CHECKING:
    from geo.pipeline import BuildResult

SHOWN = 5
"""Problems told on the command line; all of them stand in the report."""


@click.command("build")
@click.argument("folder", metavar="[WORKSPACE]", required=False, type=click.Path(path_type=Path))
@click.option("--corpus", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="Articles to read instead of the workspace's: a file or a folder; may be repeated.")  # fmt: skip
@click.option("--gazetteer", type=click.Path(path_type=Path), metavar="DIR", help="Gazetteer to use instead.")
@click.option("--output", "target", type=click.Path(path_type=Path), metavar="DIR", help="Where to write instead.")
@click.option("--as-known-on", type=options.Day(), metavar="DATE", help="Leave out what was published after this day.")
@click.option("--json", "as_json", is_flag=True, help="Tell the result as one JSON line.")
def build(
    folder: Path | None,
    corpus: tuple[Path, ...],
    gazetteer: Path | None,
    target: Path | None,
    as_known_on: date | None,
    as_json: bool,
) -> None:
    """Read the articles of a workspace and write its maps, exports and report.

    WORKSPACE is a folder with gazetteer/ and corpus/. Default: this folder, where it is one, else the workspace
    that comes with the program; its output goes to ./output.

    \b
    Examples:
      controlmap build
      controlmap build my-war --as-known-on 2024-12-01 --output my-war-then
      controlmap build --corpus articles/ --corpus more.jsonl --output out
    """
    from geo import pipeline

    workspace = Workspace.find(folder)
    with output.stages() as progress:
        made = pipeline.build(
            workspace, corpus=corpus or None, gazetteer=gazetteer, output=target, as_known_on=as_known_on,
            progress=progress,
        )  # fmt: skip
    _warn(made)
    if as_json:
        click.echo(json.dumps(summary(made), ensure_ascii=False))
        return
    lost = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in made.reasons.items())
    counts = (len(made.articles), "article"), (made.on_map, "claim on the map"), (len(made.dates), "date with a change")
    click.echo(", ".join(output.counted(number, what) for number, what in counts))
    click.echo(f"Not on the map: {sum(made.reasons.values())}" + (f" ({lost})" if lost else ""))
    click.echo(f"Report: {made.output / 'report.html'}")
    click.echo(f"Map: {made.index}")


def summary(made: BuildResult) -> dict[str, object]:
    """The result of a build as a flat record."""
    return {
        "output": str(made.output),
        "index": str(made.index),
        "articles": len(made.articles),
        "problems": len(made.problems),
        "claims": len(made.claims),
        "on_map": made.on_map,
        "not_on_map": sum(made.reasons.values()),
        "reasons": dict(made.reasons),
        "dates": [day.isoformat() for day in made.dates],
    }


def _warn(made: BuildResult) -> None:
    today = date.today()
    for article in made.articles:
        if article.published is not None and article.published > today:
            click.echo(f"{article.id}: published {article.published}, which is still to come", err=True)
    for problem in made.problems[:SHOWN]:
        click.echo(f"{problem.path}: {problem.reason}", err=True)
    if len(made.problems) > SHOWN:
        click.echo(f"and {len(made.problems) - SHOWN} more problems, all in the report", err=True)
