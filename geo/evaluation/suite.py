"""Evaluation of a sentence suite: items of one to three sentences, many of them in pairs that differ in one thing.

An item is right when each reported change it requires is met and no false reported change stands beside it.
It is exact when, besides, sides, kind and date of those met are what the gold says. A pair is right (exact)
when both of its items are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.claims import Claim
from geo.evaluation.gold import GoldClaim, SuiteItem
from geo.evaluation.likeness import SAME_NAME, strict_likeness, within
from geo.evaluation.names import SideNames
from geo.evaluation.pairing import assign
from geo.evaluation.tally import Found, Share, shares, shares_as_json

_POINTS_BACK = re.compile(r"(?i)(the|it|its|both|this|that|these|those|there)\b")
OF_MET = ("taker", "loser", "both", "kind", "date", "date_within_1_day", "taker_family", "loser_family")
_A_TIE = 0.03
"""A claim may stand for any gold place as near to its name as the nearest, within this much."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item. wrong: words for each side, kind or date that is not as the gold has it."""

    item: SuiteItem
    met: tuple[tuple[Claim, GoldClaim], ...]
    missed: tuple[GoldClaim, ...]
    false: tuple[tuple[Claim, GoldClaim | None], ...]
    duplicates: int
    optional: int
    wrong: tuple[str, ...]
    states: tuple[tuple[str, str], ...]

    @property
    def right(self) -> bool:
        return not self.missed and not self.false

    @property
    def exact(self) -> bool:
        return self.right and not self.wrong


@dataclass(slots=True)
class SuiteReport:
    """Figures over all items, and every outcome in the order of the suite."""

    items: Share = field(default_factory=Share)
    exact: Share = field(default_factory=Share)
    quiet: Share = field(default_factory=Share)
    pairs: Share = field(default_factory=Share)
    exact_pairs: Share = field(default_factory=Share)
    changes: Found = field(default_factory=Found)
    duplicates: int = 0
    optional: int = 0
    unknown_item: int = 0
    of_met: dict[str, Share] = field(default_factory=lambda: shares(*OF_MET))
    per_status: dict[str, Counter[str]] = field(default_factory=dict)
    per_phenomenon: dict[str, Share] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def failing(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.right]

    @property
    def inexact(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.right and not outcome.exact]

    def as_json(self) -> dict[str, Any]:
        return {
            "items": self.items.as_json(),
            "exact": self.exact.as_json(),
            "quiet": self.quiet.as_json(),
            "pairs": self.pairs.as_json(),
            "exact_pairs": self.exact_pairs.as_json(),
            "changes": self.changes.as_json(),
            "duplicates": self.duplicates,
            "optional": self.optional,
            "unknown_item": self.unknown_item,
            "of_met": shares_as_json(self.of_met),
            "per_status": {row: dict(sorted(cells.items())) for row, cells in sorted(self.per_status.items())},
            "per_phenomenon": shares_as_json(dict(sorted(self.per_phenomenon.items()))),
            "failing": [outcome.item.id for outcome in self.failing],
            "inexact": [outcome.item.id for outcome in self.inexact],
        }


def evaluate_suite(claims: Iterable[Claim], items: Sequence[SuiteItem], sides: SideNames) -> SuiteReport:
    """Compare the claims read from `gold.suite_articles` with the items. Claims carry the item's id as article."""
    report = SuiteReport()
    by_item: dict[str, list[Claim]] = {item.id: [] for item in items}
    for claim in claims:
        if claim.article in by_item:
            by_item[claim.article].append(claim)
        else:
            report.unknown_item += 1
    pairs: dict[str, list[Outcome]] = {}
    for item in items:
        outcome = _judge(item, by_item[item.id], sides)
        report.outcomes.append(outcome)
        _add(report, outcome, sides)
        if item.pair is not None:
            pairs.setdefault(item.pair, []).append(outcome)
    for both in pairs.values():
        report.pairs.add(all(outcome.right for outcome in both))
        report.exact_pairs.add(all(outcome.exact for outcome in both))
    return report


def _add(report: SuiteReport, outcome: Outcome, sides: SideNames) -> None:
    report.items.add(outcome.right)
    report.exact.add(outcome.exact)
    if not outcome.met and not outcome.missed:
        report.quiet.add(outcome.right)
    report.changes.add(Found(len(outcome.met), len(outcome.false), len(outcome.missed)))
    report.duplicates += outcome.duplicates
    report.optional += outcome.optional
    for phenomenon in set(outcome.item.phenomena):
        report.per_phenomenon.setdefault(phenomenon, Share()).add(outcome.right)
    for row, cell in outcome.states:
        report.per_status.setdefault(row, Counter())[cell] += 1
    for claim, gold in outcome.met:
        for name, right in _compared(claim, gold, sides).items():
            report.of_met[name].add(right)


def _compared(claim: Claim, gold: GoldClaim, sides: SideNames) -> dict[str, bool]:
    out = {"kind": claim.kind == gold.kind}
    for name, said, wanted in (("taker", claim.to_name, gold.takers), ("loser", claim.from_name, gold.losers)):
        if wanted[0]:
            out[name] = sides.same(said, wanted)
            out[name + "_family"] = sides.same(said, wanted, lenient=True)
    if gold.takers[0] and gold.losers[0]:
        out["both"] = out["taker"] and out["loser"]
    if gold.date:
        out["date"] = within(claim.date, gold.date)
        out["date_within_1_day"] = within(claim.date, gold.date, 1)
    return out


