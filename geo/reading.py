"""Reading: articles in; claims, and the candidates that became none, out.

Scan every sentence, parse only those that may report something (`candidates`), read the frames, then settle places,
sides, dates and status with what the whole article says. One article's reading depends on nothing
but the article, the gazetteer and the registry.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from geo.actors import ActorRegistry
from geo.articles import Article, Problem
from geo.assembly import assemble
from geo.candidates import is_candidate
from geo.claims import Claim, Dropped, in_order
from geo.dates import DateMention, find_dates
from geo.frames.parsed import Parsed
from geo.gazetteer import Gazetteer
from geo.masking import Masked, mask
from geo.mentions import Mention, Scanner, scanner_of
from geo.model import BATCH, engine, parse
from geo.sentences import sentences
from geo.settling import Settler
from geo.watchdog import TooLongError, bound_for, bounded

T = TypeVar("T")
COLLECTED = 100_000
"""New objects between two searches for unreachable ones: about what four batches of parsed sentences are made of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a corpus reports: claims in file order, what looked like one and is none, and articles that failed."""

    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...]
    sentences: int
    parsed: int
    problems: tuple[Problem, ...] = ()


@dataclass
class Scanned:
    """One article on its way: sentences, mentions, the dates told with trigger words, and the parsed candidates."""

    article: Article
    spans: list[tuple[int, int, list[Mention]]]
    masked: dict[int, Masked]
    dates: dict[int, list[DateMention]] = field(default_factory=dict)
    parsed: dict[int, Parsed] = field(default_factory=dict)


def read(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read every article. progress(done, total) is called as articles are finished."""
    with _seldom_collected():
        return _read(articles, gazetteer, actors, progress)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Python's search for unreachable objects made rare inside: it would walk through every tree of a batch often."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], COLLECTED), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    progress: Callable[[int, int], None] | None,
) -> Reading:
    gazetteer.prepare()  # its first look-up may take longer than the watchdog gives an article
    scanner = scanner_of(gazetteer, actors)
    claims: list[Claim] = []
    dropped: list[Dropped] = []
    problems: list[Problem] = []
    counts = [0, 0]
    done = 0
    for batch in _batches(articles, scanner, problems):
        for scanned in batch:
            got = _tried(partial(settled, scanned, gazetteer, actors), scanned.article, problems)
            if got is not None:
                claims += got[0]
                dropped += got[1]
                counts[0] += len(scanned.spans)
                counts[1] += len(scanned.masked)
            done += 1
            if progress is not None:
                progress(done, len(articles))
    if progress is not None and done < len(articles):
        progress(len(articles), len(articles))
    return Reading(tuple(in_order(claims)), tuple(dropped), counts[0], counts[1], tuple(problems))


def scan(articles: Iterable[Article], scanner: Scanner) -> Iterator[Scanned]:
    """Articles with their candidate sentences parsed. Raises what scanning or parsing raises."""
    for article in articles:
        scanned = _scan_one(article, scanner)
        _parse([scanned])
        yield scanned


def _batches(articles: Iterable[Article], scanner: Scanner, problems: list[Problem]) -> Iterator[list[Scanned]]:
    """Articles with their candidate sentences parsed, many sentences to a batch."""
    waiting: list[Scanned] = []
    for article in articles:
        scanned = _tried(partial(_scan_one, article, scanner), article, problems)
        if scanned is not None:
            waiting.append(scanned)
        if sum(len(s.masked) for s in waiting) >= BATCH:
            yield _parsed(waiting, problems)
            waiting = []
    yield _parsed(waiting, problems)


def _parsed(waiting: list[Scanned], problems: list[Problem]) -> list[Scanned]:
    """The batch parsed; where that fails, one article after the other, so that only the cause is lost."""
    try:
        _parse(waiting)
    except Exception:
        return [s for s in waiting if _tried(partial(_parse, [s]), s.article, problems) is not None]
    return waiting


def _tried(work: Callable[[], T], article: Article, problems: list[Problem]) -> T | None:
    """What the work gives; None where it fails or does not end, which is then a problem of the article."""
    try:
        with bounded(bound_for(article.text)):
            return work()
    except TooLongError:
        reason = f"reading it did not end within {bound_for(article.text):.0f} seconds; left out"
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        reason = (
            f"reading it failed ({type(error).__name__}: {error}; {Path(where.filename).name}:{where.lineno}); left out"
        )
    problems.append(Problem(article.path or article.id, reason, article.id, skipped=True))
    return None


def _scan_one(article: Article, scanner: Scanner) -> Scanned:
    """The candidates; and where there is one, the mentions of all sentences and the dates beside triggers."""
    found = sentences(article.text)
    texts = [article.text[start:end] for start, end in found]
    triggered = [number for number, text in enumerate(texts) if scanner.has_trigger(text)]
    mentions = {number: scanner.mentions(texts[number]) for number in triggered}
    masks = ((number, mask(texts[number], found[number][0], mentions[number])) for number in triggered)
    masked = {number: candidate for number, candidate in masks if is_candidate(candidate)}
    if not masked:
        return Scanned(article, [(start, end, []) for start, end in found], {})
    for number, text in enumerate(texts):
        if number not in mentions:
            mentions[number] = scanner.mentions(text)
    spans = [(start, end, mentions[number]) for number, (start, end) in enumerate(found)]
    dates: dict[int, list[DateMention]] = {}
    for number in triggered:
        start = found[number][0]
        told = find_dates(texts[number], article.published)
        dates[number] = [replace(d, start=d.start + start, end=d.end + start) for d in told]
    return Scanned(article, spans, masked, dates)


def _parse(batch: list[Scanned]) -> bool:
    work = [(scanned, number) for scanned in batch for number in scanned.masked]
    docs = parse(scanned.masked[number].text for scanned, number in work)
    for (scanned, number), doc in zip(work, docs, strict=True):
        scanned.parsed[number] = Parsed(doc, scanned.masked[number], scanned.dates[number])
    return True


def settled(scanned: Scanned, gazetteer: Gazetteer, actors: ActorRegistry) -> tuple[list[Claim], list[Dropped]]:
    """The claims of a scanned article, and the candidates that became none."""
    if not scanned.parsed:
        return [], []
    settler = Settler(scanned.article, scanned.spans, gazetteer, actors)
    drafts = settler.settle(scanned.parsed.get(number, dates) for number, dates in scanned.dates.items())
    return assemble(drafts, scanned.article, settler.discourse, gazetteer, engine()), settler.dropped
