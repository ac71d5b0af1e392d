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
from itertools import islice
from pathlib import Path
from typing import TypeVar

from spacy.tokens import Doc

from geo.actors import ActorRegistry
from geo.articles import Article, Problem
from geo.assembly import assemble
from geo.candidates import is_candidate
from geo.claims import Claim, Dropped, in_order
from geo.dates import DateMention, find_dates
from geo.frames.parsed import Parsed
from geo.frames.rules import Frame, frames
from geo.gazetteer import Gazetteer
from geo.masking import Masked, mask
from geo.mentions import Mention, Scanner, scanner_of
from geo.model import BATCH, documents, engine
from geo.sentences import sentences
from geo.settling import Settler
from geo.trees import forget, trees
from geo.watchdog import TooLongError, bound_for, bounded, watching

T = TypeVar("T")
COLLECTED = 100_000
"""New objects between two searches for unreachable ones: about what four batches of parsed sentences are made of."""
TOGETHER = 32
"""Articles that are scanned together."""


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
    """One article on its way: sentences, mentions, the dates told with trigger words, and the parsed candidates.

    triggered: numbers of the sentences with a word that can report control. documents: the candidates as the parser
    left them, until they are needed as trees, which take ten times the room.
    """

    article: Article
    spans: list[tuple[int, int, list[Mention]]] = field(default_factory=list)
    triggered: list[int] = field(default_factory=list)
    masked: dict[int, Masked] = field(default_factory=dict)
    dates: dict[int, list[DateMention]] = field(default_factory=dict)
    documents: dict[int, Doc] = field(default_factory=dict)
    parsed: dict[int, Parsed] = field(default_factory=dict)
    frames: dict[int, list[Frame]] = field(default_factory=dict)

    def text(self, number: int) -> str:
        """A sentence as it stands in the article."""
        start, end, _ = self.spans[number]
        return self.article.text[start:end]


_Step = Callable[[Scanned], object]


def read(
    articles: Sequence[Article],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read every article. progress(done, total) is called as articles are finished."""
    with _seldom_collected(), watching():
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
            for parsed in scanned.parsed.values():
                forget(parsed.doc)
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
        scanned = Scanned(article)
        for step in _steps(scanner):
            step(scanned)
        _parse([scanned])
        _read_frames(scanned)
        yield scanned


def _batches(articles: Iterable[Article], scanner: Scanner, problems: list[Problem]) -> Iterator[list[Scanned]]:
    """Articles with the frames of their candidate sentences, many sentences to a batch."""
    waiting: list[Scanned] = []
    coming = iter(articles)
    while group := [Scanned(article) for article in islice(coming, TOGETHER)]:
        waiting += _through(_steps(scanner), group, problems)
        if sum(len(s.masked) for s in waiting) >= BATCH:
            yield _through([_read_frames], _parsed(waiting, problems), problems)
            waiting = []
    yield _through([_read_frames], _parsed(waiting, problems), problems)


def _through(steps: Iterable[_Step], articles: list[Scanned], problems: list[Problem]) -> list[Scanned]:
    """The articles that came through every step. All take a step before any takes the next one: what a step works
    with then stays in the processor's memory."""
    for step in steps:
        articles = [s for s in articles if _tried(partial(step, s), s.article, problems) is not None]
    return articles


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


def _steps(scanner: Scanner) -> list[_Step]:
    """From an article's text to its candidate sentences, masked."""
    return [partial(step, scanner) for step in (_cut, _name, _mask, _name_others, _date)]


def _cut(scanner: Scanner, one: Scanned) -> bool:
    one.spans = [(start, end, []) for start, end in sentences(one.article.text)]
    one.triggered = [number for number in range(len(one.spans)) if scanner.has_trigger(one.text(number))]
    return True


def _name(scanner: Scanner, one: Scanned) -> bool:
    for number in one.triggered:
        one.spans[number][2].extend(scanner.mentions(one.text(number)))
    return True


def _mask(scanner: Scanner, one: Scanned) -> bool:
    masks = [(number, mask(one.text(number), one.spans[number][0], one.spans[number][2])) for number in one.triggered]
    one.masked = {number: masked for number, masked in masks if is_candidate(masked)}
    return True


def _name_others(scanner: Scanner, one: Scanned) -> bool:
    """Where there is a candidate, the whole article tells what it means; else its mentions are of no use."""
    others = set(range(len(one.spans))).difference(one.triggered)
    for number in others if one.masked else ():
        one.spans[number][2].extend(scanner.mentions(one.text(number)))
    for number in () if one.masked else one.triggered:
        one.spans[number][2].clear()
    return True


def _date(scanner: Scanner, one: Scanned) -> bool:
    for number in one.triggered if one.masked else ():
        start = one.spans[number][0]
        told = find_dates(one.text(number), one.article.published)
        one.dates[number] = [replace(d, start=d.start + start, end=d.end + start) for d in told]
    return True


def _parse(batch: list[Scanned]) -> bool:
    work = [(scanned, number) for scanned in batch for number in scanned.masked]
    docs = documents(scanned.masked[number].text for scanned, number in work)
    for (scanned, number), doc in zip(work, docs, strict=True):
        scanned.documents[number] = doc
    return True


def _read_frames(one: Scanned) -> bool:
    for (number, masked), tree in zip(one.masked.items(), trees(one.documents.values()), strict=True):
        one.parsed[number] = parsed = Parsed(tree, masked, one.dates[number])
        one.frames[number] = frames(parsed)
    one.documents.clear()
    return True


def settled(scanned: Scanned, gazetteer: Gazetteer, actors: ActorRegistry) -> tuple[list[Claim], list[Dropped]]:
    """The claims of a scanned article, and the candidates that became none."""
    if not scanned.parsed:
        return [], []
    settler = Settler(scanned.article, scanned.spans, gazetteer, actors)
    drafts = settler.settle(
        (dates, scanned.parsed.get(number), scanned.frames.get(number, ())) for number, dates in scanned.dates.items()
    )
    return assemble(drafts, scanned.article, settler.discourse, gazetteer, engine()), settler.dropped
