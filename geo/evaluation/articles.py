"""Evaluation of articles: claims against the gold of whole articles.

A claim that is a reported change is found, a duplicate of one that is found, optional, or false. Sides, dates,
places and kinds are judged on the found ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.claims import Claim
from geo.evaluation.gold import GoldArticle, GoldClaim
from geo.evaluation.likeness import kilometres, within
from geo.evaluation.names import SideNames
from geo.evaluation.pairing import assign, kind_of, loser, pair_weight, taker
from geo.evaluation.tally import Found, Share, shares, shares_as_json

LIMITS_KM = (5, 25, 161)
"""How near a place must lie: a town, a district, and the 161 km (100 miles) usual in work on geoparsing."""
SIDES = ("taker", "loser", "both", "taker_family", "loser_family", "both_family", "kind")
_SHAPE = re.compile(r"told by a ([\w -]+?)(?: [+-]\d|;|$)")


@dataclass(slots=True)
class ArticleReport:
    """Figures over all articles, and what stands behind them.

    false: (claim, kind of the gold it stands on or None). missed: (article id, gold claim).
    """

    changes: Found = field(default_factory=Found)
    duplicates: int = 0
    optional: int = 0
    no_change_kind: int = 0
    unknown_article: int = 0
    words: int = 0
    sides: dict[str, Share] = field(default_factory=lambda: shares(*SIDES))
    dates: dict[str, Share] = field(default_factory=lambda: shares("given", "exact", "within_1_day"))
    places: dict[str, Share] = field(default_factory=lambda: shares("given", *map(str, LIMITS_KM)))
    per_article: dict[str, Found] = field(default_factory=dict)
    per_kind: dict[str, Found] = field(default_factory=dict)
    per_trigger: dict[str, Found] = field(default_factory=dict)
    per_shape: dict[str, Found] = field(default_factory=dict)
    per_status: dict[str, Counter[str]] = field(default_factory=dict)
    quiet: dict[str, int] = field(default_factory=dict)
    false: list[tuple[Claim, str | None]] = field(default_factory=list)
    missed: list[tuple[str, GoldClaim]] = field(default_factory=list)

    @property
    def false_per_1000_words(self) -> float | None:
        """None where the texts were not there to be counted."""
        return 1000 * self.changes.false / self.words if self.words else None

    @property
    def per_prefix(self) -> dict[str, Found]:
        """Sums by the letters before the digits of an article's id ("f12" -> "f"; "017" -> "digits only")."""
        sums: dict[str, Found] = {}
        for article, found in self.per_article.items():
            sums.setdefault(prefix(article), Found()).add(found)
        return dict(sorted(sums.items()))

    def as_json(self) -> dict[str, Any]:
        lost = self.false_per_1000_words
        return {
            "articles": len(self.per_article),
            "changes": self.changes.as_json(),
            "duplicates": self.duplicates,
            "optional": self.optional,
            "no_change_kind": self.no_change_kind,
            "unknown_article": self.unknown_article,
            "words": self.words or None,
            "false_per_1000_words": None if lost is None else round(lost, 4),
            "sides": shares_as_json(self.sides),
            "dates": shares_as_json(self.dates),
            "places_km": shares_as_json(self.places),
            "articles_without_change": {"articles": len(self.quiet), "false": sum(self.quiet.values())},
            "per_kind": _founds(self.per_kind),
            "per_status": {kind: dict(sorted(row.items())) for kind, row in sorted(self.per_status.items())},
            "per_shape": _found_and_false(self.per_shape),
            "per_trigger": _found_and_false(self.per_trigger),
            "per_prefix": _founds(self.per_prefix),
            "per_article": _founds(self.per_article),
            "false": [{**_brief(claim), "stands_on": on} for claim, on in self.false],
            "missed": [{"article": article, **_brief_gold(gold)} for article, gold in self.missed],
        }


def prefix(article: str) -> str:
    """The letters before the digits of an id, without a dash at their end."""
    found = re.match(r"[^\d]*", article)
    return (found.group(0).rstrip("-_. ") if found else "") or "digits only"


def evaluate_articles(
    claims: Iterable[Claim],
    gold: Mapping[str, GoldArticle],
    sides: SideNames,
    words: Mapping[str, int] | None = None,
) -> ArticleReport:
    """Compare claims with gold. words: how many words each article has, for the false changes per 1,000."""
    report = ArticleReport()
    changes: dict[str, list[Claim]] = {}
    others: dict[str, list[Claim]] = {}
    for claim in claims:
        if not claim.is_change:
            report.no_change_kind += 1
            others.setdefault(claim.article, []).append(claim)
        elif claim.article not in gold:
            report.unknown_article += 1
        else:
            changes.setdefault(claim.article, []).append(claim)
    for article in sorted(gold):
        _judge(report, gold[article], changes.get(article, []), others.get(article, []), sides)
        report.words += (words or {}).get(article, 0)
    return report


