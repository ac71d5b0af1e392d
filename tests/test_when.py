"""When: the day of a claim and whether it is news, read from whole invented texts (tests/data/when.csv)."""

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
from geo.hedges import hedge
from geo.reading import read

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "tests/data/when.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))
with (ROOT / "geo/data/hedges.csv").open(encoding="utf-8") as handle:
    HEDGES = list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def world() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer")


def _read(texts: list[tuple[str, str]], world: tuple[Gazetteer, ActorRegistry]) -> list[list[Claim]]:
    articles = [
        Article(str(n), "", text, published=date.fromisoformat(day), published_precision=Precision.DAY)
        for n, (day, text) in enumerate(texts)
    ]
    claims = read(articles, *world).claims
    return [[c for c in claims if c.article == str(n)] for n in range(len(texts))]


@pytest.fixture(scope="module")
def claims(world: tuple[Gazetteer, ActorRegistry]) -> list[list[Claim]]:
    return _read([(row["published"], row["text"]) for row in ROWS], world)


@pytest.mark.parametrize(("number", "row"), [*enumerate(ROWS)], ids=[row["text"][:60] for row in ROWS])
def test_day_and_status(number: int, row: dict[str, str], claims: list[list[Claim]]) -> None:
    found = [c for c in claims[number] if row["place"] in c.place_text]
    days = [(c.status, str(c.date_start or ""), str(c.date_end or "")) for c in found]
    assert (row["status"], row["start"], row["end"]) in days
    assert row["basis"] in found[days.index((row["status"], row["start"], row["end"]))].date_basis


@pytest.mark.parametrize("row", HEDGES, ids=lambda row: row["words"])
def test_hedges_are_found(row: dict[str, str]) -> None:
    text = row["example"]
    at = len(text) if row["where"] == "near" else 0
    found = hedge(text, (0, len(text)), (at, at))
    assert found is not None
    assert (found.words, found.weight) == (row["words"].lower(), float(row["weight"]))


def test_a_hedge_lowers_the_confidence(world: tuple[Gazetteer, ActorRegistry]) -> None:
    day = "2016-12-02"
    plain, hedged, after, far = (
        found[0]
        for found in _read(
            [
                (day, "Rebels have captured Hamra from the army."),
                (day, "Rebels have reportedly captured Hamra from the army."),
                (day, "Rebels have captured Hamra from the army. The report could not be confirmed."),
                (day, "Reportedly ill, the governor stayed at home for all of that week of unrest, although by then "
                "the rebels had captured Hamra from the army."),
            ],
            world,
        )
    )  # fmt: skip
    assert round(plain.confidence - hedged.confidence, 2) == 0.1
    assert "reportedly" in hedged.confidence_basis
    assert round(plain.confidence - after.confidence, 2) == 0.1
    assert "reportedly" not in far.confidence_basis.lower()
    assert "hedge" not in far.confidence_basis.lower()
