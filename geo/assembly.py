"""Assembly: an article's drafts in; claims with their places resolved, one event told twice as one, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.articles import Article
from geo.claims import Claim, Kind, Method, Status, claim_id
from geo.dates import Precision
from geo.discourse import Discourse
from geo.drafts import Draft, confidence
from geo.gazetteer import Gazetteer
from geo.mentions import Sort
from geo.resolve import PlaceMention, Resolution, judged, resolve_all

Key = tuple[str, bool, Status, str | None]
"""What two tellings of one event share: the place, whether it is a change, its status, who has the place now."""
COMPANIONS = 60
"""Other places of the article that help to tell namesakes apart: the first ones, which set the scene."""
SAME_DAYS = 7
"""Two reports of one article on one change lie at most so far apart: the bound within which a weekday is clear."""


def assemble(
    drafts: Sequence[Draft], article: Article, discourse: Discourse, gazetteer: Gazetteer, engine: str
) -> list[Claim]:
    """The claims of an article. The places are resolved together, country by country."""
    resolved = _judged(_resolved(drafts, discourse, gazetteer), drafts, article, gazetteer)
    latest: dict[Key, Claim] = {}
    out: list[Claim] = []
    for draft, place in zip(drafts, resolved, strict=True):
        claim = _claim(draft, place, article, engine)
        key = (claim.place_id or claim.place_text.lower(), claim.is_change, claim.status, claim.to_actor)
        old = latest.get(key)
        if claim.kind is Kind.WITHDRAWAL and claim.from_actor is not None:
            old, key = _left_already(claim, old, key, latest)
        if old is not None and claim.is_change and _same_time(old, claim):
            latest[key] = _joined(old, claim)
            out[out.index(old)] = latest[key]
            continue
        latest.setdefault(key, claim)
        out.append(claim)
    return _distinct(out)


def _left_already(claim: Claim, old: Claim | None, key: Key, latest: Mapping[Key, Claim]) -> tuple[Claim | None, Key]:
    """A withdrawal told before by the same side, where one of the two tellings names nobody who follows."""
    for other, told in latest.items():
        same = other[:3] == key[:3] and told.kind is Kind.WITHDRAWAL and told.from_actor == claim.from_actor
        if old is None and same and None in (told.to_actor, claim.to_actor):
            return told, other
    return old, key


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each with an id of its own: a sentence may tell two things of one kind about one place."""
    seen: Counter[str] = Counter()
    out = []
    for claim in claims:
        nth, seen[claim.id] = seen[claim.id], seen[claim.id] + 1
        if nth:
            place = claim.place_id or claim.place_text
            again = claim_id(claim.article, claim.sentence_start, claim.sentence_end, place, claim.kind, nth)
            claim = replace(claim, id=again)
        out.append(claim)
    return out


def _resolved(drafts: Sequence[Draft], discourse: Discourse, gazetteer: Gazetteer) -> list[Resolution]:
    main = discourse.country(0) if len({d.country for d in drafts}) != 1 else drafts[0].country
    by_country: dict[str | None, list[int]] = {}
    for i, d in enumerate(drafts):
        by_country.setdefault(d.country or main, []).append(i)
    others = [PlaceMention(s.text) for s in discourse.said if s.sort is Sort.PLACE][:COMPANIONS]
    found: dict[int, Resolution] = {}
    for country, indexes in sorted(by_country.items(), key=lambda item: str(item[0])):
        mentions = [_place_mention(drafts[i]) for i in indexes]
        found.update(zip(indexes, resolve_all(gazetteer, mentions, country, others), strict=True))
    return [found[i] for i in range(len(drafts))]


def _judged(
    resolved: Sequence[Resolution], drafts: Sequence[Draft], article: Article, gazetteer: Gazetteer
) -> list[Resolution]:
    """What a person settled about a mention stands in the place of what was worked out."""
    out = []
    for draft, place in zip(drafts, resolved, strict=True):
        judgement = gazetteer.judgements.of(article.id, draft.ref.text or "", draft.sentence[0])
        out.append(place if judgement is None else judged(judgement, gazetteer))
    return out


def _place_mention(draft: Draft) -> PlaceMention:
    ref = draft.ref
    part = ref.count is not None or (ref.partial and draft.kind is Kind.HOLD)
    return PlaceMention(ref.text or "", kind_words=ref.kind_words, parents=ref.parents, beside=ref.beside, part=part)


def _joined(old: Claim, new: Claim) -> Claim:
    """One event told twice: the fuller telling, with the other's sentence kept beside it."""
    best, other = (old, new) if _fullness(old) >= _fullness(new) else (new, old)
    spans = {*best.further_spans, *other.further_spans, (other.sentence_start, other.sentence_end)}
    return replace(best, further_spans=tuple(sorted(spans - {(best.sentence_start, best.sentence_end)})))


def _same_time(a: Claim, b: Claim) -> bool:
    """Within a few days: one event told twice."""
    if a.date is None or b.date is None:
        return True
    return abs((a.date - b.date).days) <= SAME_DAYS


def _fullness(claim: Claim) -> tuple[int, int, float]:
    named = sum(x is not None for x in (claim.to_actor, claim.from_text, claim.to_text))
    return (claim.date_precision is not Precision.INFERRED, named, claim.confidence)


def _claim(draft: Draft, r: Resolution, article: Article, engine: str) -> Claim:
    span = draft.when.span
    start, end = draft.evidence
    method = r.method
    if draft.ref.plural and draft.ref.sort is not None and r.method in (Method.EXACT, Method.FOLDED, Method.ROMANISED):
        method = Method.DESCRIPTION
    score, basis = confidence(draft, r)
    text = draft.ref.text or ""
    return Claim(
        id=claim_id(article.id, start, end, r.place_id or text, draft.kind),
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
        date_basis=span.basis if span else draft.when.why or "the article has no date",
        attribution=draft.attribution,
        trigger=draft.trigger,
        sentence_start=draft.sentence[0],
        sentence_end=draft.sentence[1],
        evidence_start=start,
        evidence_end=end,
        further_spans=draft.further,
        confidence=score,
        confidence_basis=basis,
        engine=engine,
    )
