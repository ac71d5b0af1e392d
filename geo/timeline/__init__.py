"""The timeline: claims in, control states out. A pure function; its rules are in docs/timeline.md.

`timeline` asks which claims count (`counts`), groups them by place, and lets `rules` make states of
them. The order in which claims arrive makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from geo.claims import CHANGES, Claim, Method, Status
from geo.dates import Precision
from geo.timeline.rules import SAME_EVENT, states_of
from geo.timeline.states import Condition, ControlState, state_on
from geo.timeline.weight import Scales, Sides

if TYPE_CHECKING:
    from geo.actors import ActorRegistry
    from geo.articles import Article

_NOWHERE = frozenset({Method.AMBIGUOUS, Method.UNRESOLVED})
_UNDATED = frozenset({Precision.INFERRED, Precision.UNKNOWN})


def timeline(
    claims: Iterable[Claim],
    actors: ActorRegistry | None = None,
    *,
    as_known_on: date | None = None,
    own_loss_counts_more: bool = True,
    evidence: Mapping[str, str] | None = None,
) -> list[ControlState]:
    """The states of every place, sorted by place id and start.

    actors tells which actors belong together, when they end, and whose words an attribution is.
    as_known_on leaves out what was published later. own_loss_counts_more=False weighs a side's report
    of its own loss like any other. evidence gives the words of each claim by its id (`evidence_of`), so
    that copies of one story count as one source; without it lengths and quoted parts are compared.
    """
    scales = Scales(Sides(actors), evidence or {}, own_loss_counts_more)
    by_place: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if claim.place_id is not None and counts(claim, as_known_on):
            known = by_place[claim.place_id].setdefault(claim.id, claim)
            if known != claim:  # two readings of one claim: which one stays must not hang on their order
                by_place[claim.place_id][claim.id] = min(known, claim, key=repr)
    return [state for place in sorted(by_place) for state in states_of(place, list(by_place[place].values()), scales)]


def counts(claim: Claim, as_known_on: date | None = None) -> bool:
    """True where the claim may move the timeline: placed, dated, and said to have happened.

    A background claim counts if the article itself gives its date, and that is before publication.
    """
    if claim.place_id is None or not claim.is_placed or claim.resolution in _NOWHERE or claim.date is None:
        return False
    if as_known_on is not None and (claim.published is None or claim.published > as_known_on):
        return False
    if claim.status is Status.BACKGROUND:
        return claim.date_precision not in _UNDATED and (claim.published is None or claim.date < claim.published)
    return claim.status is Status.REPORTED


def change_dates(claims: Iterable[Claim]) -> list[date]:
    """The days, in order, on which a change that counts has its date: one map is made for each."""
    changes = (claim for claim in claims if claim.kind in CHANGES and counts(claim))
    return sorted({claim.date for claim in changes if claim.date is not None})


def evidence_of(claims: Iterable[Claim], articles: Iterable[Article]) -> dict[str, str]:
    """The sentence of each claim, by claim id. Claims of an article that is not given are left out."""
    texts = {article.id: article.text for article in articles}
    return {
        claim.id: texts[claim.article][claim.sentence_start : claim.sentence_end]
        for claim in claims
        if claim.article in texts
    }


__all__ = [
    "SAME_EVENT",
    "Condition",
    "ControlState",
    "change_dates",
    "counts",
    "evidence_of",
    "state_on",
    "timeline",
]
