"""The grid: every construction with every verb (tests/data/grid_*.csv), so that no reading hangs on one wording.

A construction whose `places` are empty tells of no change that has happened: not one of its sentences may be read as
one. Of the others nearly all must be read right: each place taken, by the side that is named, and nothing else.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim, Status
from geo.dates import Precision
from geo.gazetteer import Gazetteer
from geo.reading import read

ROOT = Path(__file__).resolve().parent.parent
NAMES = {"a": "Kitshanga", "b": "Mweso", "c": "Rutshuru"}
SIDE, ACTOR = "M23 rebels", "m23"
SHARE = 0.965
"""Of the sentences that tell a change: how many must be read right. It only rises."""


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests/data" / name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _cells() -> list[tuple[str, str, frozenset[str]]]:
    """Construction, sentence and the places that it tells taken."""
    out = []
    for row, verb in product(_rows("grid_constructions.csv"), _rows("grid_verbs.csv")):
        passive = any(words in row["sentence"] for words in ("{participle} by", "been {participle}", "be {participle}"))
        if passive and not verb["passive"]:
            continue
        text = row["sentence"].format(side=SIDE, **NAMES, **verb)
        places = frozenset(NAMES[key] for key in row["places"].split())
        out.append((row["construction"], text[0].upper() + text[1:], places))
    return out


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str, frozenset[str], list[Claim]]]:
    cells = _cells()
    articles = [
        Article(str(n), "", text, published=date(2023, 1, 26), published_precision=Precision.DAY)
        for n, (_, text, _) in enumerate(cells)
    ]
    found = read(articles, Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer"))
    assert not found.problems
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in found.claims:
        if claim.is_change and claim.status is Status.REPORTED:
            by_article[claim.article].append(claim)
    return [(*cell, by_article[str(n)]) for n, cell in enumerate(cells)]


def test_what_has_not_happened_is_never_a_change(told: list[tuple[str, str, frozenset[str], list[Claim]]]) -> None:
    assert [text for _, text, places, claims in told if not places and claims] == []


def test_nearly_every_cell_is_read_right(told: list[tuple[str, str, frozenset[str], list[Claim]]]) -> None:
    changes = [(name, text, places, claims) for name, text, places, claims in told if places]
    wrong = [text for _, text, places, claims in changes if not _right(places, claims)]
    assert 1 - len(wrong) / len(changes) >= SHARE, wrong


def test_no_construction_fails_with_every_verb(told: list[tuple[str, str, frozenset[str], list[Claim]]]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for name, _, places, claims in told:
        if places:
            right[name].append(_right(places, claims))
    assert [name for name, cells in right.items() if sum(cells) < 0.7 * len(cells)] == []


def _right(places: frozenset[str], claims: list[Claim]) -> bool:
    return {c.place_text for c in claims} == places and all(c.to_actor == ACTOR for c in claims)
