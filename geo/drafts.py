"""Drafts: claims before their places are resolved, merged where one event is told twice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.claims import CHANGES, Kind, Method, Status
from geo.dates import Precision
from geo.frames.refs import PlaceRef
from geo.hedges import Hedge
from geo.names import fold
from geo.patterns import Second
from geo.resolve import Resolution
from geo.sides import Side
from geo.when import Dated


@dataclass(frozen=True, slots=True)
class Draft:
    """One place of one frame with everything settled but where the place lies."""

    ref: PlaceRef
    kind: Kind
    status: Status
    status_word: str
    taker: Side
    loser: Side
    when: Dated
    trigger: str
    shape: str
    strong: bool
    sentence: tuple[int, int]
    evidence: tuple[int, int]
    attribution: str | None
    country: str | None
    hedge: Hedge | None = None
    second: Second = Second.SILENT
    further: tuple[tuple[int, int], ...] = ()


def merged(drafts: list[Draft]) -> list[Draft]:
    """Drafts without those that another of the same sentence says better: same place, sides and kind class."""
    out: list[Draft] = []
    told: dict[_Telling, list[int]] = {}
    for draft in drafts:
        alike = told.setdefault((draft.sentence, draft.ref.start, draft.ref.end, draft.ref.text, draft.kind), [])
        twin = next((i for i in alike if _may_be_same(out[i].taker, draft.taker)), None)
        if twin is None:
            alike.append(len(out))
            out.append(draft)
        elif _weight(draft) > _weight(out[twin]):
            out[twin] = draft
    return out


def held_before(drafts: list[Draft]) -> list[Draft]:
    """Drafts with the hold of a side as background where the same sentence tells that the side lost the place."""
    lost = {_loss(d, d.loser) for d in drafts if d.kind in CHANGES and d.status is Status.REPORTED}
    over = [d.kind is Kind.HOLD and d.taker.actor is not None and _loss(d, d.taker) in lost for d in drafts]
    word = "held before"
    return [
        replace(d, status=Status.BACKGROUND, status_word=word) if gone else d
        for d, gone in zip(drafts, over, strict=True)
    ]


def _loss(draft: Draft, side: Side) -> tuple[tuple[int, int], str, str | None]:
    return draft.sentence, fold(draft.ref.text or ""), side.actor.id if side.actor is not None else None


def taken_back(drafts: list[Draft]) -> list[Draft]:
    """Drafts with a capture by a side that the article tells lost the place before as a recapture."""
    told = [d for d in drafts if d.kind in CHANGES and d.status in HAPPENED and d.ref.text]
    lost = [d for d in told if d.loser.actor is not None]
    return [replace(d, kind=Kind.RECAPTURE) if _lost_before(d, lost) else d for d in drafts]


def _lost_before(draft: Draft, lost: list[Draft]) -> bool:
    if draft.kind is not Kind.CAPTURE or draft.taker.actor is None or draft.when.span is None or not draft.ref.text:
        return False
    for other in lost:
        if other is draft or other.loser.actor is None or other.loser.actor.id != draft.taker.actor.id:
            continue
        if fold(other.ref.text or "") != fold(draft.ref.text) or other.when.span is None:
            continue
        gap = (draft.when.span.day - other.when.span.day).days
        if 0 < gap <= SEASON or gap == 0 and other.status is Status.BACKGROUND:
            return True
    return False


_Telling = tuple[tuple[int, int], int, int, str | None, Kind]
"""What two drafts of one telling share: the sentence, the words of the place, and the kind."""


def _may_be_same(a: Side, b: Side) -> bool:
    return a.actor is None or b.actor is None or a.actor.id == b.actor.id


def _weight(draft: Draft) -> int:
    return (draft.taker.actor is not None) * 2 + (draft.loser.actor is not None) + (draft.status is Status.REPORTED)


SEASON = 90
"""Days: what was lost longer ago is told as taken, not as taken back, unless the words say so."""
HAPPENED = frozenset({Status.REPORTED, Status.BACKGROUND})
"""Statuses of what took place, now or long ago."""


def _taker(side: Side) -> tuple[float, str]:
    if side.basis.startswith("inferred"):
        return 0.0, "taker inferred"
    if "points back" in side.basis or "who speaks" in side.basis:
        return 0.08, "taker by reference"
    return 0.15, "taker named"


_SURE = {
    Method.EXACT: 0.2,
    Method.FOLDED: 0.2,
    Method.ROMANISED: 0.12,
    Method.DESCRIPTION: 0.12,
    Method.SPATIAL: 0.08,
    Method.FUZZY: 0.05,
}


_SECOND = {
    Second.AGREES: (0.05, "read so by patterns too"),
    Second.DIFFERS: (-0.02, "patterns read another taker"),
}


def confidence(draft: Draft, place: Resolution) -> tuple[float, str]:
    """A sum of what can be seen, 0..1, and its parts in words (docs/sides.md lists them)."""
    parts: list[tuple[float, str]] = [(0.3, "base")]
    parts.append((0.15, "explicit word") if draft.strong else (0.0, "weak word"))
    parts.append((_SURE.get(place.method, 0.0), f"place {place.method}"))
    if draft.taker.actor is not None:
        parts.append(_taker(draft.taker))
    elif draft.taker.text is not None:
        parts.append((0.08, "taker by words of its own"))
    if draft.loser.actor is not None:
        inferred = draft.loser.basis.startswith("inferred")
        parts.append((0.0 if inferred else 0.08, "loser inferred" if inferred else "loser named"))
    if draft.when.span is not None and draft.when.span.precision is Precision.DAY:
        parts.append((0.1, "day given"))
    if draft.shape != "verb":
        parts.append((-0.03, f"told by a {draft.shape}"))
    if draft.hedge is not None:
        parts.append((-draft.hedge.weight, f"hedged “{draft.hedge.words}”"))
    if draft.second is not Second.SILENT:
        parts.append(_SECOND[draft.second])
    total = round(min(1.0, max(0.0, sum(p for p, _ in parts))), 2)
    return total, "; ".join(f"{words} {value:+.2f}" for value, words in parts if value)
