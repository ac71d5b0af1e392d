"""`controlmap gazetteer unresolved`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geo.cli import last, options, output
from geo.edits.queue import Proposal, Unresolved, queue
from geo.gazetteer import Gazetteer
from geo.pipeline import TABLES
from geo.workspace import Workspace


@click.command("unresolved")
@click.option("--limit", type=click.IntRange(1), help="At most so many names. Default: 20 on a terminal, else all.")
@click.option("--article", metavar="ID", help="Only names that this article used.")
@options.as_json
@options.output
@options.workspace
def unresolved_command(
    limit: int | None, article: str | None, as_json: bool | None, target: Path | None, folder: Path | None
) -> None:
    """List the names that the last build could not place: the work queue of an editor, most frequent first.

    Each comes with how often it was used, the sentence, what it may be (with the score and the reason of each
    likeness), and the exact command that settles it if the proposal is right: a spelling that no place has is added to
    the place, a name that places share is settled for its article. Nothing is settled by itself.

    \b
    Examples:
      controlmap gazetteer unresolved --limit 20
      controlmap gazetteer unresolved --article seed-004
      controlmap gazetteer unresolved --json | jq -r .command
    """
    tables = Workspace.find(folder).gazetteer
    built = last.output(folder, target)
    unmapped = last.report(built)["unmapped"]
    if article is not None:
        unmapped = [row for row in unmapped if row["article"] == article]
    lines = output.wants_lines(as_json)
    found = queue(unmapped, Gazetteer.load(tables), limit or (None if lines else 20))
    _warn_if_stale(built, tables)
    if lines:
        output.rows([_record(one) for one in found], (), True)
        return
    if not found:
        click.echo("Every name was placed.", err=True)
    for one in found:
        for line in _lines(one):
            click.echo(output.safe(line))


def _warn_if_stale(built: Path, tables: Path) -> None:
    made = (built / "report.json").stat().st_mtime
    if any((tables / name).exists() and (tables / name).stat().st_mtime > made for name in TABLES):
        click.echo("The gazetteer was changed since the last build: `controlmap build` makes this list anew.", err=True)


def _lines(one: Unresolved) -> Iterator[str]:
    times = f"{one.count} time{'s' if one.count > 1 else ''}"
    articles = f"{len(one.articles)} article{'s' if len(one.articles) > 1 else ''}"
    yield f"{one.text}  ({times} in {articles}; {one.detail or ', '.join(one.reasons)})"
    yield f"  {one.article}: “{one.sentence[:240]}{'…' if len(one.sentence) > 240 else ''}”"
    for proposal in one.proposals:
        yield f"  {proposal.score:.2f}  {_place(proposal)}: {proposal.because}"
        yield f"        {proposal.command}"
    if not one.proposals:
        yield "  no place is spelt like it"
        yield f"        {one.command}"
    yield ""


def _place(proposal: Proposal) -> str:
    place = proposal.place
    within = f" in {place.parent or place.country}" if place.parent or place.country else ""
    return f"{place.name} ({place.id}), {place.kind.replace('_', ' ')}{within}"


def _record(one: Unresolved) -> dict[str, Any]:
    return {
        "text": one.text, "count": one.count, "articles": list(one.articles), "reasons": list(one.reasons),
        "detail": one.detail, "article": one.article, "start": one.start, "sentence": one.sentence,
        "candidates": [
            {
                "id": p.place.id, "name": p.place.name, "kind": p.place.kind, "parent": p.place.parent,
                "country": p.place.country, "lat": p.place.lat, "lon": p.place.lon, "layer": p.place.layer,
                "score": p.score, "because": p.because, "command": p.command,
            }
            for p in one.proposals
        ],
        "command": one.command,
    }  # fmt: skip
