"""Hedges: words that say a report is not sure of what it tells.

Reads geo/data/hedges.csv: `near` ones ("reportedly") count beside the trigger, `after` ones ("could not
be verified") in the rest of the sentence and the start of the next. The surest word counts least: of
several the weightiest is taken.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NEAR = 70
"""Characters before the trigger in which a hedge still speaks of it: about one clause."""
NEXT = 140
"""Characters of the next sentence in which a report is said to be unverified."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge found: its words and what it takes from the confidence, 0..1."""

    words: str
    weight: float


@cache
def _table() -> tuple[dict[str, float], dict[str, re.Pattern[str]]]:
    weights: dict[str, float] = {}
    words: dict[str, list[str]] = {"near": [], "after": []}
    with files("geo.data").joinpath("hedges.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            weights[row["words"]] = float(row["weight"])
            words[row["where"]].append(row["words"])
    patterns = {
        where: re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(listed, key=len, reverse=True)))})\b")
        for where, listed in words.items()
    }
    return weights, patterns


def hedge(text: str, sentence: tuple[int, int], evidence: tuple[int, int]) -> Hedge | None:
    """The weightiest hedge of a claim, from the article's text and the offsets of its sentence and evidence."""
    weights, patterns = _table()
    start, end = sentence
    near = text[max(start, evidence[0] - NEAR) : evidence[1]].lower()
    after = text[evidence[1] : end + NEXT].lower()
    found = patterns["near"].findall(near) + patterns["after"].findall(after)
    if not found:
        return None
    best = max(found, key=lambda words: (weights[words], words))
    return Hedge(best, weights[best])
