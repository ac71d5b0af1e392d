"""Pairing: which claim stands for which gold claim, as many pairs as possible, the better ones first."""

from __future__ import annotations

from collections.abc import Mapping

from geo.claims import Claim
from geo.evaluation.gold import GoldClaim
from geo.evaluation.likeness import NEAR_KM, SAME_NAME, kilometres, likeness
from geo.evaluation.names import SideNames


def pair_weight(claim: Claim, gold: GoldClaim, sides: SideNames) -> float | None:
    """How well a claim of an article fits a gold claim; None where it does not stand for it at all.

    It does where the names are alike or the points near, its evidence touches a sentence of the gold, and it
    does not give the place to the side that, by the gold, lost it.
    """
    alike = likeness(claim.place_text, gold.place)
    far = kilometres((claim.lat, claim.lon), (gold.lat, gold.lon))
    near = far is not None and far <= NEAR_KM
    if not (alike >= SAME_NAME or near) or not touches(claim, gold) or gives_to_loser(taker(claim), gold, sides):
        return None
    return 2 * alike + 1 + (0.3 if kind_of(claim) == gold.kind else 0) + (0.2 if near else 0)


def touches(claim: Claim, gold: GoldClaim) -> bool:
    """Whether the claim's evidence and a sentence of the gold have a character in common."""
    return any(claim.evidence_start < end and claim.evidence_end > start for start, end in gold.spans)


def gives_to_loser(to: str | None, gold: GoldClaim, sides: SideNames) -> bool:
    """Whether a taker is the side that loses the place, and not one that wins it as well."""
    if not to or not gold.losers[0]:
        return False
    return sides.same(to, gold.losers) and not (gold.takers[0] and sides.same(to, gold.takers))


def taker(claim: Claim) -> str | None:
    return claim.to_name or claim.to_text


def loser(claim: Claim) -> str | None:
    return claim.from_name or claim.from_text


def kind_of(claim: Claim) -> str:
    """The kind, or for what is not reported its status: such a claim is never a change."""
    return str(claim.kind) if claim.status == "reported" else str(claim.status)


def assign(weights: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """A matching of the most pairs (Kuhn's augmenting paths), those of greater weight tried first: left -> right."""
    wishes: dict[int, list[tuple[float, int]]] = {}
    for (left, right), weight in weights.items():
        wishes.setdefault(left, []).append((weight, right))
    for left in wishes:
        wishes[left].sort(reverse=True)
    owner: dict[int, int] = {}

    def settle(left: int, tried: set[int]) -> bool:
        for _, right in wishes.get(left, []):
            if right in tried:
                continue
            tried.add(right)
            if right not in owner or settle(owner[right], tried):
                owner[right] = left
                return True
        return False

    for left in sorted(wishes, key=lambda one: -wishes[one][0][0]):
        settle(left, set())
    return {left: right for right, left in owner.items()}
