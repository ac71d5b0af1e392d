"""`controlmap export`"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from geo.cli import last, options
from geo.workspace import Workspace


@click.command("export")
@click.option("--what", type=click.Choice(["claims", "control", "changes"]), default="claims", show_default=True,
              help="Claims, control states (a row per place and interval), or changes of control.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["geojson", "csv", "jsonl"]), default="geojson", show_default=True)
@click.option("--date", "day", type=options.Day(), metavar="DATE", help="Only what is dated on, or holds on, this day.")
@click.option("-o", "--to", default="-", metavar="FILE", help="File to write, or - for standard output (the default).")
@options.output
@options.workspace
def export(what: str, form: str, day: date | None, to: str, target: Path | None, folder: Path | None) -> None:
    """Write claims or control states of the last build for another program.

    \b
    Examples:
      controlmap export --what control --date 2024-11-30 -o control.geojson
      controlmap export --format csv > claims.csv
    """
    from geo import exports, pipeline
    from geo.readers import read_corpus
    from geo.timeline import evidence_of, timeline

    workspace = Workspace.find(folder)
    found = last.claims(last.output(folder, target))
    gazetteer, actors = pipeline.load(workspace.gazetteer, workspace)
    articles, _ = read_corpus([path for path in workspace.corpus if path.exists()])
    known = {article.id for article in articles}
    evidence = evidence_of([claim for claim in found if claim.article in known], articles)
    states = timeline(found, actors, evidence=evidence)
    exports.single(
        what, form, None if to == "-" else Path(to),
        claims=found, states=states, gazetteer=gazetteer, actors=actors, on=day,
    )  # fmt: skip
