"""Drafts: what the sentences of one article, and the clauses of one sentence, make of each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Kind, Status
from geo.dates import Precision
from geo.gazetteer import Gazetteer
from geo.reading import read

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tables() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Somali troops captured Jowhar, a town that was under the control of al-Shabab.", Status.BACKGROUND),
        ("Al-Shabab-held Jowhar fell to Somali troops.", Status.BACKGROUND),
        ("Somali troops captured Baidoa. Jowhar was under the control of al-Shabab.", Status.REPORTED),
    ],
)
def test_a_hold_that_its_own_sentence_ends_is_over(
    text: str, status: Status, tables: tuple[Gazetteer, ActorRegistry]
) -> None:
    article = Article("one", "", text, published=date(2022, 12, 23), published_precision=Precision.DAY)
    claims = read([article], *tables).claims
    holds = [c for c in claims if c.kind is Kind.HOLD and c.place_text == "Jowhar"]
    assert [(c.to_actor, c.status) for c in holds] == [("al-shabab", status)]