def _judge(
    report: ArticleReport, article: GoldArticle, claims: Sequence[Claim], others: Sequence[Claim], sides: SideNames
) -> None:
    must = [gold for gold in article.claims if gold.is_change and not gold.optional]
    may = [gold for gold in article.claims if gold.is_change and gold.optional]
    rest = [gold for gold in article.claims if not gold.is_change]
    fits = _weights(claims, must, sides)
    found = assign(fits)
    left = {at: claim for at, claim in enumerate(claims) if at not in found}
    loose = _weights(claims, may, sides, set(left))
    spare = assign(loose)
    answered = {at for at, _ in (*fits, *loose)}
    tally = Found(found=len(found), missed=len(must) - len(found))
    for at, claim in left.items():
        if at in spare:
            report.optional += 1
        elif at in answered:
            report.duplicates += 1
        else:
            on = next((gold.kind for gold in rest if pair_weight(claim, gold, sides) is not None), None)
            tally.false += 1
            report.false.append((claim, on))
            _count(report, claim, str(claim.kind), false=1)
    for number, gold in enumerate(must):
        if number not in found.values():
            report.missed.append((article.id, gold))
            report.per_kind.setdefault(gold.kind, Found()).missed += 1
    for at, number in found.items():
        _count(report, claims[at], must[number].kind, found=1)
        _compare(report, claims[at], must[number], sides)
    report.per_article[article.id] = tally
    report.changes.add(tally)
    if not must and not may:
        report.quiet[article.id] = tally.false
    _statuses(report, rest, [claim for claim, _ in report.false if claim.article == article.id], others, sides)


def _weights(
    claims: Sequence[Claim], golds: Sequence[GoldClaim], sides: SideNames, only: set[int] | None = None
) -> dict[tuple[int, int], float]:
    out = {}
    for at, claim in enumerate(claims):
        if only is not None and at not in only:
            continue
        for number, gold in enumerate(golds):
            weight = pair_weight(claim, gold, sides)
            if weight is not None:
                out[at, number] = weight
    return out


def _count(report: ArticleReport, claim: Claim, kind: str, *, found: int = 0, false: int = 0) -> None:
    shape = _SHAPE.search(claim.confidence_basis)
    for table, key in (
        (report.per_kind, kind),
        (report.per_trigger, claim.trigger.lower()),
        (report.per_shape, shape.group(1) if shape else "verb"),
    ):
        row = table.setdefault(key, Found())
        row.found += found
        row.false += false


def _compare(report: ArticleReport, claim: Claim, gold: GoldClaim, sides: SideNames) -> None:
    for suffix in ("", "_family"):
        won = sides.same(taker(claim), gold.takers, lenient=bool(suffix))
        lost = sides.same(loser(claim), gold.losers, lenient=bool(suffix))
        if gold.takers[0]:
            report.sides["taker" + suffix].add(won)
        if gold.losers[0]:
            report.sides["loser" + suffix].add(lost)
        report.sides["both" + suffix].add(won and lost)
    report.sides["kind"].add(str(claim.kind) == gold.kind)
    if gold.date:
        report.dates["given"].add(claim.date is not None)
        report.dates["exact"].add(within(claim.date, gold.date))
        report.dates["within_1_day"].add(within(claim.date, gold.date, 1))
    if gold.lat is not None:
        far = kilometres((claim.lat, claim.lon), (gold.lat, gold.lon))
        report.places["given"].add(far is not None)
        for limit in LIMITS_KM:
            if gold.loc_km <= limit:
                report.places[str(limit)].add(far is not None and far <= limit)


def _statuses(
    report: ArticleReport,
    rest: Sequence[GoldClaim],
    false: Sequence[Claim],
    others: Sequence[Claim],
    sides: SideNames,
) -> None:
    """What became of gold that is no reported change: denials, plans, background, states."""
    for gold in rest:
        if gold.optional:
            continue
        row = report.per_status.setdefault(gold.kind, Counter())
        if any(pair_weight(claim, gold, sides) is not None for claim in false):
            row["reported change"] += 1
            continue
        best = max(
            ((weight, kind_of(claim)) for claim in others if (weight := pair_weight(claim, gold, sides)) is not None),
            default=None,
        )
        row[best[1] if best else "nothing"] += 1


def _founds(table: Mapping[str, Found]) -> dict[str, dict[str, float | int]]:
    return {key: table[key].as_json() for key in sorted(table)}


def _found_and_false(table: Mapping[str, Found]) -> dict[str, dict[str, int]]:
    """For what only claims have: a missed change has no trigger and no shape."""
    return {key: {"found": table[key].found, "false": table[key].false} for key in sorted(table)}


def _brief(claim: Claim) -> dict[str, Any]:
    return {
        "article": claim.article,
        "kind": str(claim.kind),
        "place": claim.place_text,
        "from": loser(claim),
        "to": taker(claim),
        "date": None if claim.date is None else claim.date.isoformat(),
        "trigger": claim.trigger,
        "evidence_start": claim.evidence_start,
        "evidence_end": claim.evidence_end,
    }


def _brief_gold(gold: GoldClaim) -> dict[str, Any]:
    return {
        "kind": gold.kind,
        "place": gold.place,
        "from": gold.losers[0],
        "to": gold.takers[0],
        "date": gold.date,
        "quote": gold.quote,
    }
