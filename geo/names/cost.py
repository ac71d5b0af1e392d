"""How far two keys of one bucket are apart: 0 is the same spelling, and above the cap it is no match.

The figures come from a comparison on 5,936 pairs of spellings of one place and 4,129 pairs of different
places (Syria, Iraq, Lebanon, Jordan): docs/resolving.md.
"""

from __future__ import annotations

from functools import lru_cache

from geo.names.latin import LatinKey

_SUBSTITUTE = {
    "ae": 0.15, "ei": 0.15, "ai": 0.35, "au": 0.6, "eu": 0.5, "iu": 0.55, "uO": 0.15, "Ei": 0.2, "Ee": 0.2,
    "yi": 0.1, "uw": 0.15, "Ow": 0.3, "Ey": 0.2, "aO": 0.45, "aE": 0.35,
}  # fmt: skip
_ALONE = {"e": 0.22, "i": 0.3, "a": 0.35, "u": 0.35, "y": 0.45, "w": 0.6, "E": 0.6, "O": 0.6}
_FINE = {
    ("ch", "sh"): 0.1, ("t", "th"): 0.2, ("d", "dh"): 0.2, ("dh", "z"): 0.2, ("d", "z"): 0.55, ("k", "q"): 0.0,
    ("g", "q"): 0.2, ("g", "gh"): 0.15, ("g", "k"): 0.5, ("gh", "q"): 0.6, ("gh", "k"): 0.8, ("h", "kh"): 0.45,
    ("b", "p"): 0.3,
}  # fmt: skip
_MOVE = 0.2
_CAPS = (0.10, 0.15, 0.20, 0.30, 0.45)  # for 1, 2, 3, 4, 5 and more consonants
ARABIC_SHARE = 0.8  # an Arabic cost must stay below this share of the cap


def cap_for(consonants: int) -> float:
    """The highest cost at which a name of so many consonants is a candidate: short names must be closer."""
    return _CAPS[min(max(consonants, 1), len(_CAPS)) - 1]


def latin_cost(one: LatinKey, other: LatinKey) -> float:
    """Distance of two keys; infinite when their buckets differ."""
    if one.bucket != other.bucket or len(one.letters) != len(other.letters):
        return float("inf")
    consonants = sum(letter_cost(a, b) for a, b in zip(one.letters, other.letters, strict=True))
    return consonants + slots_cost(one.slots, other.slots)


def letter_cost(one: str, other: str) -> float:
    """Distance of two consonants of one class: k/q nothing, h/kh much."""
    if one == other:
        return 0.0
    return _FINE.get((one, other) if one < other else (other, one), 0.8)


def slots_cost(ones: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Distance of two rows of vowel slots, where a vowel may also stand one slot further (Nubl, Nabul)."""
    best = [0.0] * (len(ones) + 1)
    for at in range(1, len(ones) + 1):
        best[at] = best[at - 1] + _slot_cost(ones[at - 1], others[at - 1])
        if at > 1 and best[at] > _MOVE:
            moved = _slot_cost(ones[at - 2] + ones[at - 1], others[at - 2] + others[at - 1])
            best[at] = min(best[at], best[at - 2] + _MOVE + moved)
    return best[-1]


@lru_cache(maxsize=65536)
def _slot_cost(one: str, other: str) -> float:
    """Weighted edit distance of two short runs of vowels."""
    if one == other:
        return 0.0
    row = [0.0]
    for b in other:
        row.append(row[-1] + _ALONE.get(b, 0.5))
    for a in one:
        following = [row[0] + _ALONE.get(a, 0.5)]
        for at, b in enumerate(other):
            change = 0.0 if a == b else _SUBSTITUTE.get(a + b, _SUBSTITUTE.get(b + a, 0.7))
            following.append(
                min(row[at] + change, row[at + 1] + _ALONE.get(a, 0.5), following[at] + _ALONE.get(b, 0.5))
            )
        row = following
    return row[-1]
