"""Patterns: tight frames by the order of words, and their silence where anything is in doubt."""

from __future__ import annotations

import pytest

from geo.masking import mask
from geo.mentions import Mention, Sort
from geo.patterns import Second, Tight, compared, tight

_NAMES = {"Duhok": Sort.PLACE, "Harim": Sort.PLACE, "fighters": Sort.ACTOR, "soldiers": Sort.ACTOR}


def _tight(text: str) -> list[tuple[str, str | None, str | None, str]]:
    mentions = [Mention(text.index(n), text.index(n) + len(n), n, s) for n, s in _NAMES.items() if n in text]
    found = tight(mask(text, 100, sorted(mentions, key=lambda m: m.start)))

    def words(span: tuple[int, int] | None) -> str | None:
        return None if span is None else text[span[0] - 100 : span[1] - 100]

    return [(words(f.place) or "", words(f.taker), words(f.loser), f.shape) for f in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The fighters captured Duhok.", ("Duhok", "fighters", None, "active")),
        ("The fighters have recently seized the strategic town of Duhok.", ("Duhok", "fighters", None, "active")),
        ("Duhok was captured by the fighters.", ("Duhok", "fighters", None, "passive")),
        ("Duhok has fallen to the fighters.", ("Duhok", "fighters", None, "fall")),
        ("The fighters took full control of Duhok.", ("Duhok", "fighters", None, "control")),
        ("The fighters expelled soldiers from Duhok.", ("Duhok", "fighters", "soldiers", "expel")),
        ("The militia captured Duhok.", ("Duhok", "militia", None, "active")),
        ("The soldiers withdrew from Duhok.", ("Duhok", None, "soldiers", "leave")),
        ("The capture of Duhok by the fighters was filmed.", ("Duhok", "fighters", None, "noun")),
    ],
)
def test_tight(text: str, found: tuple[str, str | None, str | None, str]) -> None:
    assert _tight(text) == [found]


def test_a_list_is_taken_whole() -> None:
    found = _tight("The fighters captured Duhok and Harim.")
    assert [(place, taker) for place, taker, _, _ in found] == [("Duhok", "fighters"), ("Harim", "fighters")]


@pytest.mark.parametrize(
    "text",
    [
        "The fighters did not capture Duhok.",
        "If the fighters captured Duhok, they left it.",
        "The fighters tried and captured a mayor.",
        "Have the fighters captured Duhok?",
        "The fighters captured men near Duhok.",
        "The fighters filmed how tourists captured Duhok.",
    ],
)
def test_silence(text: str) -> None:
    assert _tight(text) == []


@pytest.mark.parametrize(
    ("place", "taker", "said"),
    [
        ((10, 15), (0, 5), Second.AGREES),
        ((10, 15), (20, 25), Second.DIFFERS),
        ((30, 35), (0, 5), Second.SILENT),
        ((10, 15), None, Second.SILENT),
    ],
)
def test_compared(place: tuple[int, int], taker: tuple[int, int] | None, said: Second) -> None:
    assert compared([Tight((10, 15), (0, 5), None, "active")], place, taker) is said