def _wrong(claim: Claim, gold: GoldClaim, sides: SideNames) -> list[str]:
    """What a person would mend in a claim that was met; a kind counts where the gold has no such other answer."""
    right, out = _compared(claim, gold, sides), []
    if not right.get("taker", True):
        out.append(f"{gold.place}: taker {claim.to_name or claim.to_text or 'none'}, not {gold.takers[0]}")
    if not right.get("loser", True):
        out.append(f"{gold.place}: loser {claim.from_name or claim.from_text or 'none'}, not {gold.losers[0]}")
    if gold.unknown_taker and claim.to_actor is not None:
        out.append(f"{gold.place}: taker {claim.to_name}, where the text names no side")
    if str(claim.kind) not in gold.kinds:
        out.append(f"{gold.place}: {claim.kind}, not {gold.kind}")
    if not right.get("date", True):
        out.append(f"{gold.place}: {claim.date or 'no date'}, not {gold.date}")
    return out


def _judge(item: SuiteItem, claims: Sequence[Claim], sides: SideNames) -> Outcome:
    match = _Match(item, claims, sides)
    changes = [at for at, claim in enumerate(claims) if claim.is_change]
    must = [n for n, gold in enumerate(item.claims) if gold.is_change and not gold.optional]
    may = [n for n, gold in enumerate(item.claims) if gold.is_change and gold.optional]
    rest = [n for n, gold in enumerate(item.claims) if not gold.is_change]
    met = assign({(at, n): match.weight(at, n) for at in changes for n in must if match.fits(at, n)})
    false: list[tuple[int, int | None]] = []
    duplicates = optional = 0
    for at in changes:
        if at in met:
            continue
        if any(match.fits(at, n) for n in may):
            optional += 1
        elif any(match.fits(at, n) for n in must):
            duplicates += 1
        else:
            near = [(match.weight(at, n), -n) for n in rest if match.alike[at][n] >= SAME_NAME]
            false.append((at, -max(near)[1] if near else None))
    pairs = [(claims[at], item.claims[n]) for at, n in met.items()]
    return Outcome(
        item=item,
        met=tuple(pairs),
        missed=tuple(item.claims[n] for n in must if n not in met.values()),
        false=tuple((claims[at], None if n is None else item.claims[n]) for at, n in false),
        duplicates=duplicates,
        optional=optional,
        wrong=tuple(words for claim, gold in pairs for words in _wrong(claim, gold, sides)),
        states=tuple(match.states(rest, met, false)),
    )


class _Match:
    """The claims of one item beside its gold: alike[claim][gold] is the likeness of their places."""

    def __init__(self, item: SuiteItem, claims: Sequence[Claim], sides: SideNames) -> None:
        self.item, self.claims, self.sides = item, claims, sides
        self.alike = [[_place_likeness(claim, gold) for gold in item.claims] for claim in claims]

    def fits(self, at: int, n: int) -> bool:
        row, gold = self.alike[at], self.item.claims[n]
        return row[n] >= SAME_NAME and row[n] >= max(row) - _A_TIE and not self._swapped(at, gold)

    def _swapped(self, at: int, gold: GoldClaim) -> bool:
        to = self.claims[at].to_name
        lost = gold.losers if gold.losers[0] else (gold.hidden_loser, *gold.losers[1:])
        won = gold.takers if gold.takers[0] else (gold.hidden_taker, *gold.takers[1:])
        if not to or not lost[0]:
            return False
        return self.sides.same(to, lost) and not (won[0] and self.sides.same(to, won))

    def weight(self, at: int, n: int) -> float:
        claim, gold = self.claims[at], self.item.claims[n]
        (start, end), *_ = gold.spans
        common = max(0, min(claim.evidence_end, end) - max(claim.evidence_start, start)) / max(1, end - start)
        sided = bool(gold.takers[0] and claim.to_name and self.sides.same(claim.to_name, gold.takers))
        dated = bool(gold.date and within(claim.date, gold.date))
        return 2 * self.alike[at][n] + 0.6 * common + 0.3 * (claim.kind == gold.kind) + 0.3 * sided + 0.2 * dated

    def states(
        self, rest: Sequence[int], met: Mapping[int, int], false: Sequence[tuple[int, int | None]]
    ) -> Iterable[tuple[str, str]]:
        """For gold that is no reported change: (its status or state, what was made of it)."""
        weights = {}
        for at, claim in enumerate(self.claims):
            for n in rest:
                gold = self.item.claims[n]
                if at not in met and self.alike[at][n] >= SAME_NAME and not self._swapped(at, gold):
                    weights[at, n] = self.weight(at, n) + (claim.status == gold.status)
        back = {n: self.claims[at] for at, n in assign(weights).items()}
        taken = {n for _, n in false}
        for n in rest:
            gold = self.item.claims[n]
            if gold.optional:
                continue
            row = gold.status if gold.status != "reported" else f"state ({gold.kind})"
            if n in taken:
                yield row, "reported change"
            elif n in back and not back[n].is_change:
                yield row, str(back[n].status) if back[n].status != "reported" else "state"
            else:
                yield row, "nothing"


def _place_likeness(claim: Claim, gold: GoldClaim) -> float:
    """Likeness of the place as written, and of the place meant where the text only points back to it."""
    text, names = claim.place_text, [claim.place_text]
    if claim.place_name and (
        claim.resolution == "description" or not text or text == text.lower() or _POINTS_BACK.match(text)
    ):
        names.append(claim.place_name)
    return max((strict_likeness(name, place) for name in names if name for place in gold.places), default=0.0)
