"""Masking: names become common words, and every offset finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.masking import mask
from geo.mentions import Mention, Sort


def _mentions(text: str, *names: tuple[str, Sort]) -> list[Mention]:
    out = []
    for name, sort in names:
        start = text.index(name)
        out.append(Mention(start, start + len(name), name, sort))
    return out


@pytest.mark.parametrize(
    ("text", "names", "masked"),
    [
        ("The YPG took Nubl.", [("YPG", Sort.ACTOR), ("Nubl", Sort.PLACE)], "The troops took London."),
        ("YPG fighters left Nubl.", [("YPG fighters", Sort.ACTOR), ("Nubl", Sort.PLACE)], "Troops left London."),
        ("Shells hit rebel-held Binnish.", [("Binnish", Sort.PLACE)], "Shells hit large London."),
        ("An Islamic State-held town fell.", [("Islamic State", Sort.ACTOR)], "An large town fell."),
        ("Goma's main border post was lost.", [("Goma", Sort.PLACE)], "London's main border post was lost."),
    ],
)
def test_masks(text: str, names: list[tuple[str, Sort]], masked: str) -> None:
    result = mask(text, 100, _mentions(text, *names))
    assert result.text == masked
    assert result.unmasked() == text


def test_offsets_come_back() -> None:
    text = "The YPG took Nubl and Zahraa."
    result = mask(text, 50, _mentions(text, ("YPG", Sort.ACTOR), ("Nubl", Sort.PLACE), ("Zahraa", Sort.PLACE)))
    for word, original in (("took", "took"), ("and", "and")):
        at = result.text.index(word)
        assert result.original_offset(at) == 50 + text.index(original)
    last = result.text.rindex("London")
    assert result.original_offset(last) == 50 + text.index("Zahraa")
    assert result.original_offset(last + len("London"), at_end=True) == 50 + text.index("Zahraa") + len("Zahraa")


@given(st.text(max_size=80), st.lists(st.integers(0, 80), max_size=8))
def test_unmask_gives_back_any_text(text: str, cuts: list[int]) -> None:
    edges = sorted({min(c, len(text)) for c in cuts})
    names = [Mention(a, b, text[a:b], Sort.PLACE) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    assert mask(text, 0, names).unmasked() == text
