"""`controlmap evaluate`"""

from __future__ import annotations

import json
from collections.abc import Sequence, Sized
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import last, options, output
from geo.errors import InputError
from geo.workspace import Workspace

if TYPE_CHECKING:
    from geo.actors import ActorRegistry
    from geo.articles import Article
    from geo.claims import Claim
    from geo.evaluation import ArticleReport, SideNames, SuiteReport
    from geo.gazetteer import Gazetteer

ALIASES = "aliases.json"


@click.command("evaluate")
@click.option("--gold", type=click.Path(path_type=Path), metavar="DIR",
              help="Gold of whole articles: one ID.json per article.")  # fmt: skip
@click.option("--sentences", type=click.Path(path_type=Path), metavar="FILE",
              help="A sentence suite: JSON lines with text and claims.")  # fmt: skip
@click.option("--corpus", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
              help="Articles to read for --gold: a file or a folder; may be repeated. "
              "Default: the claims of the last build.")  # fmt: skip
@click.option("--aliases", type=click.Path(path_type=Path), metavar="FILE",
              help="Names of sides in the gold. Default: aliases.json beside the gold or above it, "
              "else the names of the workspace's own actors.")  # fmt: skip
@click.option("--split", metavar="NAME", help="Only gold marked so: tune, held.")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N",
              help="Show up to N false changes and N missed ones, or N sentences.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print all figures and errors as one JSON object.")
@options.output
@options.workspace
def evaluate(
    gold: Path | None,
    sentences: Path | None,
    corpus: tuple[Path, ...],
    aliases: Path | None,
    split: str | None,
    errors: int,
    as_json: bool,
    target: Path | None,
    folder: Path | None,
) -> None:
    """Measure what is read against what a careful reader marked: precision, recall, sides, dates, places.

    \b
    Examples:
      controlmap evaluate --gold tests/gold/claims --corpus tests/gold/articles --errors 20
      controlmap evaluate --sentences tests/gold/sentences.jsonl --split tune --errors 20
    """
    if gold is None and sentences is None:
        raise click.UsageError("Name gold of articles with --gold DIR, or a suite with --sentences FILE.")
    if corpus and gold is None:
        raise click.UsageError("--corpus goes with --gold.")
    workspace = Workspace.find(folder)
    from geo import pipeline
    from geo.evaluation.show import article_lines, suite_lines

    gazetteer, actors = pipeline.load(workspace.gazetteer, workspace)
    world = _World(workspace, gazetteer, actors, aliases, split)
    of_articles = None if gold is None else _articles(world, gold, corpus, target)
    of_sentences = None if sentences is None else _suite(world, sentences)
    if as_json:
        reports = {"articles": of_articles, "sentences": of_sentences}
        found = {name: report.as_json() for name, report in reports.items() if report is not None}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    lines = [] if of_articles is None else list(article_lines(of_articles, errors))
    if of_sentences is not None:
        lines += suite_lines(of_sentences, errors)
    for line in lines:
        click.echo(output.safe(line))


@dataclass(frozen=True, slots=True)
class _World:
    """What both measures need: who is who, where places lie, and which gold was asked for."""

    workspace: Workspace
    gazetteer: Gazetteer
    actors: ActorRegistry
    aliases: Path | None
    split: str | None

    def sides(self, gold: Path) -> SideNames:
        from geo.evaluation import SideNames

        beside = [folder / ALIASES for folder in (gold, gold.absolute().parent)]
        found = self.aliases or next((path for path in beside if path.is_file()), None)
        return SideNames.from_registry(self.actors) if found is None else SideNames.load(found)

    def read(self, articles: Sequence[Article]) -> Sequence[Claim]:
        from geo.reading import read

        with output.stages() as progress:
            say = None if progress is None else lambda done, total: progress("Reading articles", done, total)
            return read(articles, self.gazetteer, self.actors, say).claims


def _articles(world: _World, gold: Path, corpus: tuple[Path, ...], target: Path | None) -> ArticleReport:
    from geo.evaluation import evaluate_articles, load_gold
    from geo.readers import read_corpus

    marked = load_gold(gold)
    if world.split is not None:
        marked = {article: one for article, one in marked.items() if one.split == world.split}
        _check_any(marked, world.split, gold)
    articles, _ = read_corpus(corpus or world.workspace.corpus, today=date.max)
    articles = [article for article in articles if article.id in marked]
    if corpus and not articles:
        raise InputError("none of its articles has an id of the corpus", gold)
    found = world.read(articles) if corpus else last.claims(target or world.workspace.output)
    words = {article.id: len(article.text.split()) for article in articles}
    return evaluate_articles(found, marked, world.sides(gold), words)


def _suite(world: _World, sentences: Path) -> SuiteReport:
    from geo.evaluation import evaluate_suite, load_suite, suite_articles

    items = load_suite(sentences)
    if world.split is not None:
        items = [item for item in items if item.split == world.split]
        _check_any(items, world.split, sentences)
    return evaluate_suite(world.read(suite_articles(items)), items, world.sides(sentences.parent))


def _check_any(found: Sized, split: str, path: Path) -> None:
    if not found:
        raise InputError(f"nothing in it is marked with the split {split!r}", path)
