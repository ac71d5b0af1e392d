"""Who "our troops" and "the terrorists" are, by who publishes."""

from __future__ import annotations

from datetime import date

import measured
import pytest

from geo.articles import Article
from geo.claims import Claim
from geo.dates import Precision
from geo.reading import read
from geo.voice import outlets, voice_words


def _only(text: str, publisher: str | None, published: str) -> Claim:
    article = Article(
        "voice",
        "",
        text,
        publisher=publisher,
        published=date.fromisoformat(published),
        published_precision=Precision.DAY,
    )
    changes = [claim for claim in read([article], *measured.world()).claims if claim.is_change]
    assert len(changes) == 1
    return changes[0]


@pytest.mark.parametrize(
    ("text", "publisher", "published", "taker", "loser"),
    [
        ("Our troops captured Bakhmut on Friday.", "Russian defence ministry", "2023-05-20", "Russia", "Ukraine"),
        ("Our troops captured Bakhmut on Friday.", "TASS", "2023-05-20", "Russia", "Ukraine"),
        ("Our troops recaptured Lyman on Friday.", "Ukrainian general staff", "2022-10-01", "Ukraine", "Russia"),
        (
            "Our heroes captured Hodeidah on Friday.",
            "Houthi news channel",
            "2015-04-11",
            "Houthis",
            "Yemeni government",
        ),
        ("Our forces retook Omdurman on Friday.", "Army website", "2025-03-29", "SAF", "RSF"),
        ("Our forces captured Hama on Friday.", "SANA", "2012-08-11", "Syrian government (Assad)", "Syrian rebels"),
    ],
)
def test_our_side_is_the_publishers(text: str, publisher: str, published: str, taker: str, loser: str) -> None:
    claim = _only(text, publisher, published)
    assert (claim.to_name, claim.from_name) == (taker, loser)
    assert publisher in claim.to_basis


def test_the_foe_is_whom_the_publisher_fights() -> None:
    claim = _only("Wagner fighters captured Bakhmut from the terrorists on Friday.", "TASS", "2023-05-20")
    assert claim.from_name == "Ukraine"
    assert "TASS" in claim.from_basis


@pytest.mark.parametrize("publisher", [None, "Morning Post", "Ukraine Today", "Damascus Times"])
def test_other_outlets_speak_for_nobody(publisher: str | None) -> None:
    assert _only("Our troops captured Bakhmut on Friday.", publisher, "2023-05-20").to_name is None


def test_in_a_quotation_somebody_else_speaks() -> None:
    text = "“Our troops captured Bakhmut on Friday,” a villager wrote."
    assert "TASS" not in _only(text, "TASS", "2023-05-20").to_basis


def test_the_tables_name_real_actors_and_known_classes() -> None:
    actors = measured.world()[1].actors
    assert sorted(set(outlets().values()) - actors.keys()) == []
    assert set(voice_words()) == {"own", "foe", "official", "outlet"}
