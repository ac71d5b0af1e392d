"""`controlmap explain`"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from geo.articles import Article
from geo.cli import options
from geo.cli.door import did_you_mean
from geo.cli.output import safe
from geo.dates import Precision
from geo.errors import NotFoundError
from geo.workspace import Workspace

MOST = 2_000_000
"""Characters read from standard input."""


@click.command("explain")
@click.argument("article", required=False)
@click.option("--text", metavar="SENTENCE", help="Explain these words instead of an article.")
@click.option("--published", type=options.Day(), metavar="DATE", help="Publication day of --text or standard input.")
@options.workspace
def explain(article: str | None, text: str | None, published: date | None, folder: Path | None) -> None:
    """Show, sentence by sentence, what was seen in an article and why each candidate became a claim or not.

    ARTICLE is the id of an article of the workspace, a file, or - for standard input.

    \b
    Examples:
      controlmap explain seed-004
      controlmap explain --text "Rebels captured Nubl on Friday." --published 2024-11-30
    """
    if (article is None) == (text is None):
        raise click.UsageError("Name an article (an id, a file or -), or give words with --text.")
    workspace = Workspace.find(folder)
    if text is None and article != "-":
        found = _find(str(article), workspace)
    else:
        words = text if text is not None else sys.stdin.read(MOST)
        precision = Precision.UNKNOWN if published is None else Precision.DAY
        found = [Article("text", "", words, published=published, published_precision=precision)]

    from geo import explaining, pipeline

    gazetteer, actors = pipeline.load(workspace.gazetteer, workspace)
    for one in found:
        for line in explaining.explain(one, gazetteer, actors).splitlines():
            click.echo(safe(line))


def _find(wanted: str, workspace: Workspace) -> list[Article]:
    from geo.readers import read_corpus

    path = Path(wanted)
    if path.exists():
        found, problems = read_corpus([path])
        if not found:
            reason = problems[0].reason if problems else "holds no article"
            raise NotFoundError(f"{wanted}: {reason}")
        return found
    articles, _ = read_corpus(workspace.corpus)
    named = [article for article in articles if article.id == wanted]
    if not named:
        hint = did_you_mean(wanted, [article.id for article in articles])
        raise NotFoundError(f"no article '{wanted}' in the workspace, and no such file.{hint}")
    return named
