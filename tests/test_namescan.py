"""The name scan: whole words, longest first, offsets of the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import fold
from geo.namescan import NameScan

NAMES = ["nubl", "tal rifaat", "rifaat", "deir ez-zor", "aleppo"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nubl fell.", ["Nubl"]),
        ("from Tal Rifaat to Rifaat", ["Tal Rifaat", "Rifaat"]),
        ("Deir ez‑Zor’s airport", ["Deir ez‑Zor"]),
        ("Nublite, Unubl", []),
        ("Aleppos airport", ["Aleppo"]),
        ("ALÉPPO", ["ALÉPPO"]),
        ("", []),
    ],
)
def test_spans(text: str, found: list[str]) -> None:
    spans = NameScan(NAMES).spans(text)
    assert [text[a:b] for _, a, b in spans] == found
    assert all(fold(text[a:b]) == NAMES[name] for name, a, b in spans)


@given(st.text(max_size=60))
def test_offsets_hold_on_any_text(text: str) -> None:
    for name, a, b in NameScan(NAMES).spans(text + " Tal Rifaat " + text):
        assert fold((text + " Tal Rifaat " + text)[a:b]) == NAMES[name]


@given(st.text(max_size=60))
def test_fold_is_one_character_for_one(text: str) -> None:
    assert fold(text) == "".join(fold(ch) for ch in text)
