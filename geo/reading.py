"""Reading: articles in; claims, and the candidates that became none, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim, Dropped
from geo.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Reading:
    """What a corpus reports: claims in file order, and what looked like one and is none."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]
    sentences: int
    parsed: int


def read(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read every article. progress(done, total) is called as articles are finished."""
    raise NotImplementedError


def explain(article: Article, gazetteer: Gazetteer, actors: ActorRegistry) -> str:
    """What was seen, sentence by sentence, and why each candidate became a claim or not."""
    raise NotImplementedError
