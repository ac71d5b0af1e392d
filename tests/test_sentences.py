"""Sentences: where a text is cut, and that the cuts lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sentences import is_dateline, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("They left. The army came.", ["They left.", "The army came."]),
        ("Gen. Ali left Nubl. He is back.", ["Gen. Ali left Nubl.", "He is back."]),
        ("The U.S. army left. It was late.", ["The U.S. army left.", "It was late."]),
        ("“We took it.” He smiled.", ["“We took it.”", "He smiled."]),
        ("A title\n\nThe text starts here.", ["A title", "The text starts here."]),
        ("A line that is\nwrapped by hand. Then more.", ["A line that is\nwrapped by hand.", "Then more."]),
        ("Is it so? Nobody knows!", ["Is it so?", "Nobody knows!"]),
        ("J. Smith left.", ["J. Smith left."]),
        ("  \n 12 34 \n", []),
        ("KYIV, Sept 11 (Agency) - Troops left.", ["KYIV, Sept 11 (Agency) -", "Troops left."]),
        ("TEL AVIV — The army left.", ["TEL AVIV —", "The army left."]),
        ("YPG - and nobody else - left.", ["YPG - and nobody else - left."]),
    ],
)
def test_cuts(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == parts


@given(st.text(max_size=3000))
def test_cuts_are_in_order_and_inside(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


def test_long_noise_is_cut() -> None:
    spans = sentences("x" * 10_000)
    assert max(b - a for a, b in spans) <= 1200
    assert sum(b - a for a, b in spans) == 10_000


@pytest.mark.parametrize("item", ["3-", "3. ", "(b) ", "• ", "- ", "12) "])
def test_what_counts_a_list_is_no_word_of_its_items(item: str) -> None:
    text = f"They did this:\n{item}Shelling the town from the hill."
    start, end = sentences(text)[-1]
    assert text[start:end] == "Shelling the town from the hill."


@pytest.mark.parametrize(
    "filed", ["BEIRUT (Agency) - ", "MOSUL, Iraq — ", "KHARTOUM, March 3, 2025 (AG) – ", "AL-BAB, Syria (Agency) -- "]
)
def test_where_a_story_was_filed_is_no_part_of_its_first_sentence(filed: str) -> None:
    found = sentences(f"{filed}Troops took the town. It was quiet.")
    assert [(filed + "Troops took the town. It was quiet.")[a:b] for a, b in found][1:] == [
        "Troops took the town.",
        "It was quiet.",
    ]
    assert is_dateline(filed)


@pytest.mark.parametrize("text", ["SDF - Troops took it.", "YPG fighters - the Kurds - took it.", "READ: More of it."])
def test_a_name_in_capitals_is_no_dateline(text: str) -> None:
    assert [text[a:b] for a, b in sentences(text)] == [text]
