"""Unnamed: a place told of before its name, in whole invented texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim
from geo.dates import Precision
from geo.gazetteer import Gazetteer
from geo.reading import read

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tables() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer")


def _changes(day: str, text: str, tables: tuple[Gazetteer, ActorRegistry]) -> list[Claim]:
    article = Article("one", "", text, published=date.fromisoformat(day), published_precision=Precision.DAY)
    found = read([article], *tables)
    assert not found.problems
    return [claim for claim in found.claims if claim.is_change]


@pytest.mark.parametrize(
    ("day", "text", "places"),
    [
        # named by its kind in the sentence after
        (
            "2014-02-02",
            "Seleka fighters abandoned a crossroads town on Sunday. People in the town of Sibut heard them go.",
            {"Sibut"},
        ),
        # named by the same side's change right after, though by another kind word
        (
            "2023-11-24",
            "M23 rebels have overrun a market town in North Kivu, teachers said. The army fought back all night. "
            "The rebels took control of Mweso before dawn.",
            {"Mweso"},
        ),
        # two names for one kind: nobody knows which, and it stays a place somewhere in the province
        (
            "2023-11-24",
            "M23 rebels have overrun a town in North Kivu. Aid left the town of Mweso and the town of Rutshuru.",
            {"North Kivu"},
        ),
        # a name that comes too late answers nothing
        (
            "2023-11-24",
            "M23 rebels have overrun a town in North Kivu. Talks were held. Envoys met. Nothing came of it. They ate. "
            "Refugees reached the town of Rutshuru.",
            {"North Kivu"},
        ),
        # what another side takes is another place
        (
            "2023-11-24",
            "M23 rebels have overrun a town in North Kivu. The army captured Rutshuru on Thursday.",
            {"North Kivu", "Rutshuru"},
        ),
        # "the town" is the one introduced, not the capital where somebody spoke
        (
            "2022-12-23",
            "Somali troops retook a town in Middle Shabelle on Thursday. A spokesman in the capital Mogadishu said "
            "that they met little resistance when they retook the town.",
            {"Middle Shabelle"},
        ),
    ],
)
def test_a_place_told_before_its_name(
    day: str, text: str, places: set[str], tables: tuple[Gazetteer, ActorRegistry]
) -> None:
    assert {claim.place_text for claim in _changes(day, text, tables)} == places


def test_the_first_sentence_stays_with_the_claim(tables: tuple[Gazetteer, ActorRegistry]) -> None:
    text = "M23 rebels overran a market town in North Kivu on Thursday. The rebels took control of Mweso at dawn."
    (claim,) = _changes("2023-11-24", text, tables)
    spans = {(claim.sentence_start, claim.sentence_end), *claim.further_spans}
    assert {start for start, _ in spans} == {0, text.index("The rebels")}
