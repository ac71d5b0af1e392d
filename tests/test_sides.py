"""Sides: who took and who lost, read from whole invented texts (tests/data/sides.csv).

taker and loser are registry ids; ?words stand for a side the registry does not know, kept by its words;
empty means nobody. basis is part of what the claim says about how one of the two was found.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim
from geo.dates import Precision
from geo.gazetteer import Gazetteer
from geo.reading import read

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "tests/data/sides.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def claims() -> dict[str, list[Claim]]:
    articles = [
        Article(
            str(n), "", row["text"], published=date.fromisoformat(row["published"]), published_precision=Precision.DAY
        )
        for n, row in enumerate(ROWS)
    ]
    found = read(articles, Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer"))
    assert not found.problems
    return {str(n): [c for c in found.claims if c.article == str(n)] for n in range(len(ROWS))}


def _side(actor: str | None, text: str | None) -> str:
    return actor or (f"?{text}" if text else "")


@pytest.mark.parametrize(("number", "row"), [*enumerate(ROWS)], ids=[row["text"][:60] for row in ROWS])
def test_sides(number: int, row: dict[str, str], claims: dict[str, list[Claim]]) -> None:
    found = [c for c in claims[str(number)] if row["place"] in c.place_text and c.is_change]
    sides = [(_side(c.to_actor, c.to_text), _side(c.from_actor, c.from_text)) for c in found]
    assert (row["taker"], row["loser"]) in sides
    claim = found[sides.index((row["taker"], row["loser"]))]
    assert row["basis"] in f"{claim.to_basis} / {claim.from_basis}"


def test_no_side_takes_from_its_own(claims: dict[str, list[Claim]]) -> None:
    registry = ActorRegistry.load(ROOT / "gazetteer")
    for claim in (c for found in claims.values() for c in found if c.to_actor and c.from_actor):
        assert claim.from_actor not in registry.family(str(claim.to_actor))
        assert claim.to_actor not in registry.family(str(claim.from_actor))
